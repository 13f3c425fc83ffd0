package etroc.telescope.etroc2;

import etroc.fits.GaussianCore;
import etroc.telescope.resolution.PairAxis;
import java.util.Arrays;
import org.apache.commons.math3.stat.StatUtils;

/** Variances of time differences of boards, and of the boards by them. */
final class PairVariances {
    private PairVariances() {}

    /**
     * Signed variance of each board, the least-squares solution of s_ij^2 = v_i + v_j.
     *
     * @param pairs variances by pair of boards, both halves [ns^2]
     */
    static double[] ofBoards(double[][] pairs) {
        int n = pairs.length;
        double[] rows = new double[n];
        double all = 0;
        for (int i = 0; i < n; i++) {
            rows[i] = StatUtils.sum(pairs[i]);
            all += rows[i] / 2;
        }
        double[] variances = new double[n];
        Arrays.fill(variances, Double.NaN);
        for (int i = 0; i < n && n > 2; i++) {
            variances[i] = (rows[i] - all / (n - 1)) / (n - 2);
        }
        return variances;
    }

    /** Differences of two boards' times, event by event. */
    static double[] differences(double[] one, double[] other) {
        double[] differences = new double[one.length];
        for (int e = 0; e < one.length; e++) {
            differences[e] = one[e] - other[e];
        }
        return differences;
    }

    /** Bins in which a core is looked for: about the median of these values. */
    static PairAxis axis(double[] values, int bins) {
        double half = (StatUtils.percentile(values, 84) - StatUtils.percentile(values, 16)) / 2;
        return new PairAxis(StatUtils.percentile(values, 50), half, bins);
    }

    /** Variance of the Gaussian core; NaN where it was not reached. */
    static double core(double[] values) {
        GaussianCore core = GaussianCore.of(values);
        return core.converged() ? core.width() * core.width() : Double.NaN;
    }
}
