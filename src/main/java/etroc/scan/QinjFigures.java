package etroc.scan;

import etroc.report.Figure;
import etroc.report.Rounded;
import etroc.report.Series;
import etroc.scan.QinjPoints.Point;
import etroc.scan.ScanPoint.PixelKey;
import etroc.store.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Figures of the times of injected pulses; none where an earlier version made the result. */
final class QinjFigures {
    private static final String SECTION = "Times of injected pulses";

    private static final double PS = 1000;

    private final List<Point> points;
    private final List<TotCharge> lines;
    private final List<PhasePoint> phases;

    private QinjFigures(Tables tables) {
        points = tables.as(QinjPoints.POINTS, Point.class);
        lines = tables.as(TotCharge.TABLE, TotCharge.class);
        phases = tables.as(PhasePoint.TABLE, PhasePoint.class);
    }

    /** Jitter and TOT against charge at the threshold of the line, TOA and hits against phase. */
    static List<Figure> of(Tables tables) {
        return new QinjFigures(tables).figures();
    }

    private List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        for (TotCharge line : lines) {
            figures.add(againstCharge(
                    line,
                    "jitter",
                    "jitter [ps]",
                    p -> PS * p.spread().jitter(),
                    p -> PS * p.spread().jitterUnc()));
            figures.add(againstCharge(
                    line,
                    "tot",
                    "mean TOT [ns]",
                    p -> p.times().totMeanNs(),
                    p -> p.times().totMeanNsUnc()));
        }
        Map<String, List<PhasePoint>> byPixel = phases.stream()
                .collect(Collectors.groupingBy(
                        p -> "board " + p.dataBoardId() + ", pixel " + p.pixelId(), TreeMap::new, Collectors.toList()));
        byPixel.forEach((pixel, own) -> {
            figures.add(
                    againstPhase(pixel, own, "toa", "mean TOA [ns]", PhasePoint::toaMeanNs, PhasePoint::toaMeanNsUnc));
            figures.add(againstPhase(pixel, own, "hits", "hits", PhasePoint::hits, p -> Math.sqrt((double) p.hits())));
        });
        return figures;
    }

    private Figure againstCharge(
            TotCharge line, String id, String axis, ToDoubleFunction<Point> value, ToDoubleFunction<Point> unc) {
        PixelKey pixel = line.pixel();
        Integer threshold = line.boardDiscriminatorThreshold();
        String title = (id.equals("tot") ? "TOT" : "Jitter") + " against charge, " + ScanFigures.text(pixel);
        if (threshold == null) {
            return Figure.empty(ScanFigures.id("qinj-" + id, pixel), SECTION, title, line.remark());
        }
        List<Point> own = points.stream()
                .filter(p -> p.curve().pixel().equals(pixel)
                        && p.boardDiscriminatorThreshold() == threshold
                        && Double.isFinite(value.applyAsDouble(p)))
                .toList();
        List<Series> series = new ArrayList<>();
        series.add(
                Series.Points.of("threshold " + threshold, own, p -> p.curve().charge(), value, unc));
        List<String> notes = new ArrayList<>();
        if (id.equals("tot") && Double.isFinite(line.line().slope())) {
            List<Double> ends =
                    own.stream().map(p -> (double) p.curve().charge()).toList();
            series.add(new Series.Line(
                    "threshold " + threshold + ": line",
                    ends,
                    ends.stream().map(line.line()::at).toList()));
            notes.add("slope " + Rounded.of(line.line().slope(), line.line().slopeUnc()) + " ns/fC");
        }
        if (!line.remark().isEmpty()) {
            notes.add(line.remark());
        }
        return new Figure(
                ScanFigures.id("qinj-" + id, pixel), SECTION, title, ScanFigures.CHARGE, axis, series, notes, "");
    }

    private static Figure againstPhase(
            String pixel,
            List<PhasePoint> points,
            String id,
            String axis,
            ToDoubleFunction<PhasePoint> value,
            ToDoubleFunction<PhasePoint> unc) {
        Map<String, List<PhasePoint>> byCurve = points.stream()
                .filter(p -> Double.isFinite(value.applyAsDouble(p)))
                .collect(Collectors.groupingBy(
                        p -> p.boardInjectedCharge() + " fC, threshold " + p.boardDiscriminatorThreshold(),
                        TreeMap::new,
                        Collectors.toList()));
        List<Series> series = new ArrayList<>();
        byCurve.forEach((name, own) -> series.add(Series.Points.of(name, own, PhasePoint::phaseAdjust, value, unc)));
        String name = "phase-" + id + "-" + pixel.replaceAll("[^A-Za-z0-9]+", "-");
        String title = axis.replaceAll(" \\[.*", "") + " against phase, " + pixel;
        return series.isEmpty()
                ? Figure.empty(name, SECTION, title, "no run has two hits")
                : new Figure(name, SECTION, title, "phase adjustment", axis, series, List.of(), "");
    }
}
