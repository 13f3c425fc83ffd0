package etroc.layout.etroc2;

/** What is counted in translated text, beside the counts of its streams: kinds of lines, and events whose hits are not those declared. */
public enum TextCount {
    LINES,
    EVENT_HEADERS,
    EVENT_TRAILERS,
    HEADERS,
    DATA,
    TRAILERS,
    /** All fillers, also those of the clock. */
    FILLERS,
    CLOCK_FILLERS,
    BLANK,
    BROKEN,
    OTHER,
    MALFORMED,
    EVENT_HIT_MISMATCH
}
