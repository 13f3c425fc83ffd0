package etroc.fits;

import java.util.Arrays;
import org.apache.commons.math3.stat.StatUtils;

/**
 * A straight line {@code y = intercept + slope * x}, by (weighted) least squares.
 *
 * @param intercept y at x = 0
 * @param slope y per x
 * @param interceptUnc uncertainty of the intercept; NaN where nothing determines it
 * @param slopeUnc uncertainty of the slope; NaN where nothing determines it
 * @param covariance of intercept and slope
 * @param rSquared 1 - residual over total sum of squares (weighted alike); NaN if all y are equal
 * @param chi2 sum of squared residuals over the squared uncertainties of y (1 without them); NaN for two points
 * @param ndf points minus 2
 */
public record LineFit(
        double intercept,
        double slope,
        double interceptUnc,
        double slopeUnc,
        double covariance,
        double rSquared,
        double chi2,
        int ndf) {
    /**
     * Ordinary least squares; uncertainties from the scatter of the residuals, but never below those that follow from the given ones of y.
     *
     * @param least uncertainties of y that the scatter of a few points does not undercut; all positive
     * @throws IllegalArgumentException if there are fewer than two different x
     */
    public static LineFit ordinary(double[] x, double[] y, double[] least) {
        LineFit unit = weighted(x, y, ones(x.length));
        double scatter = unit.ndf > 0 ? unit.chi2 / unit.ndf : 0;
        double mx = StatUtils.mean(x);
        double sxx = StatUtils.variance(x) * (x.length - 1);
        double var0 = 0;
        double var1 = 0;
        double covariance = 0;
        for (int i = 0; i < x.length; i++) {
            double variance = Math.max(scatter, least[i] * least[i]);
            double toSlope = (x[i] - mx) / sxx;
            double toIntercept = 1.0 / x.length - mx * toSlope;
            var0 += toIntercept * toIntercept * variance;
            var1 += toSlope * toSlope * variance;
            covariance += toIntercept * toSlope * variance;
        }
        return new LineFit(
                unit.intercept,
                unit.slope,
                Math.sqrt(var0),
                Math.sqrt(var1),
                covariance,
                unit.rSquared,
                unit.chi2,
                unit.ndf);
    }

    /** The same line with its uncertainties multiplied. */
    public LineFit scaled(double factor) {
        return new LineFit(
                intercept,
                slope,
                interceptUnc * factor,
                slopeUnc * factor,
                covariance * factor * factor,
                rSquared,
                chi2,
                ndf);
    }

    /**
     * Least squares with weights {@code 1 / unc^2}; the parameters' uncertainties follow from {@code unc} and are not rescaled by chi2.
     *
     * @param unc uncertainties of y
     * @throws IllegalArgumentException if there are fewer than two different x
     */
    public static LineFit weighted(double[] x, double[] y, double[] unc) {
        int n = x.length;
        double[] w = Arrays.stream(unc).map(u -> 1 / (u * u)).toArray();
        double sw = dot(w, ones(n));
        double mx = dot(w, x) / sw;
        double my = dot(w, y) / sw;
        double sxx = 0;
        double sxy = 0;
        double syy = 0;
        for (int i = 0; i < n; i++) {
            sxx += w[i] * (x[i] - mx) * (x[i] - mx);
            sxy += w[i] * (x[i] - mx) * (y[i] - my);
            syy += w[i] * (y[i] - my) * (y[i] - my);
        }
        if (!(sxx > 0)) {
            throw new IllegalArgumentException("a line needs two different x");
        }
        double slope = sxy / sxx;
        double intercept = my - slope * mx;
        double chi2 = 0;
        for (int i = 0; i < n; i++) {
            double r = (y[i] - intercept - slope * x[i]) / unc[i];
            chi2 += r * r;
        }
        return new LineFit(
                intercept,
                slope,
                Math.sqrt(1 / sw + mx * mx / sxx),
                Math.sqrt(1 / sxx),
                -mx / sxx,
                syy > 0 ? 1 - chi2 / syy : Double.NaN,
                n > 2 ? chi2 : Double.NaN,
                n - 2);
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** The line at x. */
    public double at(double x) {
        return intercept + slope * x;
    }

    /** Standard deviation of the line at x; NaN where nothing determines it. */
    public double unc(double x) {
        double variance = interceptUnc * interceptUnc + 2 * x * covariance + x * x * slopeUnc * slopeUnc;
        return Math.sqrt(Math.max(0, variance)); // rounding makes small ones negative
    }
}
