package etroc.scan.bench;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.StatUtils;

/** Flags pixels whose baseline or width is far from the chip's median. */
final class Outliers {
    /** Median absolute deviation to standard deviation of a normal distribution. */
    private static final double SCALE = 1.4826;

    private static final double LIMIT = 5;

    private Outliers() {}

    static List<Baseline> flagged(List<Baseline> all) {
        Map<List<String>, List<Baseline>> chips =
                all.stream().filter(Baseline::used).collect(Collectors.groupingBy(b -> List.of(b.chip(), b.method())));
        Map<List<String>, Limits> limits = chips.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        e -> new Limits(
                                Limit.of(e.getValue(), Baseline::baseline), Limit.of(e.getValue(), Baseline::width))));
        return all.stream()
                .map(b -> b.used() ? flagged(b, limits.get(List.of(b.chip(), b.method()))) : b)
                .toList();
    }

    private static Baseline flagged(Baseline b, @org.jspecify.annotations.Nullable Limits of) {
        if (of == null) {
            return b;
        }
        String baseline = of.baseline.beyond(b.baseline()) ? "baseline" : "";
        // the chip's number of its noise is none to compare
        String width = !b.method().equals(Baseline.CHIP) && of.width.beyond(b.width()) ? "width" : "";
        return b.with(true, BenchFits.joined(baseline, width));
    }

    private record Limits(Limit baseline, Limit width) {}

    record Limit(double median, double mad) {
        static Limit of(List<Baseline> rows, ToDoubleFunction<Baseline> value) {
            return of(rows.stream().mapToDouble(value).filter(Double::isFinite).toArray());
        }

        static Limit of(double[] values) {
            double median = StatUtils.percentile(values, 50);
            double[] deviations = values.clone();
            for (int i = 0; i < values.length; i++) {
                deviations[i] = Math.abs(values[i] - median);
            }
            return new Limit(median, StatUtils.percentile(deviations, 50));
        }

        /** Where half of the pixels are the same there is no scale, and none is beyond it. */
        boolean beyond(double value) {
            return mad > 0 && Math.abs(value - median) > LIMIT * SCALE * mad;
        }
    }
}
