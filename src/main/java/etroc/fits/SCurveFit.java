package etroc.fits;

import org.apache.commons.math3.special.Erf;

/**
 * The falling edge of hits against threshold, {@code hits(t) = e N/2 erfc((t - t50) / (sqrt2 s))}, by maximum binomial likelihood with N
 * known (src/docs/analysis.md, section 1).
 *
 * @param t50 threshold with half of the plateau [DAC counts]
 * @param noise Gaussian width s of the edge [DAC counts]
 * @param efficiency e, of the pulses on the plateau, 0 to 1
 * @param t50Unc uncertainty of t50
 * @param noiseUnc uncertainty of s
 * @param efficiencyUnc uncertainty of e; NaN where all pulses are seen and nothing determines it
 * @param covariance of t50 and s
 * @param chi2 Pearson's, over the points with N p (1-p) > 0.5; NaN if there are no more of them than parameters
 * @param ndf number of those points minus 3
 * @param converged whether the step became negligible
 */
public record SCurveFit(
        double t50,
        double noise,
        double efficiency,
        double t50Unc,
        double noiseUnc,
        double efficiencyUnc,
        double covariance,
        double chi2,
        int ndf,
        boolean converged) {
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
        return new SCurveLikelihood(thresholds, hits, pulses).maximise(t50Start, noiseStart);
    }

    /** Fraction of the plateau seen at a threshold. */
    public static double edge(double threshold, double t50, double noise) {
        return upper((threshold - t50) / noise);
    }

    /** P(x > z) of the normal distribution; exact in the tail. */
    static double upper(double z) {
        return 0.5 * Erf.erfc(z / Math.sqrt(2));
    }

    /** Fraction of the pulses seen at a threshold. */
    public double seen(double threshold) {
        return efficiency * edge(threshold, t50, noise);
    }

    /** The same with uncertainties of t50, s and e multiplied. */
    public SCurveFit scaled(double factor) {
        return new SCurveFit(
                t50,
                noise,
                efficiency,
                t50Unc * factor,
                noiseUnc * factor,
                efficiencyUnc * factor,
                covariance * factor * factor,
                chi2,
                ndf,
                converged);
    }
}
