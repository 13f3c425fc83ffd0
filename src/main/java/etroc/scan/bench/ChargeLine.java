package etroc.scan.bench;

import etroc.About;
import etroc.fits.LineFit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Threshold against charge of a pixel. A number that cannot be had is NaN. */
@About("a pixel, delay and method")
record ChargeLine(
        Pixel pixel,
        @About("steps of 781 ps") int delay,

        @About("turn-off: from bisections; s-curve: from half heights of frames against threshold")
        String method,

        @About("charges on the line") int charges,
        @About("threshold at no charge [DAC]") double intercept,
        @About("its uncertainty [DAC]") double interceptUnc,
        @About("gain [DAC/fC]") double slope,
        @About("its uncertainty [DAC/fC]") double slopeUnc,
        @About("1 - residual over total sum of squares") double r2,

        @About("of the residuals over the thresholds' uncertainties")
        double chi2,

        @About("charges minus 2") int ndf,
        @About("the pixel's baseline [DAC]") double baseline,
        @About("near 0 [DAC]") double interceptMinusBaseline,
        @About("width of the noise / slope [fC]") double noiseFc,

        @About("charge whose threshold is 5 widths above the baseline [fC]")
        double qMinFc,

        String remark) {
    static final String TABLE = "charge_lines";
    static final String TURN_OFF = "turn-off";
    static final String S_CURVE = "s-curve";

    /** The method, and the delay where there is one. */
    String name() {
        return delay == 0 ? method : method + ", delay " + delay;
    }

    /**
     * Lines to be told of: those with a slope, and one without where a pixel has no other by its method. A scan of delays has a threshold a
     * delay, and a line without anything for each.
     */
    static List<ChargeLine> told(List<ChargeLine> all) {
        record Of(Pixel pixel, String method) {}
        Set<Of> fitted = all.stream()
                .filter(l -> Double.isFinite(l.slope))
                .map(l -> new Of(l.pixel, l.method))
                .collect(Collectors.toSet());
        Set<Of> others = new HashSet<>();
        return all.stream()
                .filter(l -> Double.isFinite(l.slope)
                        || (!fitted.contains(new Of(l.pixel, l.method)) && others.add(new Of(l.pixel, l.method))))
                .toList();
    }

    /** A point of a line. */
    record Point(int charge, double threshold, double unc) {}

    /** Fits a line: of turn-offs with equal weights, of S-curves with 1/unc^2. */
    static ChargeLine of(Pixel pixel, int delay, String method, List<Point> points, @Nullable Baseline baseline) {
        List<Point> good =
                points.stream().filter(p -> Double.isFinite(p.threshold)).toList();
        double[] x = good.stream().mapToDouble(Point::charge).toArray();
        double[] y = good.stream().mapToDouble(Point::threshold).toArray();
        double[] unc = good.stream().mapToDouble(Point::unc).toArray();
        boolean enough = good.stream().map(Point::charge).distinct().count() > 1;
        LineFit fit =
                !enough ? null : method.equals(TURN_OFF) ? LineFit.ordinary(x, y, unc) : LineFit.weighted(x, y, unc);
        String why = fit == null ? "fewer than two charges" : fit.slope() > 0 ? "" : "the slope is not positive";
        boolean usable = fit != null && why.isEmpty();
        double level = baseline == null ? Double.NaN : baseline.baseline();
        double width = baseline == null || baseline.method().equals(Baseline.CHIP) ? Double.NaN : baseline.width();
        double intercept = fit == null ? Double.NaN : fit.intercept();
        double slope = fit == null ? Double.NaN : fit.slope();
        double usableSlope = usable ? slope : Double.NaN;
        return new ChargeLine(
                pixel,
                delay,
                method,
                good.size(),
                intercept,
                fit == null ? Double.NaN : fit.interceptUnc(),
                slope,
                fit == null ? Double.NaN : fit.slopeUnc(),
                fit == null ? Double.NaN : fit.rSquared(),
                fit == null || method.equals(TURN_OFF) ? Double.NaN : fit.chi2(),
                Math.max(0, good.size() - 2),
                level,
                intercept - level,
                width / usableSlope,
                (level + 5 * width - intercept) / usableSlope,
                BenchFits.joined(
                        why,
                        good.size() < points.size() ? points.size() - good.size() + " charges without threshold" : "",
                        baseline == null ? "no baseline" : ""));
    }
}
