package etroc.scan.bench;

import etroc.About;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How far two methods' baselines of a pixel lie apart. */
@About("a pixel that two methods have a baseline of")
record BaselineDifference(
        Pixel pixel,
        @About("peak, accumulator or chip") String method,
        @About("the method whose baseline is subtracted") String other,
        @About("[DAC]") double difference,

        @About("its uncertainty from counting alone, where both have one [DAC]")
        double differenceUnc,

        @About("width minus width; none with chip, whose number is no standard deviation [DAC]")
        double widthDifference) {
    static final String TABLE = "baseline_differences";

    /** By pixel, and by method in the order of {@code methods}, of which each is compared with the ones after it. */
    static List<BaselineDifference> of(List<Baseline> baselines, List<String> methods) {
        Map<Pixel, List<Baseline>> byPixel = baselines.stream()
                .filter(b -> b.used() && Double.isFinite(b.baseline()))
                .collect(Collectors.groupingBy(
                        b -> new Pixel(b.chip(), b.row(), b.column()), TreeMap::new, Collectors.toList()));
        List<BaselineDifference> rows = new ArrayList<>();
        byPixel.forEach((pixel, own) -> {
            for (Baseline a : own) {
                own.stream()
                        .filter(b -> methods.indexOf(a.method()) < methods.indexOf(b.method()))
                        .forEach(b -> rows.add(of(pixel, a, b)));
            }
        });
        return rows;
    }

    private static BaselineDifference of(Pixel pixel, Baseline a, Baseline b) {
        boolean ofChip = a.method().equals(Baseline.CHIP) || b.method().equals(Baseline.CHIP);
        return new BaselineDifference(
                pixel,
                a.method(),
                b.method(),
                a.baseline() - b.baseline(),
                Math.hypot(a.baselineUnc(), b.baselineUnc()),
                ofChip ? Double.NaN : a.width() - b.width());
    }
}
