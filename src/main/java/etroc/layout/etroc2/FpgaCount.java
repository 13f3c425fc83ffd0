package etroc.layout.etroc2;

/** What is counted in a run of FPGA words, beside the counts of its streams. */
public enum FpgaCount {
    WORDS,
    EVENTS,
    EVENT_WORDS,
    ZERO_WORDS,
    OLD_FILLERS,
    FIFO_FILLERS,
    CLOCK_FILLERS,
    CLOCK2_FILLERS,
    RAW_DUMP_WORDS,
    UNKNOWN_WORDS,
    NO_SECOND_HEADER,
    NO_EVENT_TRAILER,
    CUT_AT_END,
    /** Chip words that the events declare. */
    CHIP_WORDS,
    WORDS_OUTSIDE_FRAMES,
    TOO_MANY_HEADERS,
    MISSING_FRAMES,
    EVENT_HIT_MISMATCH,
    BCID_DISAGREEMENTS
}
