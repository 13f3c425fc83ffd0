package etroc.layout.etroc2;

/** What is counted in mixed word lines beside the streams; every line is one of these. */
public enum MixedCount {
    LINES,
    /** Lines that are no word. */
    MALFORMED,
    ETROC1_HITS,
    TRIGGER_TIMES,
    RANDOM_TIMES,
    FILLER_TIMES,
    /** Upper bits of times. */
    MSB_TIMES,
    FILLERS,
    OTHER_CONTROL,
    /** Slices of 28 bits of an ETROC2's stream. */
    SLICES
}
