package etroc.telescope.etroc2;

import etroc.About;
import java.util.List;
import org.apache.commons.math3.distribution.BetaDistribution;

/** A row of the table {@code efficiency_map}; summed over a board, of {@code efficiency}. */
@About("a board, and of efficiency_map a predicted pixel of it")
public record Efficiency(
        @About("board") int dataBoardId,
        @About("predicted row; -1: all") int row,
        @About("predicted column; -1: all") int column,

        @About("events in which the others predict a hit and the board has a complete frame without CRC or count fault")
        long denominator,

        @About("of those, with a hit near the prediction") long foundNear,
        @About("with a hit anywhere on the board") long foundAnywhere,

        @About("events with a prediction on the chip, but no such frame")
        long noFrame,

        @About("events with a hit near a place 8 rows and columns away")
        long accidental,

        @About("found_near / denominator") double efficiency,
        @About("lower end of its Clopper-Pearson interval") double low,
        @About("upper end") double high,
        @About("found_anywhere / denominator") double efficiencyAnywhere,
        @About("lower end of its interval") double lowAnywhere,
        @About("upper end") double highAnywhere,
        @About("what is odd, or empty") String remark) {
    static final String TABLE = "efficiency";
    static final String MAP = "efficiency_map";

    /** Numbers of events of a predicted pixel or board: denominator, near, anywhere, without frame, accidental. */
    static Efficiency of(int board, int row, int column, long[] n, double coverage, String remark) {
        double[] near = interval(n[0], n[1], coverage);
        double[] anywhere = interval(n[0], n[2], coverage);
        String why = n[0] == 0 && remark.isEmpty() ? "no events" : remark;
        return new Efficiency(
                board,
                row,
                column,
                n[0],
                n[1],
                n[2],
                n[3],
                n[4],
                near[0],
                near[1],
                near[2],
                anywhere[0],
                anywhere[1],
                anywhere[2],
                why);
    }

    /** Fraction k / n with its Clopper-Pearson interval; NaN where n is 0. */
    public static double[] interval(long n, long k, double coverage) {
        if (n == 0) {
            return new double[] {Double.NaN, Double.NaN, Double.NaN};
        }
        // Commons Math's own interval fails where all or none are found
        double tail = (1 - coverage) / 2;
        double low = k == 0 ? 0 : new BetaDistribution(k, n - k + 1.0).inverseCumulativeProbability(tail);
        double high = k == n ? 1 : new BetaDistribution(k + 1.0, n - k).inverseCumulativeProbability(1 - tail);
        return new double[] {(double) k / n, low, high};
    }

    /** The sum over predicted pixels of a board. */
    static Efficiency sum(int board, List<Efficiency> pixels, double coverage, String remark) {
        long[] n = new long[5];
        for (Efficiency e : pixels) {
            long[] own = {e.denominator, e.foundNear, e.foundAnywhere, e.noFrame, e.accidental};
            for (int i = 0; i < n.length; i++) {
                n[i] += own[i];
            }
        }
        return of(board, -1, -1, n, coverage, remark);
    }
}
