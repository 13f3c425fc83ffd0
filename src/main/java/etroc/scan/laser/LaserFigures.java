package etroc.scan.laser;

import etroc.fits.SCurveFit;
import etroc.report.Figure;
import etroc.report.Rounded;
import etroc.report.Section;
import etroc.report.Series;
import etroc.store.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The figures of a laser scan, from its tables. */
public final class LaserFigures {
    private static final String ATTENUATION = "attenuation of the laser [%]";
    private static final String THRESHOLD = "threshold [DAC counts]";
    private static final String LASER = "Laser";
    private static final double EDGE_WIDTHS = 5;
    private static final double PS = 1000;
    /** Pixels whose jitter stands beside the result, and figures of a pixel. */
    private static final int MOST_ANSWERS = 3;

    private static final int FIGURES = 4;
    /** More thresholds than this cannot be told apart. */
    private static final int MOST_SERIES = 8;

    private LaserFigures() {}

    /** Whether a result has any. */
    public static boolean has(Tables tables) {
        return tables.has(LaserPoint.TABLE);
    }

    /** Jitter, TOT and TOA against attenuation, hits against threshold, of each pixel and phase. */
    public static List<Figure> of(Tables tables) {
        Map<LaserKey, List<LaserPoint>> points = tables.as(LaserPoint.TABLE, LaserPoint.class).stream()
                .collect(Collectors.groupingBy(p -> p.curve().pixel(), TreeMap::new, Collectors.toList()));
        Map<LaserKey, List<LaserCurve>> curves = tables.as(LaserCurve.TABLE, LaserCurve.class).stream()
                .collect(Collectors.groupingBy(c -> c.curve().pixel(), TreeMap::new, Collectors.toList()));
        List<Figure> figures = new ArrayList<>();
        points.forEach((pixel, own) -> {
            figures.add(against(
                            pixel,
                            own,
                            "jitter",
                            "Jitter",
                            "jitter [ps]",
                            p -> PS * p.spread().jitter(),
                            p -> PS * p.spread().jitterUnc())
                    .in(figures.size() < MOST_ANSWERS * FIGURES ? Section.ANSWER : LASER));
            figures.add(against(
                    pixel,
                    own,
                    "tot",
                    "TOT",
                    "mean TOT [ns]",
                    p -> p.times().totMeanNs(),
                    p -> p.times().totMeanNsUnc()));
            figures.add(against(
                    pixel,
                    own,
                    "toa",
                    "TOA",
                    "mean TOA [ns]",
                    p -> p.times().toaMeanNs(),
                    p -> p.times().toaMeanNsUnc()));
            figures.add(hits(pixel, own, curves.getOrDefault(pixel, List.of())));
        });
        return figures;
    }

    private static String id(String what, LaserKey pixel) {
        return "laser-" + what + "-" + pixel.pixelText().replaceAll("[^A-Za-z0-9]+", "-");
    }

    private static Figure against(
            LaserKey pixel,
            List<LaserPoint> points,
            String id,
            String what,
            String axis,
            ToDoubleFunction<LaserPoint> value,
            ToDoubleFunction<LaserPoint> unc) {
        String title = what + " against attenuation, " + pixel.pixelText();
        Map<Integer, List<LaserPoint>> byThreshold = points.stream()
                .filter(p -> Double.isFinite(value.applyAsDouble(p)))
                .collect(Collectors.groupingBy(
                        LaserPoint::boardDiscriminatorThreshold, TreeMap::new, Collectors.toList()));
        if (byThreshold.isEmpty()) {
            return Figure.empty(id(id, pixel), LASER, title, "no run has two hits");
        }
        List<Integer> shown = spread(List.copyOf(byThreshold.keySet()), MOST_SERIES);
        List<Series> series = new ArrayList<>();
        shown.forEach(threshold -> series.add(Series.Points.of(
                threshold + " DAC",
                byThreshold.getOrDefault(threshold, List.of()),
                p -> p.curve().laserAttenuation(),
                value,
                unc)));
        List<String> notes = new ArrayList<>();
        if (shown.size() < byThreshold.size()) {
            notes.add(shown.size() + " of " + byThreshold.size() + " thresholds; the table laser_points has all");
        }
        points.stream()
                .filter(p -> p.times().hits() > 0 && !p.remark().isEmpty())
                .collect(Collectors.groupingBy(LaserPoint::remark, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(e -> e.getValue() + " points: " + e.getKey())
                .forEach(notes::add);
        return new Figure(id(id, pixel), LASER, title, ATTENUATION, axis, series, notes, "").scaled(THRESHOLD);
    }

    /** At most so many of a list, at equal distances from the first to the last. */
    static <T> List<T> spread(List<T> all, int most) {
        return all.size() <= most
                ? all
                : IntStream.range(0, most)
                        .mapToObj(i -> all.get(i * (all.size() - 1) / (most - 1)))
                        .toList();
    }

    /** Pulses of a point of a curve; NaN where that is not known. */
    private static double pulses(List<LaserCurve> curves, double attenuation) {
        return curves.stream()
                .filter(c -> c.curve().laserAttenuation() == attenuation && Double.isFinite(c.t50()))
                .mapToDouble(LaserCurve::pulses)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Of so many pulses, each seen or not; where their number is not known, as of counts. */
    private static double unc(double hits, double pulses) {
        return Math.sqrt(Double.isNaN(pulses) ? hits : hits * Math.max(0, 1 - hits / pulses));
    }

    private static Figure hits(LaserKey pixel, List<LaserPoint> points, List<LaserCurve> curves) {
        Map<Double, List<LaserPoint>> byAttenuation = points.stream()
                .collect(Collectors.groupingBy(p -> p.curve().laserAttenuation(), TreeMap::new, Collectors.toList()));
        List<Series> series = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        byAttenuation.forEach((attenuation, of) -> series.add(Series.Points.of(
                attenuation + " %",
                of,
                LaserPoint::boardDiscriminatorThreshold,
                p -> p.times().hits(),
                p -> unc((double) p.times().hits(), pulses(curves, attenuation)))));
        for (LaserCurve c : curves) {
            double attenuation = c.curve().laserAttenuation();
            if (Double.isFinite(c.t50())) {
                series.add(Series.Line.of(
                        attenuation + " %: t50 " + Rounded.of(c.t50(), c.t50Unc()),
                        c.t50() - EDGE_WIDTHS * c.noise(),
                        c.t50() + EDGE_WIDTHS * c.noise(),
                        t -> c.pulses() * c.efficiency() * SCurveFit.edge(t, c.t50(), c.noise())));
            }
            if (!c.remark().isEmpty()) {
                notes.add(attenuation + " %: " + c.remark());
            }
        }
        String title = "Hits against threshold, " + pixel.pixelText();
        return new Figure(id("hits", pixel), LASER, title, THRESHOLD, "hits", series, notes, "").scaled(ATTENUATION);
    }
}
