package etroc.scan.bench;

import etroc.About;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.StatUtils;

/** What the pixels of a chip have in common at a charge. */
@About("a chip, charge, delay and quantity that a pixel has there")
record ChargePercentile(
        @About("name of the chip; empty where none is known")
        String chip,

        @About("injected charge [fC]") int charge,
        @About("steps of 781 ps") int delay,
        @About("toa_mean, tot_mean, jitter") String quantity,
        @About("pixels that have it") int pixels,
        @About("16 % of them are below [ns]") double p16Ns,
        @About("half of them are [ns]") double medianNs,
        @About("84 % of them are [ns]") double p84Ns) {
    static final String TABLE = "charge_percentiles";
    static final String TOA = "toa_mean";
    static final String TOT = "tot_mean";
    static final String JITTER = "jitter";

    private record Key(String chip, int charge, int delay) {}

    /** By chip, charge and delay. */
    static List<ChargePercentile> of(List<ChargePoint> points) {
        Map<Key, List<ChargePoint>> groups = points.stream()
                .collect(Collectors.groupingBy(
                        p -> new Key(p.pixel().chip(), p.charge(), p.delay()),
                        () -> new TreeMap<>(Comparator.comparing(Key::chip)
                                .thenComparingInt(Key::charge)
                                .thenComparingInt(Key::delay)),
                        Collectors.toList()));
        List<ChargePercentile> rows = new ArrayList<>();
        groups.forEach((key, own) -> {
            add(rows, key, TOA, own, ChargePoint::toaMeanNs);
            add(rows, key, TOT, own, ChargePoint::totMeanNs);
            add(rows, key, JITTER, own, ChargePoint::jitterNs);
        });
        return rows;
    }

    private static void add(
            List<ChargePercentile> rows,
            Key key,
            String quantity,
            List<ChargePoint> points,
            ToDoubleFunction<ChargePoint> value) {
        double[] values =
                points.stream().mapToDouble(value).filter(Double::isFinite).toArray();
        if (values.length > 0) {
            rows.add(new ChargePercentile(
                    key.chip,
                    key.charge,
                    key.delay,
                    quantity,
                    values.length,
                    StatUtils.percentile(values, 16),
                    StatUtils.percentile(values, 50),
                    StatUtils.percentile(values, 84)));
        }
    }
}
