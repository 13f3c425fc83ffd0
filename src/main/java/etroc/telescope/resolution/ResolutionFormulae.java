package etroc.telescope.resolution;

import org.jspecify.annotations.Nullable;

/** Resolution of each board from widths of time differences (src/docs/analysis.md, section 2, step 8). */
public final class ResolutionFormulae {
    private ResolutionFormulae() {}

    /**
     * A resolution.
     *
     * @param value [ns]; NaN where the variance is negative
     * @param unc [ns]
     * @param variance [ns^2], may be negative
     */
    public record Sigma(double value, double unc, double variance) {

        /** Without the quantisation of the TOA by bins of some width [ns]. */
        public double withoutQuantisation(double bin) {
            return Math.sqrt(variance - bin * bin / 12);
        }

        static Sigma of(double variance, double varianceUnc) {
            double value = variance > 0 ? Math.sqrt(variance) : Double.NaN;
            return new Sigma(value, varianceUnc / (2 * value), variance);
        }
    }

    /** Uncertainty of a standard deviation of n events. */
    public static double widthUnc(double width, long n) {
        return n > 1 ? width / Math.sqrt(2.0 * n - 2) : Double.NaN;
    }

    /**
     * Signed variances of three boards.
     *
     * @param pair variance of the pair (i, next i), three
     */
    static double[] variances(double[] pair) {
        double[] variances = new double[pair.length];
        for (int i = 0; i < pair.length; i++) {
            variances[i] = (pair[i] + pair[(i + 2) % 3] - pair[(i + 1) % 3]) / 2;
        }
        return variances;
    }

    /**
     * Three boards, from the widths of the pairs (i, next i).
     *
     * @param pair width of the pair (i, next i), three
     * @param pairUnc their uncertainties
     * @return null unless there are three boards
     */
    public static Sigma @Nullable [] ofPairs(double[] pair, double[] pairUnc) {
        if (pair.length != 3) {
            return null;
        }
        double error = 0;
        double[] squares = new double[3];
        for (int i = 0; i < 3; i++) {
            error += square(2 * pair[i] * pairUnc[i]);
            squares[i] = square(pair[i]);
        }
        double[] variances = variances(squares);
        Sigma[] sigmas = new Sigma[3];
        for (int i = 0; i < 3; i++) {
            sigmas[i] = Sigma.of(variances[i], Math.sqrt(error) / 2);
        }
        return sigmas;
    }

    /**
     * Three boards or more, from the widths of D_i = mean of the others - own time.
     *
     * @return null for fewer than three boards
     */
    public static Sigma @Nullable [] ofDeltas(double[] delta, double[] deltaUnc) {
        int n = delta.length;
        if (n < 3) {
            return null;
        }
        double f = (n - 1.0) / (Math.pow(n, 3) - 2.0 * n * n);
        double own = (double) n * n - n - 1;
        Sigma[] sigmas = new Sigma[n];
        for (int i = 0; i < n; i++) {
            double s = own * square(delta[i]);
            double v = square(2 * own * delta[i] * deltaUnc[i]);
            for (int j = 0; j < n; j++) {
                if (j != i) {
                    s -= square(delta[j]);
                    v += square(2 * delta[j] * deltaUnc[j]);
                }
            }
            sigmas[i] = Sigma.of(f * s, f * Math.sqrt(v));
        }
        return sigmas;
    }

    private static double square(double x) {
        return x * x;
    }
}
