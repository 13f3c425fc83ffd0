package etroc.telescope.etroc2;

import etroc.About;
import java.util.List;
import org.apache.commons.math3.distribution.BetaDistribution;

/** In how many events a hit was where others predicted it. */
public record Found(
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
        @About("upper end") double highAnywhere) {
    /**
     * Numbers of events: denominator, near, anywhere, without frame, accidental.
     *
     * @param coverage of the intervals
     */
    static Found of(long[] n, double coverage) {
        double[] near = interval(n[0], n[1], coverage);
        double[] anywhere = interval(n[0], n[2], coverage);
        return new Found(
                n[0], n[1], n[2], n[3], n[4], near[0], near[1], near[2], anywhere[0], anywhere[1], anywhere[2]);
    }

    static Found sum(List<Found> some, double coverage) {
        long[] n = new long[5];
        for (Found f : some) {
            long[] own = {f.denominator, f.foundNear, f.foundAnywhere, f.noFrame, f.accidental};
            for (int i = 0; i < n.length; i++) {
                n[i] += own[i];
            }
        }
        return of(n, coverage);
    }

    /** A fraction k/n with the ends of its Clopper-Pearson interval. */
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
}
