package etroc.scan.bench;

import etroc.About;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Times and jitter of a pixel against charge, at one distance of the threshold from the baseline. A number that cannot be had is NaN. */
@About("a pixel, charge and delay, at the threshold that is nearest to one distance from the baseline, within 2 DAC")
record ChargePoint(
        Pixel pixel,
        @About("injected charge [fC]") int charge,
        @About("steps of 781 ps") int delay,

        @About("distance of threshold and baseline that is looked for [DAC]")
        double offset,

        @About("threshold [DAC]") double threshold,
        @About("threshold minus baseline [DAC]") double measuredOffset,
        @About("hits of the time's means") long kept,
        @About("mean") double toaMeanNs,
        @About("its uncertainty") double toaMeanUncNs,
        @About("mean") double totMeanNs,
        @About("its uncertainty") double totMeanUncNs,
        @About("standard deviation of TOA") double jitterNs,
        @About("its uncertainty") double jitterUncNs,
        String remark) {
    static final String TABLE = "charge_points";
    /** A threshold this near to the offset counts [DAC]. */
    private static final double NEAR = 2;

    /** Those at the delay that has the most charges, the smallest of equals, where a figure has no place for delays. */
    static List<ChargePoint> ofOneDelay(List<ChargePoint> all) {
        Map<Integer, Long> charges = all.stream()
                .collect(Collectors.groupingBy(
                        ChargePoint::delay,
                        TreeMap::new,
                        Collectors.mapping(ChargePoint::charge, Collectors.collectingAndThen(Collectors.toSet(), s ->
                                (long) s.size()))));
        int usual = BenchFigures.mostFrequent(charges);
        return all.stream().filter(p -> p.delay == usual).toList();
    }

    private record Key(Pixel pixel, int charge, int delay) {}

    /** @param wanted offset; null: the whole number that most pixels, charges and delays have, the smallest of equals */
    static List<ChargePoint> of(List<TdcPoint> points, Map<Pixel, Baseline> baselines, @Nullable Double wanted) {
        Map<Key, List<TdcPoint>> groups = points.stream()
                .filter(p -> baselines.containsKey(p.key().pixel()))
                .collect(Collectors.groupingBy(
                        p -> new Key(p.key().pixel(), p.key().charge(), p.key().delay()),
                        () -> new TreeMap<>(Comparator.comparing(Key::pixel)
                                .thenComparingInt(Key::charge)
                                .thenComparingInt(Key::delay)),
                        Collectors.toList()));
        double offset = wanted != null ? wanted : usual(groups, baselines);
        List<ChargePoint> rows = new ArrayList<>();
        groups.forEach((key, group) -> {
            double baseline = baseline(key, baselines);
            rows.add(row(key, offset, baseline, nearest(group, baseline + offset)));
        });
        return rows;
    }

    private static double baseline(Key key, Map<Pixel, Baseline> baselines) {
        Baseline of = baselines.get(key.pixel);
        return of == null ? Double.NaN : of.baseline();
    }

    /** From here on there is no noise [DAC]. */
    private static double quiet(Key key, Map<Pixel, Baseline> baselines) {
        Baseline of = baselines.get(key.pixel);
        boolean fitted = of != null && !of.method().equals(Baseline.CHIP) && Double.isFinite(of.width());
        return baseline(key, baselines) + (of != null && fitted ? TdcEdge.NOISE_WIDTHS * of.width() : 1);
    }

    private static double usual(Map<Key, List<TdcPoint>> groups, Map<Pixel, Baseline> baselines) {
        TreeMap<Long, Integer> reached = new TreeMap<>();
        groups.forEach((key, group) -> group.stream()
                .filter(p -> p.kept() > 1 && p.key().threshold() >= quiet(key, baselines))
                .flatMap(p -> {
                    double at = p.key().threshold() - baseline(key, baselines);
                    return java.util.stream.LongStream.rangeClosed(
                                    (long) Math.ceil(at - NEAR), (long) Math.floor(at + NEAR))
                            .boxed();
                })
                .distinct()
                .forEach(o -> reached.merge(o, 1, Integer::sum)));
        long usual = 0;
        int most = 0;
        for (Map.Entry<Long, Integer> e : reached.entrySet()) {
            if (e.getValue() > most) {
                usual = e.getKey();
                most = e.getValue();
            }
        }
        return usual;
    }

    private static @Nullable TdcPoint nearest(List<TdcPoint> group, double threshold) {
        return group.stream()
                .filter(p -> Math.abs(p.key().threshold() - threshold) <= NEAR)
                .min(Comparator.<TdcPoint>comparingDouble(p -> Math.abs(p.key().threshold() - threshold))
                        .thenComparingInt(p -> p.key().threshold()))
                .orElse(null);
    }

    private static ChargePoint row(Key key, double offset, double baseline, @Nullable TdcPoint p) {
        if (p == null) {
            return new ChargePoint(
                    key.pixel,
                    key.charge,
                    key.delay,
                    offset,
                    Double.NaN,
                    Double.NaN,
                    0,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    "no threshold within 2 DAC of the offset");
        }
        return new ChargePoint(
                key.pixel,
                key.charge,
                key.delay,
                offset,
                p.key().threshold(),
                p.key().threshold() - baseline,
                p.kept(),
                p.toaMeanNs(),
                p.toaMeanNsUnc(),
                p.totMeanNs(),
                p.totMeanNsUnc(),
                p.jitterNs(),
                p.jitterUncNs(),
                p.remark());
    }
}
