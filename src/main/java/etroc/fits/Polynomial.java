package etroc.fits;

import java.io.Serializable;

/**
 * A fitted polynomial of TOT: what a board's time of arrival is corrected by [ns].
 *
 * @param coefficients p0 [ns], p1 [ns per ns], ...
 * @param uncertainties of the coefficients; NaN where unknown
 * @param variance sum of squared residuals over ndf [ns^2]
 * @param events number of events in the fit
 * @param from smallest TOT in the fit [ns]
 * @param to largest TOT in the fit [ns]
 * @param clamped whether TOT outside [from, to] is moved to the nearest edge
 * @param remark why there is no fit, or empty
 */
public record Polynomial(
        double[] coefficients,
        double[] uncertainties,
        double variance,
        long events,
        double from,
        double to,
        boolean clamped,
        String remark)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A fit that could not be made. */
    public static Polynomial none(int degree, long events, String remark) {
        double[] nothing = new double[degree + 1];
        java.util.Arrays.fill(nothing, Double.NaN);
        return new Polynomial(nothing, nothing, Double.NaN, events, Double.NaN, Double.NaN, false, remark);
    }

    /** Whether there is a fit. */
    public boolean exists() {
        return remark.isEmpty();
    }

    /** The correction for a TOT [ns]. */
    public double at(double tot) {
        double x = clamped ? Math.min(Math.max(tot, from), to) : tot;
        double value = 0;
        for (int k = coefficients.length - 1; k >= 0; k--) {
            value = value * x + coefficients[k];
        }
        return value;
    }
}
