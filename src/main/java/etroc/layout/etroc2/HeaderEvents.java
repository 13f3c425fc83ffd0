package etroc.layout.etroc2;

/** Says of which event a header is, where the headers' counters make the events; asked once a header, in their order. */
@FunctionalInterface
public interface HeaderEvents {
    /** Where somebody else says it, or nobody asks. */
    HeaderEvents NONE = (stream, l1, bcid) -> 0;

    /**
     * The event of the next header.
     *
     * @param stream e-link or channel
     * @param l1 counter, 0..255
     * @param bcid 0..4095
     */
    long event(int stream, int l1, int bcid);
}
