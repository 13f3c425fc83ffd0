package etroc.scan.bench;

import etroc.fits.SCurveFit;
import etroc.report.Figure;
import etroc.report.Rounded;
import etroc.report.Section;
import etroc.report.Series;
import etroc.store.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The figures of a bench scan, from its tables. */
public final class BenchFigures {
    private static final String LINES = "Threshold against charge";
    private static final String CURVES = "Hits against threshold";
    static final String CHARGE = "injected charge [fC]";
    private static final String THRESHOLD = "threshold [DAC counts]";
    /** More than these pixels are not drawn one by one: the maps and tables have them all. */
    static final int MOST = 16;
    /** More cannot be told apart in one figure. */
    private static final int MOST_TOGETHER = 8;

    private static final double LARGEST_CHARGE = 32;
    private static final double EDGE_WIDTHS = 5;

    private final Tables tables;
    private final List<TurnOff> turnOffs;
    private final List<TdcEdge> edges;
    private final List<ChargeLine> lines;
    private final List<Figure> figures = new ArrayList<>();

    private BenchFigures(Tables tables) {
        this.tables = tables;
        this.turnOffs = tables.as(TurnOff.TABLE, TurnOff.class).stream()
                .filter(t -> t.used() && Double.isFinite(t.threshold()))
                .toList();
        this.edges = tables.as(TdcEdge.TABLE, TdcEdge.class);
        this.lines = ChargeLine.told(tables.as(ChargeLine.TABLE, ChargeLine.class));
    }

    /** All figures, in the order of the page. */
    public static List<Figure> of(Tables tables) {
        BenchFigures all = new BenchFigures(tables);
        all.answer();
        TimeFigures.answer(tables, all.figures);
        if (pixels(tables) >= MOST) {
            BenchMaps.add(tables, all.figures);
            BaselineFigures.add(tables, all.figures);
        }
        all.lines();
        all.curves();
        TimeFigures.add(tables, all.figures);
        return all.figures;
    }

    /** Pixels with anything at all. */
    static long pixels(Tables tables) {
        return java.util.stream.Stream.concat(
                        tables.as(Baseline.TABLE, Baseline.class).stream().map(Baseline::pixel),
                        tables.as(ChargeLine.TABLE, ChargeLine.class).stream().map(ChargeLine::pixel))
                .distinct()
                .count();
    }

    static <T> Map<String, List<T>> groups(List<T> rows, Function<T, String> name) {
        return rows.stream().collect(Collectors.groupingBy(name, TreeMap::new, Collectors.toList()));
    }

    static String id(String text) {
        return text.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("-$", "");
    }

    /** The number that occurs most often, the smallest of equals. */
    static int mostFrequent(Map<Integer, Long> counts) {
        return counts.entrySet().stream()
                .max(Map.Entry.<Integer, Long>comparingByValue()
                        .thenComparing(Map.Entry.<Integer, Long>comparingByKey().reversed()))
                .map(Map.Entry::getKey)
                .orElse(0);
    }

    /** Rows of the first pixels. */
    static <T> Map<Pixel, List<T>> first(List<T> rows, Function<T, Pixel> pixel) {
        Map<Pixel, List<T>> first = new LinkedHashMap<>();
        new TreeMap<>(rows.stream().collect(Collectors.groupingBy(pixel)))
                .entrySet().stream().limit(MOST).forEach(e -> first.put(e.getKey(), e.getValue()));
        return first;
    }

    /** What is to be said where not all pixels are drawn. */
    static <T> List<String> left(List<T> rows, Function<T, Pixel> pixel, int drawn) {
        long all = rows.stream().map(pixel).distinct().count();
        return all > drawn ? List.of("the first " + drawn + " of " + all + " pixels; the tables have all") : List.of();
    }

    /** The lines of the first pixels together, each by its best method. */
    private void answer() {
        List<Series> series = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<ChargeLine> fitted =
                lines.stream().filter(l -> Double.isFinite(l.slope())).toList();
        first(fitted, ChargeLine::pixel).entrySet().stream()
                .limit(MOST_TOGETHER)
                .forEach(e -> {
                    List<ChargeLine> own = e.getValue();
                    ChargeLine best = own.stream()
                            .filter(l -> l.method().equals(ChargeLine.S_CURVE))
                            .findFirst()
                            .orElse(own.get(0));
                    series.add(points(e.getKey().toString(), best));
                    series.add(line(e.getKey().toString(), best));
                    notes.add(e.getKey() + ", " + text(best));
                });
        notes.addAll(left(fitted, ChargeLine::pixel, MOST_TOGETHER));
        if (!series.isEmpty()) {
            figures.add(new Figure("threshold-charge", Section.ANSWER, LINES, CHARGE, THRESHOLD, series, notes, ""));
        }
    }

    private Series points(String name, ChargeLine line) {
        return line.method().equals(ChargeLine.TURN_OFF)
                ? Series.Points.of(
                        name,
                        turnOffs.stream()
                                .filter(t -> t.pixel().equals(line.pixel()) && t.delay() == line.delay())
                                .toList(),
                        TurnOff::charge,
                        TurnOff::threshold,
                        TurnOff::thresholdUnc)
                : Series.Points.of(
                        name,
                        edges.stream()
                                .filter(e -> e.pixel().equals(line.pixel()) && e.delay() == line.delay())
                                .filter(e -> Double.isFinite(e.t50()))
                                .toList(),
                        TdcEdge::charge,
                        TdcEdge::t50,
                        TdcEdge::t50Unc);
    }

    private static Series line(String name, ChargeLine line) {
        return Series.Line.of(name + ": line", 0, LARGEST_CHARGE, q -> line.intercept() + q * line.slope());
    }

    private static String text(ChargeLine line) {
        return line.name() + ": "
                + (Double.isFinite(line.slope())
                        ? "slope " + Rounded.of(line.slope(), line.slopeUnc()) + " DAC/fC, intercept "
                                + Rounded.of(line.intercept(), line.interceptUnc()) + " DAC"
                                + (line.remark().isEmpty() ? "" : "; ")
                        : "")
                + line.remark();
    }

    private void lines() {
        first(lines, ChargeLine::pixel).forEach((pixel, own) -> {
            List<Series> series = new ArrayList<>();
            List<String> notes = new ArrayList<>();
            for (ChargeLine line : own) {
                series.add(points(line.name(), line));
                if (Double.isFinite(line.slope())) {
                    series.add(line(line.name(), line));
                }
                notes.add(text(line));
            }
            notes.addAll(left(lines, ChargeLine::pixel, MOST));
            figures.add(
                    new Figure(id("line " + pixel), LINES, LINES + ", " + pixel, CHARGE, THRESHOLD, series, notes, ""));
        });
    }

    private void curves() {
        List<TdcPoint> used = tables.as(TdcPoint.TABLE, TdcPoint.class).stream()
                .filter(TdcPoint::used)
                .toList();
        first(used, p -> p.key().pixel()).forEach((pixel, own) -> {
            // a scan of delays has one threshold a delay
            int delay = mostFrequent(
                    own.stream().collect(Collectors.groupingBy(p -> p.key().delay(), Collectors.counting())));
            List<Series> series = new ArrayList<>();
            List<String> notes = new ArrayList<>();
            Map<Integer, List<TdcPoint>> charges = own.stream()
                    .filter(p -> p.key().delay() == delay)
                    .collect(Collectors.groupingBy(p -> p.key().charge(), TreeMap::new, Collectors.toList()));
            charges.forEach((charge, points) -> {
                series.add(Series.Points.of(
                        charge + " fC",
                        points.stream().filter(p -> p.frames() > 0).toList(),
                        p -> p.key().threshold(),
                        p -> (double) p.hits() / p.frames(),
                        BenchFigures::fractionUnc));
                edges.stream()
                        .filter(e -> e.pixel().equals(pixel) && e.charge() == charge && e.delay() == delay)
                        .forEach(e -> edge(charge + " fC", e, series, notes));
            });
            if (own.stream().anyMatch(p -> p.key().delay() != delay)) {
                notes.add("delay " + delay + "; the tables have the others");
            }
            notes.addAll(left(used, p -> p.key().pixel(), MOST));
            figures.add(new Figure(
                            id("hits " + pixel),
                            CURVES,
                            CURVES + ", " + pixel,
                            THRESHOLD,
                            "hits per frame",
                            series,
                            notes,
                            "")
                    .scaled(CHARGE));
        });
    }

    private static double fractionUnc(TdcPoint p) {
        double fraction = Math.min(1, (double) p.hits() / p.frames());
        return Math.sqrt(fraction * (1 - fraction) / p.frames());
    }

    private static void edge(String charge, TdcEdge e, List<Series> series, List<String> notes) {
        if (Double.isFinite(e.t50())) {
            series.add(Series.Line.of(
                    charge + ": t50 " + Rounded.of(e.t50(), e.t50Unc()),
                    e.t50() - EDGE_WIDTHS * e.s(),
                    e.t50() + EDGE_WIDTHS * e.s(),
                    t -> SCurveFit.edge(t, e.t50(), e.s())));
            notes.add(charge + ": t50 " + Rounded.of(e.t50(), e.t50Unc()) + ", s " + Rounded.of(e.s(), e.sUnc())
                    + " DAC");
        }
        if (!e.remark().isEmpty()) {
            notes.add(charge + ": " + e.remark());
        }
    }
}
