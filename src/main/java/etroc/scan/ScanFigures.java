package etroc.scan;

import etroc.fits.SCurveFit;
import etroc.passes.HistogramBin;
import etroc.report.Bins;
import etroc.report.Figure;
import etroc.report.Rounded;
import etroc.report.Series;
import etroc.scan.ScanPoint.PixelKey;
import etroc.scan.ScanResult.NoiseRegion;
import etroc.scan.ScanTables.Point;
import etroc.store.Tables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The figures of a scan, from its tables. */
public final class ScanFigures {
    private static final String CURVES = "Hits against threshold";
    private static final String MAPS = "Hit map";
    private static final String CODES = "Codes";
    static final String CHARGE = "injected charge [fC]";
    static final String THRESHOLD = "threshold [DAC counts]";
    /** Widths of an edge that are fitted, to both sides. */
    private static final double EDGE_WIDTHS = 5;

    /** Height of the drawn axis in plateaus: edges are to be seen, not the peak of the noise. */
    private static final double TOP = 1.7;

    private static final Map<String, String> TITLES = new LinkedHashMap<>();

    static {
        TITLES.put("time_of_arrival", "TOA [codes]");
        TITLES.put("time_over_threshold", "TOT [codes]");
        TITLES.put("calibration_code", "CAL [codes]");
    }

    private final Map<PixelKey, List<Point>> points;
    private final Map<PixelKey, List<NoiseRegion>> noise;
    private final LineFigures lines;
    private final Map<PixelKey, List<SCurve>> sCurves;
    private final List<HistogramBin> bins;
    private final List<Figure> times;

    private ScanFigures(Tables tables) {
        points = byPixel(
                tables.as(ScanTables.POINTS, Point.class), p -> p.curve().pixel());
        noise = byPixel(tables.as(ScanTables.NOISE, NoiseRegion.class), NoiseRegion::pixel);
        lines = new LineFigures(tables);
        sCurves = byPixel(
                tables.as(ScanTables.S_CURVES, SCurve.class), c -> c.curve().pixel());
        bins = tables.as("histograms", HistogramBin.class);
        times = QinjFigures.of(tables);
    }

    static <T> Map<PixelKey, List<T>> byPixel(List<T> rows, Function<T, PixelKey> pixel) {
        return rows.stream().collect(Collectors.groupingBy(pixel));
    }

    /** All figures, in the order of the page. */
    public static List<Figure> of(Tables tables) {
        return new ScanFigures(tables).figures();
    }

    private List<Figure> figures() {
        List<PixelKey> pixels = points.keySet().stream()
                .sorted(Comparator.comparingInt(PixelKey::board)
                        .thenComparing(PixelKey::pixel)
                        .thenComparingInt(PixelKey::phase))
                .toList();
        List<Figure> figures = new ArrayList<>();
        if (pixels.isEmpty()) {
            figures.add(Figure.empty("curves", CURVES, CURVES, "no board was scanned"));
        }
        if (!pixels.isEmpty()) {
            figures.add(lines.all(pixels));
        }
        pixels.stream().map(lines::line).forEach(figures::add);
        pixels.stream().map(lines::residuals).forEach(figures::add);
        pixels.stream().map(this::curves).forEach(figures::add);
        pixels.forEach(p -> figures.addAll(EdgeFigures.edges(p, of(points, p), of(sCurves, p))));
        if (!pixels.isEmpty()) {
            figures.addAll(EdgeFigures.noise(
                    pixels,
                    pixels.stream().flatMap(p -> of(sCurves, p).stream()).toList()));
        }
        pixels.stream().map(this::map).forEach(figures::add);
        figures.addAll(times);
        TITLES.forEach((variable, axis) -> figures.add(Bins.overlay(
                variable,
                CODES,
                axis.replaceAll(" \\[.*", "") + " of all boards",
                axis,
                bins.stream()
                        .filter(b -> b.variable().equals(variable))
                        .map(b -> new Bins.Bin("board " + b.dataBoardId(), b.stepName(), b.low(), b.high(), b.count()))
                        .toList())));
        return figures;
    }

    static String id(String figure, PixelKey p) {
        return figure + "-board-" + p.board() + "-" + p.pixel().replaceAll("[^A-Za-z0-9]", "_") + "-phase-" + p.phase();
    }

    static String text(PixelKey p) {
        return "board " + p.board() + ", pixel " + p.pixel() + ", phase " + p.phase();
    }

    static <T> List<T> of(Map<PixelKey, List<T>> rows, PixelKey pixel) {
        return rows.getOrDefault(pixel, List.of());
    }

    private Figure curves(PixelKey pixel) {
        List<Point> own = of(points, pixel);
        List<Series> series = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        double most = own.stream().mapToDouble(Point::hits).max().orElse(0);
        for (NoiseRegion n : of(noise, pixel)) {
            if (n.min() != null && n.max() != null) {
                series.add(Series.Band.of("noise region", n.min(), n.max(), 0, most));
            }
            double plateau = n.plateau().hits();
            double window = n.plateau().window();
            if (Double.isFinite(plateau) && Double.isFinite(window)) {
                int first = own.get(0).threshold();
                int last = own.get(own.size() - 1).threshold();
                series.add(Series.Band.of("plateau", first, last, plateau - window, plateau + window));
            }
            notes.add(String.format(Locale.ROOT, "plateau %.0f hits, settled within %.0f", plateau, window));
            if (!n.remark().isEmpty()) {
                notes.add(n.remark());
            }
        }
        Map<Integer, List<Point>> byCharge =
                own.stream().collect(Collectors.groupingBy(p -> p.curve().charge(), TreeMap::new, Collectors.toList()));
        byCharge.forEach((charge, of) -> {
            series.add(Series.Points.of(
                    charge + " fC", of, Point::threshold, Point::hits, p -> Math.sqrt((double) p.hits())));
            of(sCurves, pixel).stream()
                    .filter(c -> c.curve().charge() == charge)
                    .forEach(c -> {
                        if (Double.isFinite(c.t50())) {
                            series.add(sCurve(c));
                        }
                        String said = c.said();
                        if (!said.isEmpty()) {
                            notes.add(charge + " fC: " + said);
                        }
                    });
        });
        double top = TOP * own.stream().mapToDouble(p -> pulses(pixel)).max().orElse(most);
        if (most > top) {
            notes.add(String.format(Locale.ROOT, "noise reaches %,.0f hits, beyond the axis", most));
        }
        return new Figure(id("hits", pixel), CURVES, CURVES + ", " + text(pixel), THRESHOLD, "hits", series, notes, "")
                .scaled(CHARGE)
                .within(Double.NaN, Double.NaN, 0, most > top ? top : Double.NaN);
    }

    /** Height of the fitted curves; unbounded if there are none. */
    private double pulses(PixelKey pixel) {
        return of(sCurves, pixel).stream()
                .mapToDouble(SCurve::pulses)
                .filter(Double::isFinite)
                .max()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private static Series sCurve(SCurve c) {
        return Series.Line.of(
                c.curve().charge() + " fC: t50 " + Rounded.of(c.t50(), c.t50Unc()),
                c.t50() - EDGE_WIDTHS * c.noise(),
                c.t50() + EDGE_WIDTHS * c.noise(),
                t -> c.pulses() * c.efficiency() * SCurveFit.edge(t, c.t50(), c.noise()));
    }

    private Figure map(PixelKey pixel) {
        List<Point> own = of(points, pixel);
        double x = step(own.stream().map(Point::threshold)) / 2;
        double y = step(own.stream().map(p -> p.curve().charge())) / 2;
        Series plane = Bins.plane(
                        "hits",
                        own,
                        p -> p.threshold() - x,
                        p -> p.threshold() + x,
                        p -> p.curve().charge() - y,
                        p -> p.curve().charge() + y,
                        Point::hits)
                .logarithmic();
        return new Figure(
                id("map", pixel), MAPS, MAPS + ", " + text(pixel), THRESHOLD, CHARGE, List.of(plane), List.of(), "");
    }

    /** Smallest distance of different values; 1 if there are not two. */
    private static double step(Stream<Integer> values) {
        List<Integer> sorted = values.distinct().sorted().toList();
        double step = Double.POSITIVE_INFINITY;
        for (int i = 1; i < sorted.size(); i++) {
            step = Math.min(step, sorted.get(i) - sorted.get(i - 1));
        }
        return Double.isFinite(step) ? step : 1;
    }
}
