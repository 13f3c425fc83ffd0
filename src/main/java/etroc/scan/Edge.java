package etroc.scan;

import etroc.fits.Chi2;
import etroc.fits.SCurveFit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The falling edge of a curve.
 *
 * @param fit with uncertainties as they are quoted, or null
 * @param pulses N of the fit [hits]; the height of the curve where there is no fit
 * @param uncertaintyScale what the uncertainties were multiplied by for their chi2
 * @param leftOut thresholds of the points that are no part of the curve [DAC counts]
 * @param remark why there is no fit, or what is to be known of it; may be empty
 */
public record Edge(
        @Nullable SCurveFit fit, double pulses, double uncertaintyScale, List<Double> leftOut, String remark) {
    static Edge without(double pulses, String why) {
        return new Edge(null, pulses, 1, List.of(), why);
    }

    static Edge of(SCurveFit fit, double pulses, List<Double> leftOut, String remark) {
        double scale = Chi2.scale(fit.chi2(), fit.ndf());
        return new Edge(fit.scaled(scale), pulses, scale, leftOut, remark);
    }

    /** Hits on the plateau; NaN without a fit. */
    double plateau() {
        return fit == null ? Double.NaN : fit.efficiency() * pulses;
    }
}
