package etroc.layout.etroc2;

/**
 * Takes what translated text holds. The event of a frame is the number of event headers in the slice up to the frame's header, minus 1; -1: the
 * event that began before the slice.
 */
public interface TextSink extends FrameSink {
    /** A line is neither a word nor anything else that is known. */
    void malformed(String reason, long line);
}
