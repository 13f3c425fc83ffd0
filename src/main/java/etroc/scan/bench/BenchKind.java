package etroc.scan.bench;

/** What a place of a scan holds. */
enum BenchKind {
    /** Trigger bits against threshold, without charge. */
    NOISEONLY,
    /** A bisection for the threshold at which half of the pulses are seen. */
    TURNOFF,
    /** A bisection for the first trigger bit from below. */
    TURNON,
    /** Frames at one threshold. */
    TDC,
    /** Baselines that the chip found, as SQLite. */
    BASELINE_HISTORY,
    /** Values of the chip's accumulator, as SQLite. */
    ACCUMULATOR_HISTORY,
    /** Values of the chip's accumulator for one pixel, as CSV. */
    ACCUMULATOR_CSV,
    /** Baselines that the chip found, as a matrix. */
    BASELINE_MATRIX,
    /** Noise widths that the chip found, as a matrix. */
    WIDTH_MATRIX;

    boolean needsCharge() {
        return this == TURNOFF || this == TDC;
    }
}
