package etroc.telescope.resolution;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;

/**
 * What the replicas of a bootstrap say of a board's resolution: of its variance, which has a sign, so that a board with a small one has an
 * interval too.
 *
 * @param varianceUnc standard deviation of the replicas' variances [ns^2]
 * @param unc of the resolution; NaN where its variance is not above two of its uncertainties [ns]
 * @param low square root of the 16th percentile of the variances, of a negative one 0 [ns]
 * @param high of the 84th [ns]
 * @param upper limit where there is no uncertainty: square root of the 95th percentile, of a negative one 0 [ns]; else NaN
 */
public record BootstrapUnc(double varianceUnc, double unc, double low, double high, double upper) {
    static final BootstrapUnc NONE = new BootstrapUnc(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    private static final int FEWEST = 3;
    private static final double SIGNIFICANT = 2;

    /** Whether the variance is too near zero for a value. */
    public boolean isLimit() {
        return Double.isFinite(upper);
    }

    /**
     * Of one board.
     *
     * @param variance of the data [ns^2]
     * @param replicas the same in each replica; NaN where it has none
     */
    static BootstrapUnc of(double variance, double[] replicas) {
        double[] own = Arrays.stream(replicas).filter(Double::isFinite).toArray();
        if (own.length < FEWEST || Double.isNaN(variance)) {
            return NONE;
        }
        double unc = spread(own);
        boolean isValue = variance > SIGNIFICANT * unc;
        return new BootstrapUnc(
                unc,
                isValue ? unc / (2 * Math.sqrt(variance)) : Double.NaN,
                root(StatUtils.percentile(own, 16)),
                root(StatUtils.percentile(own, 84)),
                isValue ? Double.NaN : root(StatUtils.percentile(own, 95)));
    }

    /** Standard deviation of those that are there. */
    static double spread(double[] replicas) {
        return Math.sqrt(StatUtils.variance(
                Arrays.stream(replicas).filter(Double::isFinite).toArray()));
    }

    /** Correlation of two boards over the replicas that have both. */
    static double correlation(double[] one, double[] other) {
        int[] both = IntStream.range(0, one.length)
                .filter(r -> Double.isFinite(one[r] + other[r]))
                .toArray();
        return both.length < FEWEST
                ? Double.NaN
                : new PearsonsCorrelation()
                        .correlation(
                                Arrays.stream(both).mapToDouble(r -> one[r]).toArray(),
                                Arrays.stream(both).mapToDouble(r -> other[r]).toArray());
    }

    private static double root(double variance) {
        return Math.sqrt(Math.max(0, variance));
    }
}
