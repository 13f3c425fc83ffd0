package etroc.scan;

import etroc.About;
import etroc.fits.Chi2;
import etroc.fits.LineFit;
import org.jspecify.annotations.Nullable;

/** A line through means of times with their uncertainties; without numbers where there are fewer than two different x. */
record StraightLine(
        @About("of the line, at 0 [ns]") double intercept,
        @About("its uncertainty [ns]") double interceptUnc,
        @About("of the line [ns per unit of x]") double slope,
        @About("its uncertainty [ns per unit of x]") double slopeUnc,
        @About("of intercept and slope") double covariance,
        @About("of the line; none for two points") double chi2,
        @About("points minus 2") @Nullable Integer ndf,

        @About(
                "what uncertainties are multiplied by: sqrt(chi2/ndf) where that chi2 has a probability below 0.01, else 1")
        double uncertaintyScale) {
    static final StraightLine NONE =
            new StraightLine(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, null, Double.NaN);

    /** Weighted least squares; at least two different x. */
    static StraightLine of(double[] x, double[] y, double[] unc) {
        LineFit fit = LineFit.weighted(x, y, unc);
        double scale = Chi2.scale(fit.chi2(), fit.ndf());
        LineFit scaled = fit.scaled(scale);
        return new StraightLine(
                scaled.intercept(),
                scaled.interceptUnc(),
                scaled.slope(),
                scaled.slopeUnc(),
                scaled.covariance(),
                scaled.chi2(),
                scaled.ndf(),
                scale);
    }

    double at(double x) {
        return intercept + slope * x;
    }
}
