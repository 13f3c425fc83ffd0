package etroc.layout.etroc2;

/** Takes frames as they end. */
@FunctionalInterface
public interface FrameSink {
    /**
     * A frame has ended, with a trailer or without one.
     *
     * @param frame valid during the call only
     */
    void frame(Frame frame);
}
