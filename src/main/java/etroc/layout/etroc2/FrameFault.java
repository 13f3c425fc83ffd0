package etroc.layout.etroc2;

/** What may be wrong with a frame, each a bit of {@code frame_faults}. */
public enum FrameFault {
    CRC(1, "the CRC does not fit"),
    COUNT(2, "data words modulo 256 differ from the trailer's hits"),
    UNCORRECTABLE(4, "a data word with an error that cannot be corrected"),
    DUPLICATE(8, "a pixel twice"),
    BCID_RANGE(16, "BCID beyond 3563"),
    TEST_PATTERN(32, "type is not 0"),
    FOREIGN(64, "a filler or reserved word inside"),
    TOO_MANY(128, "more than 256 data words"),
    SEU_MISMATCH(256, "the status' SEU bit differs from the data words' error bits");

    private final int bit;
    private final String text;

    FrameFault(int bit, String text) {
        this.bit = bit;
        this.text = text;
    }

    /** Its bit. */
    public int bit() {
        return bit;
    }

    @Override
    public String toString() {
        return text;
    }
}
