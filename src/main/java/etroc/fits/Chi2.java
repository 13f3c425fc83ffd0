package etroc.fits;

import org.apache.commons.math3.special.Gamma;

/** What a sum of squared pulls says. */
public final class Chi2 {
    /** A chi2 less probable than this says that the uncertainties do not cover what is seen. */
    public static final double IMPROBABLE = 0.01;

    /** Less probable than this says that the model is not what is seen. */
    public static final double IMPOSSIBLE = 1e-5;

    private Chi2() {}

    /** Probability of a chi2 at least so large; NaN where nothing is left to compare with. */
    public static double probability(double chi2, double ndf) {
        return ndf > 0 && Double.isFinite(chi2) ? Gamma.regularizedGammaQ(ndf / 2, chi2 / 2) : Double.NaN;
    }

    /** What uncertainties are multiplied by: sqrt(chi2/ndf) where that chi2 is improbable, else 1. */
    public static double scale(double chi2, int ndf) {
        return probability(chi2, ndf) < IMPROBABLE ? Math.sqrt(chi2 / ndf) : 1;
    }
}
