package etroc.scan;

import etroc.fits.Chi2;
import etroc.fits.LineFit;
import etroc.fits.SCurveFit;
import etroc.scan.ScanPoint.PixelKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Threshold against charge of one pixel, and the thresholds to set.
 *
 * @param method how the threshold of a curve was taken
 * @param noiseMin lower edge of the noise region [DAC counts]
 * @param noiseMax upper edge [DAC counts]; null if unknown
 * @param fit intercept [DAC counts], slope [DAC counts per fC], with uncertainties as they are quoted; null if there is none
 * @param uncertaintyScale what the uncertainties were multiplied by for their chi2
 * @param minCharge charge at which the line leaves the noise region [fC]
 * @param suggestions thresholds to set for the next whole charges; empty if there are none
 * @param remark why numbers are missing, or what is to be known of them; may be empty
 */
public record ThresholdLine(
        PixelKey pixel,
        Method method,
        @Nullable Double noiseMin,
        @Nullable Double noiseMax,
        @Nullable LineFit fit,
        double uncertaintyScale,
        @Nullable Double minCharge,
        List<Suggestion> suggestions,
        String remark) {
    /** How the threshold of a curve is taken. */
    public enum Method {
        /** The largest threshold with hits; ordinary least squares. */
        LAST_HIT("last-hit"),
        /** Half height of the fitted edge; weighted by its uncertainty. */
        S_CURVE("s-curve");

        private final String label;

        Method(String label) {
            this.label = label;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    /**
     * What the noise and the charges of the scan say of a pixel.
     *
     * @param min lower edge of the noise [DAC counts]
     * @param max upper edge for this method [DAC counts]
     * @param maxRemark of the upper edge: why there is none, or what is to be known of it
     * @param quiet noise against threshold
     * @param maxFraction noise beyond which a suggestion has a remark
     */
    record Noise(
            @Nullable Double min, @Nullable Double max, String maxRemark, QuietThreshold quiet, double maxFraction) {}

    /** Rounding noise does not decide about the next whole number. */
    private static final double CEIL_GUARD = 1e-9;

    private static final int SUGGESTIONS = 3;

    /** A point of the line: charge, threshold and its uncertainty. */
    private record Point(double charge, double threshold, double unc) {}

    /**
     * Fits the line of one method over a pixel's curves.
     *
     * @param keepLimits whether {@link Method#LAST_HIT} uses curves whose last point has hits
     */
    static ThresholdLine of(PixelKey pixel, Method method, List<Curve> curves, Noise noise, boolean keepLimits) {
        List<String> remarks = new ArrayList<>();
        List<Curve> used = curves;
        if (method == Method.LAST_HIT && !keepLimits) {
            used = curves.stream()
                    .filter(c -> !c.hasHits() || !c.endsWithHits())
                    .toList();
            if (used.size() < curves.size()) {
                remarks.add("left out, hits at the last threshold: " + (curves.size() - used.size()) + " of "
                        + curves.size() + " charges");
            }
        }
        List<Point> points =
                used.stream().flatMap(c -> Stream.ofNullable(point(method, c))).toList();
        long charges = points.stream().mapToDouble(Point::charge).distinct().count();
        if (charges < 2) {
            remarks.add(
                    0,
                    "no line: " + charges + (charges == 1 ? " charge" : " charges")
                            + (method == Method.LAST_HIT ? " with hits" : " with a fitted edge") + ", two are needed");
            return new ThresholdLine(
                    pixel, method, noise.min(), noise.max(), null, 1, null, List.of(), String.join("; ", remarks));
        }
        return fitted(pixel, method, points, noise, remarks);
    }

    private static ThresholdLine fitted(
            PixelKey pixel, Method method, List<Point> points, Noise noise, List<String> remarks) {
        double[] x = points.stream().mapToDouble(Point::charge).toArray();
        double[] y = points.stream().mapToDouble(Point::threshold).toArray();
        double[] unc = points.stream().mapToDouble(Point::unc).toArray();
        LineFit raw = method == Method.LAST_HIT ? LineFit.ordinary(x, y, unc) : LineFit.weighted(x, y, unc);
        double scale = method == Method.LAST_HIT ? 1 : Chi2.scale(raw.chi2(), raw.ndf());
        LineFit fit = raw.scaled(scale);
        if (raw.ndf() == 0) {
            remarks.add(
                    method == Method.LAST_HIT
                            ? "two charges: the uncertainty is that of the threshold's step alone"
                            : "two charges: nothing tests whether the line is straight");
        }
        if (method == Method.S_CURVE && Chi2.probability(raw.chi2(), raw.ndf()) < Chi2.IMPOSSIBLE) {
            remarks.add(String.format(Locale.ROOT, "not a straight line: chi2/ndf %.3g/%d", raw.chi2(), raw.ndf()));
        }
        if (!(fit.slope() > 0) || noise.max() == null) {
            remarks.add(0, "no suggestion: " + (fit.slope() > 0 ? noise.maxRemark() : "the slope is not positive"));
            return new ThresholdLine(
                    pixel, method, noise.min(), noise.max(), fit, scale, null, List.of(), String.join("; ", remarks));
        }
        if (!noise.maxRemark().isEmpty()) {
            remarks.add(noise.maxRemark());
        }
        double minCharge = (noise.max() - fit.intercept()) / fit.slope();
        int first = (int) Math.ceil(minCharge - CEIL_GUARD);
        List<Suggestion> suggestions = IntStream.range(first, first + SUGGESTIONS)
                .mapToObj(q -> suggestion(fit, q, x, noise))
                .toList();
        return new ThresholdLine(
                pixel,
                method,
                noise.min(),
                noise.max(),
                fit,
                scale,
                minCharge,
                suggestions,
                String.join("; ", remarks));
    }

    /** What a curve gives to the line, or null where it has no such threshold. */
    private static @Nullable Point point(Method method, Curve curve) {
        double charge = curve.key().charge();
        if (method == Method.LAST_HIT) {
            return curve.hasHits() ? new Point(charge, curve.lastWithHits(), curve.step() / Math.sqrt(12)) : null;
        }
        SCurveFit edge = curve.fit();
        return edge == null ? null : new Point(charge, edge.t50(), edge.t50Unc());
    }

    private static Suggestion suggestion(LineFit line, int charge, double[] charges, Noise noise) {
        int threshold = (int) Math.ceil(line.at(charge) - CEIL_GUARD);
        return Suggestion.of(
                charge, threshold, line.unc(charge), noise.quiet().fractionAt(threshold), charges, noise.maxFraction());
    }
}
