package etroc.fits;

import org.apache.commons.math3.special.Erf;

/**
 * The falling edge of hits against threshold, {@code hits(t) = N/2 erfc((t - t50) / (sqrt2 s))}, by maximum binomial likelihood.
 *
 * @param t50 threshold with half of the pulses [DAC counts]
 * @param noise Gaussian width s of the edge [DAC counts]
 * @param t50Unc uncertainty of t50
 * @param noiseUnc uncertainty of s
 * @param covariance of t50 and s
 * @param chi2 Pearson's, over the points with N p (1-p) > 0.5
 * @param ndf number of those points minus 2
 * @param converged whether the step became negligible
 */
public record SCurveFit(
        double t50,
        double noise,
        double t50Unc,
        double noiseUnc,
        double covariance,
        double chi2,
        int ndf,
        boolean converged) {
    private static final int MAX_ITERATIONS = 200;
    private static final double TOLERANCE = 1e-10;
    private static final double MIN_VARIANCE = 0.5;
    private static final double MIN_NOISE = 1e-3;
    /** Keeps logarithms finite where the model is 0 or 1 to machine precision. */
    private static final double TINY = 1e-300;

    /**
     * Fits.
     *
     * @param thresholds [DAC counts]
     * @param hits counts; more than {@code pulses} count as {@code pulses}
     * @param pulses N, fixed
     * @param t50Start first guess of t50
     * @param noiseStart first guess of s, positive
     */
    public static SCurveFit fit(double[] thresholds, double[] hits, double pulses, double t50Start, double noiseStart) {
        return new Likelihood(thresholds, hits, pulses).maximise(t50Start, noiseStart);
    }

    /** Fraction of pulses seen at a threshold. */
    public static double efficiency(double threshold, double t50, double noise) {
        return 0.5 * Erf.erfc((threshold - t50) / (Math.sqrt(2) * noise));
    }

    private static final class Likelihood {
        private final double[] t;
        private final double[] k;
        private final double n;
        /** Fisher information of (t50, s): tt, ts, ss; and the score. */
        private double tt;

        private double ts;
        private double ss;
        private double scoreT;
        private double scoreS;

        Likelihood(double[] thresholds, double[] hits, double pulses) {
            t = thresholds;
            n = pulses;
            k = new double[hits.length];
            for (int i = 0; i < hits.length; i++) {
                k[i] = Math.min(hits[i], pulses);
            }
        }

        /** Fisher scoring with halved steps until the likelihood grows. */
        SCurveFit maximise(double t50Start, double noiseStart) {
            double t50 = t50Start;
            double s = Math.max(noiseStart, MIN_NOISE);
            double logL = logLikelihood(t50, s);
            boolean converged = false;
            for (int i = 0; i < MAX_ITERATIONS && !converged; i++) {
                derivatives(t50, s);
                double det = tt * ss - ts * ts;
                if (!(det > 0)) {
                    break;
                }
                double stepT = (ss * scoreT - ts * scoreS) / det;
                double stepS = (tt * scoreS - ts * scoreT) / det;
                double factor = damping(t50, s, stepT, stepS, logL);
                t50 += factor * stepT;
                s += factor * stepS;
                logL = logLikelihood(t50, s);
                converged = Math.hypot(stepT, stepS) < TOLERANCE * Math.max(1, s) || factor == 0;
            }
            derivatives(t50, s);
            double det = tt * ss - ts * ts;
            double[] goodness = pearson(t50, s);
            return new SCurveFit(
                    t50,
                    s,
                    Math.sqrt(ss / det),
                    Math.sqrt(tt / det),
                    -ts / det,
                    goodness[0],
                    (int) goodness[1] - 2,
                    converged && det > 0);
        }

        /** What a step is to be multiplied by so that the likelihood does not fall; 0 if nothing helps. */
        private double damping(double t50, double s, double stepT, double stepS, double logL) {
            double floor = logL - 1e-12 * Math.abs(logL);
            for (double factor = 1; factor >= 1e-12; factor /= 2) {
                double noise = s + factor * stepS;
                if (!(noise < MIN_NOISE) && !(logLikelihood(t50 + factor * stepT, noise) < floor)) {
                    return factor;
                }
            }
            return 0;
        }

        private double logLikelihood(double t50, double s) {
            double sum = 0;
            for (int i = 0; i < t.length; i++) {
                double z = (t[i] - t50) / s;
                sum += k[i] * Math.log(Math.max(upper(z), TINY)) + (n - k[i]) * Math.log(Math.max(upper(-z), TINY));
            }
            return sum;
        }

        /** P(x > z) of the normal distribution; exact in the tail. */
        private static double upper(double z) {
            return 0.5 * Erf.erfc(z / Math.sqrt(2));
        }

        private void derivatives(double t50, double s) {
            tt = ts = ss = scoreT = scoreS = 0;
            for (int i = 0; i < t.length; i++) {
                double z = (t[i] - t50) / s;
                double p = upper(z);
                double q = upper(-z);
                double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) / s;
                double variance = p * q;
                if (variance < TINY || density < TINY) {
                    continue;
                }
                double information = n * density * density / variance;
                tt += information;
                ts += information * z;
                ss += information * z * z;
                double score = (k[i] - n * p) * density / variance;
                scoreT += score;
                scoreS += score * z;
            }
        }

        private double[] pearson(double t50, double s) {
            double chi2 = 0;
            int points = 0;
            for (int i = 0; i < t.length; i++) {
                double z = (t[i] - t50) / s;
                double p = upper(z);
                double variance = n * p * upper(-z);
                if (variance > MIN_VARIANCE) {
                    chi2 += (k[i] - n * p) * (k[i] - n * p) / variance;
                    points++;
                }
            }
            return new double[] {chi2, points};
        }
    }
}
