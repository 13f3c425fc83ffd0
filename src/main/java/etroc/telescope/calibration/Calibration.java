package etroc.telescope.calibration;

/**
 * Calibration codes of a board over the events that pass the event cuts.
 *
 * @param board board id
 * @param mean mean code; NaN without hits
 * @param median mean of the two middle codes if their number is even
 * @param mode most frequent code, the smallest of equals
 * @param spread standard deviation of the codes (n-1)
 * @param count hits that it was taken from
 * @param zeros hits with code 0, which have no bin width
 * @param sliced mean of the codes that the calibration by slices uses; NaN without any
 * @param saturated codes at the end stops
 */
public record Calibration(
        int board,
        double mean,
        double median,
        double mode,
        double spread,
        long count,
        long zeros,
        double sliced,
        Saturated saturated) {
    /** Which code stands for a board; {@code EVENT}: each hit has its own, {@code SLICES}: it follows the run, see {@link CalibrationRun}. */
    public enum Method {
        SLICES,
        MEAN,
        MEDIAN,
        MODE,
        EVENT
    }

    /** One clock period that the TDC measures against [ns]; source: src/docs/analysis.md, section 2, step 4. */
    public static final double CLOCK_NS = 3.125;

    /** TDC bin width [ns] for a calibration code; NaN for 0. */
    public static double binWidth(double code) {
        return code > 0 ? CLOCK_NS / code : Double.NaN;
    }

    /** The one code that stands for a board; NaN where there is none. */
    public double code(Method method) {
        return switch (method) {
            case MEAN -> mean;
            case MEDIAN -> median;
            case MODE -> mode;
            case EVENT, SLICES -> Double.NaN;
        };
    }

    /** Bin width [ns] that times were made with; where that differs between hits, the one of their mean code. */
    public double usedBinWidth(Method method) {
        return binWidth(
                switch (method) {
                    case EVENT -> mean;
                    case SLICES -> sliced;
                    default -> code(method);
                });
    }

    /**
     * The calibration of a board.
     *
     * @param counts hits by code
     * @param sliced mean of the codes that slices use
     */
    public static Calibration of(int board, long[] counts, double sliced, Saturated saturated) {
        long n = 0;
        long sum = 0;
        int mode = 0;
        for (int code = 0; code < counts.length; code++) {
            n += counts[code];
            sum += code * counts[code];
            mode = counts[code] > counts[mode] ? code : mode;
        }
        if (n == 0) {
            return new Calibration(board, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0, 0, Double.NaN, saturated);
        }
        double mean = (double) sum / n;
        double squares = 0;
        for (int code = 0; code < counts.length; code++) {
            squares += counts[code] * (code - mean) * (code - mean);
        }
        double median = (codeAt(counts, (n - 1) / 2) + codeAt(counts, n / 2)) / 2.0;
        return new Calibration(
                board, mean, median, mode, Math.sqrt(squares / (n - 1)), n, counts[0], sliced, saturated);
    }

    private static int codeAt(long[] counts, long index) {
        long below = 0;
        for (int code = 0; code < counts.length; code++) {
            below += counts[code];
            if (index < below) {
                return code;
            }
        }
        throw new IllegalArgumentException("index " + index + " of " + below);
    }
}
