package etroc.scan.bench;

import etroc.report.Figure;
import etroc.report.Rounded;
import etroc.report.Series;
import etroc.store.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The figures of times against charge and delay. */
final class TimeFigures {
    private static final String TIMES = "Times against charge";
    private static final String DELAYS = "TOA against delay";

    private final Tables tables;
    private final List<Figure> figures;

    private TimeFigures(Tables tables, List<Figure> figures) {
        this.tables = tables;
        this.figures = figures;
    }

    static void add(Tables tables, List<Figure> figures) {
        TimeFigures of = new TimeFigures(tables, figures);
        of.times();
        of.delays();
    }

    private void times() {
        List<ChargePoint> points = tables.as(ChargePoint.TABLE, ChargePoint.class).stream()
                .filter(p -> Double.isFinite(p.toaMeanNs()))
                .toList();
        if (points.isEmpty()) {
            return;
        }
        String at = "threshold " + Rounded.of(points.get(0).offset(), null) + " DAC above the baseline";
        Map<String, List<ChargePoint>> pixels = BenchFigures.first(points, ChargePoint::pixel, TIMES, figures);
        against(
                pixels,
                ChargePercentile.JITTER,
                "jitter [ns]",
                at,
                ChargePoint::charge,
                ChargePoint::jitterNs,
                ChargePoint::jitterUncNs);
        against(
                pixels,
                ChargePercentile.TOT,
                "TOT [ns]",
                at,
                ChargePoint::charge,
                ChargePoint::totMeanNs,
                ChargePoint::totMeanUncNs);
        against(
                pixels,
                ChargePercentile.TOA,
                "TOA [ns]",
                at,
                ChargePoint::charge,
                ChargePoint::toaMeanNs,
                ChargePoint::toaMeanUncNs);
        List<Series> walk = new ArrayList<>();
        pixels.forEach((name, own) -> walk.add(Series.Points.of(
                name, own, ChargePoint::totMeanNs, ChargePoint::toaMeanNs, ChargePoint::toaMeanUncNs)));
        figures.add(new Figure("walk", TIMES, "TOA against TOT", "TOT [ns]", "TOA [ns]", walk, List.of(at), ""));
    }

    private void against(
            Map<String, List<ChargePoint>> pixels,
            String quantity,
            String axis,
            String at,
            ToDoubleFunction<ChargePoint> x,
            ToDoubleFunction<ChargePoint> y,
            ToDoubleFunction<ChargePoint> unc) {
        List<Series> series = new ArrayList<>();
        pixels.forEach((name, own) -> series.add(Series.Points.of(name, own, x, y, unc)));
        percentiles(quantity, series);
        figures.add(new Figure(
                BenchFigures.id(axis + " against charge"),
                TIMES,
                axis + " against charge",
                BenchFigures.CHARGE,
                axis,
                series,
                List.of(at),
                ""));
    }

    /** Where the pixels of a chip lie, if there are three or more at a charge, without delay. */
    private void percentiles(String quantity, List<Series> series) {
        BenchFigures.groups(
                        tables.as(ChargePercentile.TABLE, ChargePercentile.class).stream()
                                .filter(p -> p.quantity().equals(quantity) && p.delay() == 0 && p.pixels() > 2)
                                .toList(),
                        ChargePercentile::chip)
                .forEach((chip, of) -> {
                    List<Double> charges =
                            of.stream().map(p -> (double) p.charge()).toList();
                    series.add(new Series.Band(
                            "16 to 84 % of pixels " + chip,
                            charges,
                            of.stream().map(ChargePercentile::p16Ns).toList(),
                            of.stream().map(ChargePercentile::p84Ns).toList()));
                    series.add(new Series.Line(
                            "median " + chip,
                            charges,
                            of.stream().map(ChargePercentile::medianNs).toList()));
                });
    }

    private void delays() {
        List<DelayLine> lines = tables.as(DelayLine.TABLE, DelayLine.class);
        List<DelayPoint> points = tables.as(DelayPoint.TABLE, DelayPoint.class).stream()
                .filter(DelayPoint::inLine)
                .toList();
        BenchFigures.first(points, DelayPoint::pixel, DELAYS, figures).forEach((pixel, own) -> {
            List<Series> series = new ArrayList<>();
            List<Series> residuals = new ArrayList<>();
            List<String> notes = new ArrayList<>();
            BenchFigures.groups(own, p -> p.charge() + " fC, " + p.threshold() + " DAC")
                    .forEach((name, of) -> {
                        series.add(Series.Points.of(
                                name, of, DelayPoint::delayNs, DelayPoint::toaMeanNs, DelayPoint::toaMeanNsUnc));
                        residuals.add(Series.Points.of(
                                name, of, DelayPoint::delayNs, DelayPoint::residualNs, DelayPoint::toaMeanNsUnc));
                        lines.stream().filter(l -> isOf(l, of.get(0))).forEach(l -> line(name, l, of, series, notes));
                    });
            add("delay " + pixel, DELAYS + ", " + pixel, "TOA [ns]", series, notes);
            add("delay residual " + pixel, DELAYS + ": residuals, " + pixel, "TOA minus line [ns]", residuals, notes);
        });
    }

    private static boolean isOf(DelayLine line, DelayPoint p) {
        return line.pixel().equals(p.pixel()) && line.charge() == p.charge() && line.threshold() == p.threshold();
    }

    private static void line(String name, DelayLine l, List<DelayPoint> of, List<Series> series, List<String> notes) {
        if (Double.isFinite(l.slope())) {
            double to = of.stream().mapToDouble(DelayPoint::delayNs).max().orElse(0);
            series.add(Series.Line.of(name + ": line", 0, to, l::at));
            notes.add(
                    name + ": slope " + Rounded.of(l.slope(), l.slopeUnc()) + ", " + l.leftOut() + " delays left out");
        }
    }

    private void add(String name, String heading, String axis, List<Series> series, List<String> notes) {
        figures.add(
                new Figure(BenchFigures.id(name), DELAYS, heading, "delay [ns]", axis, series, List.copyOf(notes), ""));
    }
}
