package etroc.scan;

import etroc.About;
import etroc.scan.ScanPoint.CurveKey;
import etroc.scan.ScanPoint.PixelKey;
import etroc.scan.ScanSettings.LowerLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.StatUtils;
import org.jspecify.annotations.Nullable;

/**
 * What a scan says: curves, noise regions and lines of all pixels (src/docs/analysis.md, section 1, "DAC points" on).
 *
 * @param curves by board, phase, pixel and charge
 * @param noise by pixel
 * @param lines by pixel, one a method
 */
public record ScanResult(List<Curve> curves, List<NoiseRegion> noise, List<ThresholdLine> lines) {
    /** The noise region of a pixel, null where unknown; a row of the table {@code noise_limit_data}. */
    @About("a pixel")
    public record NoiseRegion(
            PixelKey pixel,

            @About(value = "smallest threshold with hits, mean over the charges [DAC]", name = "noise_min_dac")
            @Nullable
            Double min,

            @About(
                    value = "first settled threshold, median over the charges, minus the offset [DAC]",
                    name = "noise_max_dac")
            @Nullable
            Double max,

            Plateau plateau,

            @About("first threshold beyond the noise bump with at most etroc.scan.noise.max-fraction noise [DAC]")
            @Nullable
            Double quietThresholdDac,

            @About("why an edge is unknown, or what is to be known of it")
            String remark) {}

    /**
     * Analyses scan points.
     *
     * @param points of scanned boards, zero hits included, in any order
     * @param options of a board
     */
    public static ScanResult of(
            List<ScanPoint> points, Function<Integer, NoiseOptions> options, LowerLimits lowerLimits) {
        Map<PixelKey, List<ScanPoint>> byPixel = points.stream()
                .sorted(ScanPoint.ORDER)
                .collect(Collectors.groupingBy(ScanPoint::pixelKey, TreeMap::new, Collectors.toList()));
        ScanResult all = new ScanResult(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        byPixel.forEach((pixel, own) -> all.add(pixel, own, options.apply(pixel.board()), lowerLimits));
        return all;
    }

    private void add(PixelKey pixel, List<ScanPoint> points, NoiseOptions options, LowerLimits lowerLimits) {
        Plateau plateau =
                Plateau.of(points.stream().mapToDouble(ScanPoint::hits).toArray(), options);
        Map<CurveKey, List<ScanPoint>> byCurve =
                points.stream().collect(Collectors.groupingBy(ScanPoint::curveKey, TreeMap::new, Collectors.toList()));
        List<Curve> own = byCurve.entrySet().stream()
                .map(e -> Curve.of(e.getKey(), e.getValue(), plateau, options.rollingMean()))
                .toList();
        QuietThreshold quiet = QuietThreshold.of(own, options.maxFraction());
        NoiseRegion region = region(pixel, own, plateau, quiet, options);
        curves.addAll(own);
        noise.add(region);
        for (ThresholdLine.Method method : ThresholdLine.Method.values()) {
            ThresholdLine.Noise edges = method == ThresholdLine.Method.LAST_HIT
                    ? new ThresholdLine.Noise(
                            region.min(), region.max(), unknownEdge(region), quiet, options.maxFraction())
                    : new ThresholdLine.Noise(
                            region.min(), quiet.threshold(), quiet.remark(), quiet, options.maxFraction());
            lines.add(ThresholdLine.of(pixel, method, own, edges, lowerLimits == LowerLimits.KEEP));
        }
    }

    private static String unknownEdge(NoiseRegion region) {
        return region.max() == null ? "the upper noise edge is unknown" : "";
    }

    private static NoiseRegion region(
            PixelKey pixel, List<Curve> curves, Plateau plateau, QuietThreshold quiet, NoiseOptions options) {
        List<Curve> counted = curves.stream()
                .filter(c -> options.charge() == null || c.key().charge() == options.charge())
                .filter(Curve::hasHits)
                .toList();
        if (counted.isEmpty()) {
            return new NoiseRegion(pixel, null, null, plateau, null, "no curve has hits");
        }
        double min = StatUtils.mean(
                counted.stream().mapToDouble(Curve::firstWithHits).toArray());
        List<Double> settled = new ArrayList<>();
        for (Curve curve : counted) {
            if (curve.settled() != null) {
                settled.add(curve.settled());
            }
        }
        if (settled.isEmpty()) {
            return new NoiseRegion(pixel, min, null, plateau, quiet.threshold(), "no curve settles on the plateau");
        }
        double median = StatUtils.percentile(
                settled.stream().mapToDouble(Double::doubleValue).toArray(), 50);
        return new NoiseRegion(pixel, min, median - options.edgeOffset(), plateau, quiet.threshold(), quiet.remark());
    }
}
