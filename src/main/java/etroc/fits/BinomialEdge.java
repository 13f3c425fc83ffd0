package etroc.fits;

import org.jspecify.annotations.Nullable;

/**
 * A falling edge between all and nothing, {@code p(d) = erfc((d - t50) / (sqrt2 s)) / 2}, by maximum binomial likelihood (Fisher scoring), with
 * another number of pulses at each point. {@link SCurveFit} has an efficiency besides, and the same number everywhere.
 *
 * @param t50 where half is seen, in units of d
 * @param t50Unc its uncertainty, from the information matrix
 * @param s Gaussian width of the edge, in units of d
 * @param sUnc its uncertainty, from the information matrix
 */
public record BinomialEdge(double t50, double t50Unc, double s, double sUnc) {
    private static final int MAX_STEPS = 500;
    private static final int MAX_HALVINGS = 60;
    private static final double TINY = 1e-300;
    /** What a step can still gain in likelihood, twice: the square of its length in uncertainties. */
    private static final double TOLERANCE = 1e-20;

    /** The likelihood's derivatives by t50 and s, and the expected information. */
    private record Derivatives(double u, double v, double uu, double uv, double vv) {
        double determinant() {
            return uu * vv - uv * uv;
        }
    }

    /**
     * Fits.
     *
     * @param d thresholds, rising
     * @param seen what was seen of {@code pulses}; 0 to that
     * @param pulses of each point, not negative
     * @return null if the points do not determine the edge: fewer than two lie strictly between nothing and all, or it does not fall
     */
    public static @Nullable BinomialEdge fit(double[] d, double[] seen, double[] pulses) {
        if (between(seen, pulses) < 2) {
            return null;
        }
        double t = start(d, seen, pulses, 0.5);
        double s = Math.max((start(d, seen, pulses, 0.16) - start(d, seen, pulses, 0.84)) / 2, 0.3);
        double logL = logLikelihood(d, seen, pulses, t, s);
        for (int i = 0; i < MAX_STEPS; i++) {
            Derivatives at = derivatives(d, seen, pulses, t, s);
            double determinant = at.determinant();
            if (!(determinant > 0)) {
                return null;
            }
            double dt = (at.vv * at.u - at.uv * at.v) / determinant;
            double ds = (at.uu * at.v - at.uv * at.u) / determinant;
            double gain = dt * at.u + ds * at.v;
            double factor = Math.min(1, 2 * s / Math.max(Math.abs(dt), TINY));
            double floor = logL - 1e-13 * Math.abs(logL);
            for (int h = 0;
                    h < MAX_HALVINGS
                            && !(s + factor * ds > s / 10
                                    && logLikelihood(d, seen, pulses, t + factor * dt, s + factor * ds) >= floor);
                    h++) {
                factor /= 2;
            }
            t += factor * dt;
            s += factor * ds;
            logL = logLikelihood(d, seen, pulses, t, s);
            if (gain < TOLERANCE * Math.max(1, Math.abs(logL))) {
                return of(derivatives(d, seen, pulses, t, s), t, s);
            }
        }
        return null;
    }

    private static @Nullable BinomialEdge of(Derivatives at, double t, double s) {
        double determinant = at.determinant();
        return determinant > 0
                ? new BinomialEdge(t, Math.sqrt(at.vv / determinant), s, Math.sqrt(at.uu / determinant))
                : null;
    }

    /** Number of points strictly between nothing and all. */
    public static int between(double[] seen, double[] pulses) {
        int between = 0;
        for (int i = 0; i < seen.length; i++) {
            between += seen[i] > 0 && seen[i] < pulses[i] ? 1 : 0;
        }
        return between;
    }

    /** Where the fraction seen falls through a level for the last time. */
    private static double start(double[] d, double[] seen, double[] pulses, double level) {
        for (int i = d.length - 1; i > 0; i--) {
            double high = seen[i - 1] / Math.max(pulses[i - 1], 1);
            double low = seen[i] / Math.max(pulses[i], 1);
            if (high >= level && low < level) {
                return d[i] + (d[i - 1] - d[i]) * (level - low) / (high - low);
            }
        }
        return d[d.length / 2];
    }

    private static double logLikelihood(double[] d, double[] seen, double[] pulses, double t, double s) {
        double sum = 0;
        for (int i = 0; i < d.length; i++) {
            double z = (d[i] - t) / s;
            sum += seen[i] == 0 ? 0 : seen[i] * Math.log(Math.max(SCurveFit.upper(z), TINY));
            double missed = pulses[i] - seen[i];
            sum += missed == 0 ? 0 : missed * Math.log(Math.max(SCurveFit.upper(-z), TINY));
        }
        return sum;
    }

    private static Derivatives derivatives(double[] d, double[] seen, double[] pulses, double t, double s) {
        double[] sums = new double[5];
        for (int i = 0; i < d.length; i++) {
            double z = (d[i] - t) / s;
            double p = SCurveFit.upper(z);
            double variance = p * SCurveFit.upper(-z);
            if (variance < TINY) {
                continue;
            }
            double byT = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) / s;
            double byS = byT * z;
            double residual = (seen[i] - pulses[i] * p) / variance;
            sums[0] += residual * byT;
            sums[1] += residual * byS;
            sums[2] += pulses[i] * byT * byT / variance;
            sums[3] += pulses[i] * byT * byS / variance;
            sums[4] += pulses[i] * byS * byS / variance;
        }
        return new Derivatives(sums[0], sums[1], sums[2], sums[3], sums[4]);
    }
}
