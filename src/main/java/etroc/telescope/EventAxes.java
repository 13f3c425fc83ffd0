package etroc.telescope;

import etroc.passes.Histogram.Axis;

/** Bins of the variables of a board, in the order of {@link EventHistograms#VARIABLES}. */
final class EventAxes {
    static final int TOA_NS = 3;
    static final int TOT_NS = 4;
    private static final Axis[] CODES = {
        new Axis(-0.5, 1, 1024), // one bin a code
        new Axis(-0.5, 1, 512),
        new Axis(-0.5, 1, 1024)
    };
    /** Times are those of the TDC's range less TOA codes [ns]. */
    private static final double RANGE = 12.5;

    private static final double TOT_RANGE = 25;
    /** Codes in a bin of times; TOT counts by twos. */
    private static final int TOGETHER = 2;

    private EventAxes() {}

    /**
     * Bins of a variable. Those of times hold whole codes: others would hold two codes here and three there.
     *
     * @param tdcStep width of the TDC's bins [ns]; NaN: not known
     */
    static Axis of(int variable, double tdcStep) {
        if (variable < TOA_NS) {
            return CODES[variable];
        }
        double range = variable == TOA_NS ? RANGE : TOT_RANGE;
        if (!(tdcStep > 0)) {
            return new Axis(0, 0.05, (int) Math.round(range / 0.05));
        }
        double width = TOGETHER * tdcStep;
        int bins = (int) Math.ceil(range / width);
        double from = variable == TOA_NS ? RANGE + tdcStep / 2 - bins * width : -tdcStep / 2;
        return new Axis(from, width, bins);
    }
}
