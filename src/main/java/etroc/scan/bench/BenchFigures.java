package etroc.scan.bench;

import etroc.fits.SCurveFit;
import etroc.report.Bins;
import etroc.report.Figure;
import etroc.report.Rounded;
import etroc.report.Series;
import etroc.store.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The figures of a bench scan, from its tables. */
public final class BenchFigures {
    private static final String MAPS = "Maps";
    private static final String LINES = "Threshold against charge";
    private static final String CURVES = "Hits against threshold";
    static final String CHARGE = "injected charge [fC]";
    private static final String THRESHOLD = "threshold [DAC counts]";
    /** More than these pixels are not drawn one by one: the maps and tables have them all. */
    private static final int MOST = 16;

    private final Tables tables;
    private final List<Figure> figures = new ArrayList<>();

    private BenchFigures(Tables tables) {
        this.tables = tables;
    }

    /** All figures, in the order of the page. */
    public static List<Figure> of(Tables tables) {
        BenchFigures all = new BenchFigures(tables);
        all.maps();
        BaselineFigures.add(tables, all.figures);
        all.lines();
        all.curves();
        TimeFigures.add(tables, all.figures);
        return all.figures;
    }

    private void maps() {
        groups(
                        tables.as(Baseline.TABLE, Baseline.class).stream()
                                .filter(Baseline::used)
                                .toList(),
                        b -> of(b.method(), b.chip()))
                .forEach((name, own) -> {
                    map("baseline " + name + " [DAC]", own, Baseline::row, Baseline::column, Baseline::baseline);
                    map("width " + name + " [DAC]", own, Baseline::row, Baseline::column, Baseline::width);
                });
        groups(
                        tables.as(ChargeLine.TABLE, ChargeLine.class).stream()
                                .filter(l -> l.delay() == 0 || Double.isFinite(l.slope()))
                                .toList(),
                        l -> of(
                                l.method() + (l.delay() == 0 ? "" : ", delay " + l.delay()),
                                l.pixel().chip()))
                .forEach((name, own) -> {
                    lineMap("slope " + name + " [DAC/fC]", own, ChargeLine::slope);
                    lineMap("intercept " + name + " [DAC]", own, ChargeLine::intercept);
                    lineMap("noise " + name + " [fC]", own, ChargeLine::noiseFc);
                    lineMap("smallest charge " + name + " [fC]", own, ChargeLine::qMinFc);
                });
    }

    private void lineMap(String name, List<ChargeLine> rows, ToDoubleFunction<ChargeLine> value) {
        map(name, rows, l -> l.pixel().row(), l -> l.pixel().column(), value);
    }

    private static String of(String method, String chip) {
        return chip.isEmpty() ? "(" + method + ")" : "(" + method + ") of " + chip;
    }

    static <T> Map<String, List<T>> groups(List<T> rows, Function<T, String> name) {
        return rows.stream().collect(Collectors.groupingBy(name, TreeMap::new, Collectors.toList()));
    }

    static String id(String text) {
        return text.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("-$", "");
    }

    private <T> void map(
            String name, List<T> rows, ToDoubleFunction<T> row, ToDoubleFunction<T> column, ToDoubleFunction<T> value) {
        List<T> known = rows.stream().filter(r -> value.applyAsDouble(r) > 0).toList();
        if (known.isEmpty()) {
            figures.add(Figure.empty(id(name), MAPS, name, "no pixel has one"));
            return;
        }
        Series plane = Bins.plane(
                name,
                known,
                r -> column.applyAsDouble(r) - 0.5,
                r -> column.applyAsDouble(r) + 0.5,
                r -> row.applyAsDouble(r) - 0.5,
                r -> row.applyAsDouble(r) + 0.5,
                value);
        figures.add(new Figure(
                id(name), MAPS, name, "column", "row", List.of(plane), List.of(known.size() + " pixels"), ""));
    }

    /** The first pixels, and what they are of. */
    static <T> Map<String, List<T>> first(
            List<T> rows, Function<T, Pixel> pixel, String section, List<Figure> figures) {
        Map<Pixel, List<T>> all =
                rows.stream().collect(Collectors.groupingBy(pixel, TreeMap::new, Collectors.toList()));
        Map<String, List<T>> first = new java.util.LinkedHashMap<>();
        all.entrySet().stream().limit(MOST).forEach(e -> first.put(e.getKey().toString(), e.getValue()));
        if (all.size() > MOST) {
            figures.add(Figure.empty(
                    id(section),
                    section,
                    section,
                    "of " + all.size() + " pixels the first " + MOST + " are drawn; the tables have all"));
        }
        return first;
    }

    private void lines() {
        List<TurnOff> turnOffs = tables.as(TurnOff.TABLE, TurnOff.class).stream()
                .filter(t -> t.used() && Double.isFinite(t.threshold()))
                .toList();
        List<TdcEdge> edges = tables.as(TdcEdge.TABLE, TdcEdge.class).stream()
                .filter(e -> Double.isFinite(e.t50()))
                .toList();
        first(tables.as(ChargeLine.TABLE, ChargeLine.class), ChargeLine::pixel, LINES, figures)
                .forEach((pixel, own) -> {
                    List<Series> series = new ArrayList<>();
                    List<String> notes = new ArrayList<>();
                    Pixel of = own.get(0).pixel();
                    series.add(Series.Points.of(
                            ChargeLine.TURN_OFF,
                            turnOffs.stream()
                                    .filter(t -> new Pixel(t.chip(), t.row(), t.column()).equals(of))
                                    .toList(),
                            TurnOff::charge,
                            TurnOff::threshold,
                            TurnOff::thresholdUnc));
                    series.add(Series.Points.of(
                            ChargeLine.S_CURVE,
                            edges.stream().filter(e -> e.pixel().equals(of)).toList(),
                            TdcEdge::charge,
                            TdcEdge::t50,
                            TdcEdge::t50Unc));
                    for (ChargeLine line : own) {
                        notes.add(line.method() + ": " + Rounded.of(line.slope(), line.slopeUnc()) + " DAC/fC, at 0 "
                                + Rounded.of(line.intercept(), line.interceptUnc())
                                + (line.remark().isEmpty() ? "" : "; " + line.remark()));
                        if (Double.isFinite(line.slope())) {
                            series.add(Series.Line.of(
                                    line.method() + ": line", 0, 32, q -> line.intercept() + q * line.slope()));
                        }
                    }
                    figures.add(new Figure(
                            id("line " + pixel), LINES, LINES + ", " + pixel, CHARGE, THRESHOLD, series, notes, ""));
                });
    }

    private void curves() {
        List<TdcEdge> edges = tables.as(TdcEdge.TABLE, TdcEdge.class);
        first(used(), p -> p.key().pixel(), CURVES, figures).forEach((pixel, own) -> {
            List<Series> series = new ArrayList<>();
            List<String> notes = new ArrayList<>();
            groups(
                            own,
                            p -> String.format(
                                    java.util.Locale.ROOT, "%2d fC", p.key().charge()))
                    .forEach((charge, points) -> {
                        series.add(Series.Points.of(
                                charge,
                                points.stream().filter(p -> p.frames() > 0).toList(),
                                p -> p.key().threshold(),
                                p -> (double) p.hits() / p.frames(),
                                p -> Double.NaN));
                        edges.stream()
                                .filter(e -> e.pixel()
                                                .equals(points.get(0).key().pixel())
                                        && e.charge() == points.get(0).key().charge())
                                .forEach(e -> edge(charge, e, series, notes));
                    });
            figures.add(new Figure(
                    id("hits " + pixel), CURVES, CURVES + ", " + pixel, THRESHOLD, "hits a frame", series, notes, ""));
        });
    }

    private static void edge(String charge, TdcEdge e, List<Series> series, List<String> notes) {
        if (Double.isFinite(e.t50())) {
            series.add(Series.Line.of(
                    charge + ": t50 " + Rounded.of(e.t50(), e.t50Unc()),
                    e.t50() - 5 * e.s(),
                    e.t50() + 5 * e.s(),
                    t -> SCurveFit.edge(t, e.t50(), e.s())));
        }
        if (!e.remark().isEmpty()) {
            notes.add(charge + ": " + e.remark());
        }
    }

    private List<TdcPoint> used() {
        return tables.as(TdcPoint.TABLE, TdcPoint.class).stream()
                .filter(TdcPoint::used)
                .toList();
    }
}
