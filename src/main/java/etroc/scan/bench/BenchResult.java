package etroc.scan.bench;

import etroc.ingest.etroc2.QinjSettings;
import etroc.pipeline.Context;
import etroc.store.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables of a scan, from what its places gave in the order of their paths: of several attempts the last counts. */
record BenchResult(
        List<Baseline> baselines,
        List<TurnOff> turnOffs,
        List<TdcPoint> points,
        List<TdcEdge> edges,
        List<ChargeLine> lines,
        List<DelayLine> delays,
        List<DelayPoint> delayPoints,
        List<ChargePoint> charges) {
    private static final List<String> METHODS = List.of(Baseline.PEAK, Baseline.ACCUMULATOR, Baseline.CHIP);

    static BenchResult of(List<BenchFound> found, QinjSettings settings) {
        List<Baseline> baselines = Outliers.flagged(lastCounts(
                merged(found), b -> List.of(b.chip(), b.row(), b.column(), b.method()), (b, last) -> b.with(last, "")));
        List<TurnOff> turnOffs = lastCounts(
                found.stream().flatMap(f -> f.turnOffs.stream()).toList(),
                t -> List.of(t.chip(), t.row(), t.column(), t.charge(), t.delay()),
                TurnOff::with);
        List<TdcPoint> points =
                lastCounts(found.stream().flatMap(f -> f.points.stream()).toList(), TdcPoint::key, TdcPoint::with);
        Map<Pixel, Baseline> of = best(baselines);
        List<TdcPoint> used = points.stream().filter(TdcPoint::used).toList();
        List<TdcEdge> edges =
                groups(
                                used,
                                p -> new EdgeKey(
                                        p.key().pixel(),
                                        p.key().charge(),
                                        p.key().delay()))
                        .stream()
                        .map(g -> TdcEdge.of(g, of.get(g.get(0).key().pixel())))
                        .toList();
        List<DelayLine> delays = new ArrayList<>();
        List<DelayPoint> delayPoints = new ArrayList<>();
        groups(used, p -> new EdgeKey(p.key().pixel(), p.key().charge(), p.key().threshold())).stream()
                .filter(g -> g.size() > 1)
                .forEach(g -> {
                    DelayLine line = DelayLine.of(g);
                    delays.add(line);
                    delayPoints.addAll(
                            DelayPoint.of(sorted(g, p -> List.of(p.key().delay())), line));
                });
        return new BenchResult(
                sorted(baselines, b -> List.of(METHODS.indexOf(b.method()), new Pixel(b.chip(), b.row(), b.column()))),
                sorted(turnOffs, t -> List.of(new Pixel(t.chip(), t.row(), t.column()), t.charge(), t.delay())),
                sorted(
                        points,
                        p -> List.of(
                                p.key().pixel(),
                                p.key().charge(),
                                p.key().threshold(),
                                p.key().delay())),
                edges,
                lines(turnOffs, edges, of),
                delays,
                delayPoints,
                ChargePoint.of(used, of, settings.offset()));
    }

    private record EdgeKey(Pixel pixel, int first, int second) implements Comparable<EdgeKey> {
        @Override
        public int compareTo(EdgeKey o) {
            return Comparator.comparing(EdgeKey::pixel)
                    .thenComparingInt(EdgeKey::first)
                    .thenComparingInt(EdgeKey::second)
                    .compare(this, o);
        }
    }

    private static <T, K extends Comparable<K>> List<List<T>> groups(List<T> rows, Function<T, K> key) {
        return List.copyOf(rows.stream()
                .collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()))
                .values());
    }

    /** In the order of keys, and of attempts within. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // of one place in the keys all are of one type
    private static <T> List<T> sorted(List<T> rows, Function<T, List<? extends Comparable<?>>> key) {
        Comparator<T> order = (a, b) -> {
            List<? extends Comparable<?>> left = key.apply(a);
            List<? extends Comparable<?>> right = key.apply(b);
            int result = 0;
            for (int i = 0; result == 0 && i < left.size(); i++) {
                result = ((Comparable) left.get(i)).compareTo(right.get(i));
            }
            return result;
        };
        return rows.stream().sorted(order).toList();
    }

    private static <T> List<T> lastCounts(List<T> rows, Function<T, Object> key, BiFunction<T, Boolean, T> with) {
        Map<Object, T> last = new HashMap<>();
        rows.forEach(r -> last.put(key.apply(r), r));
        return rows.stream()
                .map(r -> with.apply(r, last.get(key.apply(r)) == r))
                .toList();
    }

    /** The chip's own baselines and widths of one time stand in two files. */
    private static List<Baseline> merged(List<BenchFound> found) {
        Map<List<Object>, Baseline> all = new java.util.LinkedHashMap<>();
        int number = 0;
        for (BenchFound f : found) {
            for (Baseline b : f.baselines) {
                Object attempt = b.method().equals(Baseline.CHIP) ? b.attempt() : number++;
                all.merge(List.of(b.chip(), b.row(), b.column(), b.method(), attempt), b, BenchResult::both);
            }
        }
        return List.copyOf(all.values());
    }

    private static Baseline both(Baseline a, Baseline b) {
        boolean fills = Double.isNaN(a.baseline()) != Double.isNaN(b.baseline())
                && Double.isNaN(a.width()) != Double.isNaN(b.width());
        double baseline = Double.isNaN(a.baseline()) ? b.baseline() : a.baseline();
        double width = Double.isNaN(a.width()) ? b.width() : a.width();
        return fills ? Baseline.ofChip(a.chip(), a.row(), a.column(), a.attempt(), baseline, width) : b;
    }

    /** The baseline that counts: by the best method that has one. */
    private static Map<Pixel, Baseline> best(List<Baseline> baselines) {
        Map<Pixel, Baseline> best = new HashMap<>();
        for (String method : METHODS) {
            baselines.stream()
                    .filter(b -> b.used() && b.method().equals(method) && Double.isFinite(b.baseline()))
                    .forEach(b -> best.putIfAbsent(new Pixel(b.chip(), b.row(), b.column()), b));
        }
        return best;
    }

    private static List<ChargeLine> lines(List<TurnOff> turnOffs, List<TdcEdge> edges, Map<Pixel, Baseline> of) {
        List<ChargeLine> lines = new ArrayList<>();
        groups(
                        turnOffs.stream().filter(TurnOff::used).toList(),
                        t -> new EdgeKey(new Pixel(t.chip(), t.row(), t.column()), t.delay(), 0))
                .forEach(g -> lines.add(line(
                        new Pixel(g.get(0).chip(), g.get(0).row(), g.get(0).column()),
                        g.get(0).delay(),
                        ChargeLine.TURN_OFF,
                        g.stream()
                                .map(t -> new ChargeLine.Point(t.charge(), t.threshold(), t.thresholdUnc()))
                                .toList(),
                        of)));
        groups(edges, e -> new EdgeKey(e.pixel(), e.delay(), 0))
                .forEach(g -> lines.add(line(
                        g.get(0).pixel(),
                        g.get(0).delay(),
                        ChargeLine.S_CURVE,
                        g.stream()
                                .map(e -> new ChargeLine.Point(e.charge(), e.t50(), e.t50Unc()))
                                .toList(),
                        of)));
        return lines;
    }

    private static ChargeLine line(
            Pixel pixel, int delay, String method, List<ChargeLine.Point> points, Map<Pixel, Baseline> of) {
        @Nullable Baseline baseline = of.get(pixel);
        return ChargeLine.of(
                pixel,
                delay,
                method,
                points.stream()
                        .sorted(Comparator.comparingInt(ChargeLine.Point::charge))
                        .toList(),
                baseline);
    }

    List<Table> tables() {
        return List.of(
                Table.of(Baseline.TABLE, Baseline.class, baselines),
                Table.of(BaselineDifference.TABLE, BaselineDifference.class, BaselineDifference.of(baselines, METHODS)),
                Table.of(TurnOff.TABLE, TurnOff.class, turnOffs),
                Table.of(ChargeLine.TABLE, ChargeLine.class, lines),
                Table.of(TdcPoint.TABLE, TdcPoint.class, points),
                Table.of(TdcEdge.TABLE, TdcEdge.class, edges),
                Table.of(DelayLine.TABLE, DelayLine.class, delays),
                Table.of(DelayPoint.TABLE, DelayPoint.class, delayPoints),
                Table.of(ChargePoint.TABLE, ChargePoint.class, charges),
                Table.of(ChargePercentile.TABLE, ChargePercentile.class, ChargePercentile.of(charges)));
    }

    /** Says what was measured again. */
    void remark(Context context) {
        long again = baselines.stream().filter(b -> !b.used()).count()
                + turnOffs.stream().filter(t -> !t.used()).count()
                + points.stream().filter(p -> !p.used()).count();
        if (again > 0) {
            context.remark("attempt", again + " measurements have a later attempt, which counts; rows with used = 0");
        }
    }
}
