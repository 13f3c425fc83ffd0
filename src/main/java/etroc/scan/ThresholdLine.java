package etroc.scan;

import etroc.fits.LineFit;
import etroc.fits.SCurveFit;
import etroc.scan.ScanPoint.PixelKey;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Threshold against charge of one pixel, and the thresholds to set.
 *
 * @param method how the threshold of a curve was taken
 * @param noiseMin lower edge of the noise region [DAC counts]
 * @param noiseMax upper edge [DAC counts]; null if unknown
 * @param fit intercept [DAC counts], slope [DAC counts per fC]; null if there is none
 * @param minCharge charge at which the line leaves the noise region [fC]
 * @param charges the next whole charges [fC]; empty if there are none
 * @param suggested threshold to set for each of them [DAC counts]
 * @param remark why numbers are missing, or empty
 */
public record ThresholdLine(
        PixelKey pixel,
        Method method,
        @Nullable Double noiseMin,
        @Nullable Double noiseMax,
        @Nullable LineFit fit,
        @Nullable Double minCharge,
        List<Integer> charges,
        List<Integer> suggested,
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

    /** Rounding noise does not decide about the next whole number. */
    private static final double CEIL_GUARD = 1e-9;

    private static final int SUGGESTIONS = 3;

    /** Fits the line of one method over a pixel's curves. */
    static ThresholdLine of(
            PixelKey pixel, Method method, List<Curve> curves, @Nullable Double noiseMin, @Nullable Double noiseMax) {
        ThresholdLine empty =
                new ThresholdLine(pixel, method, noiseMin, noiseMax, null, null, List.of(), List.of(), "");
        List<double[]> points = curves.stream()
                .flatMap(c -> Stream.ofNullable(point(method, c)))
                .toList();
        if (points.stream().mapToDouble(p -> p[0]).distinct().count() < 2) {
            return empty.without(
                    null,
                    "no line: " + points.size() + (points.size() == 1 ? " charge" : " charges")
                            + (method == Method.LAST_HIT ? " with hits" : " with a fitted edge") + ", two are needed");
        }
        double[] x = column(points, 0);
        double[] y = column(points, 1);
        LineFit fit = method == Method.LAST_HIT ? LineFit.ordinary(x, y) : LineFit.weighted(x, y, column(points, 2));
        if (!(fit.slope() > 0)) {
            return empty.without(fit, "no suggestion: the slope is not positive");
        }
        return noiseMax == null
                ? empty.without(fit, "no suggestion: the upper noise edge is unknown")
                : empty.suggesting(fit, (noiseMax - fit.intercept()) / fit.slope());
    }

    /** Charge, threshold and its uncertainty, or null where the curve has none. */
    private static double @Nullable [] point(Method method, Curve curve) {
        if (method == Method.LAST_HIT) {
            return curve.hasHits() ? new double[] {curve.key().charge(), curve.lastWithHits(), 1} : null;
        }
        SCurveFit edge = curve.fit();
        return edge == null ? null : new double[] {curve.key().charge(), edge.t50(), edge.t50Unc()};
    }

    private ThresholdLine suggesting(LineFit line, double leavesNoise) {
        int first = (int) Math.ceil(leavesNoise - CEIL_GUARD);
        List<Integer> next = IntStream.range(first, first + SUGGESTIONS).boxed().toList();
        List<Integer> thresholds =
                next.stream().map(q -> (int) Math.ceil(line.at(q) - CEIL_GUARD)).toList();
        return new ThresholdLine(pixel, method, noiseMin, noiseMax, line, leavesNoise, next, thresholds, "");
    }

    private ThresholdLine without(@Nullable LineFit line, String why) {
        return new ThresholdLine(pixel, method, noiseMin, noiseMax, line, null, List.of(), List.of(), why);
    }

    private static double[] column(List<double[]> points, int i) {
        return points.stream().mapToDouble(p -> p[i]).toArray();
    }
}
