package etroc.telescope.calibration;

/**
 * Hits of a board, in events that pass the event cuts, whose codes are the TDC's end stops: no times.
 *
 * @param toaLow TOA code 0
 * @param toaHigh TOA code {@value #TOA_END}
 * @param totLow TOT code 0
 * @param totHigh TOT code {@value #TOT_END}
 */
public record Saturated(long toaLow, long toaHigh, long totLow, long totHigh) {
    /** What becomes of them. */
    public enum Handling {
        DROP,
        KEEP
    }

    /** Largest TOA code: 10 bits. */
    static final int TOA_END = 1023;
    /** Largest TOT code: 9 bits. */
    static final int TOT_END = 511;

    public static final Saturated NONE = new Saturated(0, 0, 0, 0);

    /** Of all kinds; a hit with two of them counts twice. */
    public long sum() {
        return toaLow + toaHigh + totLow + totHigh;
    }

    /** The sum of two. */
    Saturated plus(Saturated other) {
        return new Saturated(
                toaLow + other.toaLow, toaHigh + other.toaHigh, totLow + other.totLow, totHigh + other.totHigh);
    }
}
