package etroc.scan.bench;

import etroc.report.Figure;
import etroc.report.Rounded;
import etroc.report.Section;
import etroc.report.Series;
import etroc.store.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The figures of times against charge and delay. */
final class TimeFigures {
    private static final String TIMES = "Times against charge";
    private static final String DELAYS = "TOA against delay";

    private static final double PS = 1000;

    private final Tables tables;
    private final List<Figure> figures;
    private final List<ChargePoint> points;
    private final List<String> notes;

    private TimeFigures(Tables tables, List<Figure> figures) {
        this.tables = tables;
        this.figures = figures;
        this.points = ChargePoint.ofOneDelay(tables.as(ChargePoint.TABLE, ChargePoint.class).stream()
                .filter(p -> Double.isFinite(p.toaMeanNs()))
                .toList());
        this.notes = new ArrayList<>();
        points.stream()
                .findFirst()
                .ifPresent(p -> notes.add(
                        "threshold " + Rounded.of(p.offset(), null) + " DAC above the baseline, delay " + p.delay()));
        notes.addAll(BenchFigures.left(points, ChargePoint::pixel, BenchFigures.MOST));
    }

    /** Jitter against charge. */
    static void answer(Tables tables, List<Figure> figures) {
        TimeFigures of = new TimeFigures(tables, figures);
        if (!of.points.isEmpty()) {
            of.against(
                    Section.ANSWER,
                    ChargePercentile.JITTER,
                    "Jitter",
                    "jitter [ps]",
                    PS,
                    ChargePoint::jitterNs,
                    ChargePoint::jitterUncNs);
        }
    }

    static void add(Tables tables, List<Figure> figures) {
        TimeFigures of = new TimeFigures(tables, figures);
        if (!of.points.isEmpty()) {
            of.times();
        }
        of.delays();
    }

    private void times() {
        against(
                TIMES,
                ChargePercentile.TOT,
                "TOT",
                "mean TOT [ns]",
                1,
                ChargePoint::totMeanNs,
                ChargePoint::totMeanUncNs);
        against(
                TIMES,
                ChargePercentile.TOA,
                "TOA",
                "mean TOA [ns]",
                1,
                ChargePoint::toaMeanNs,
                ChargePoint::toaMeanUncNs);
        List<Series> walk = new ArrayList<>();
        BenchFigures.first(points, ChargePoint::pixel)
                .forEach((pixel, own) -> walk.add(Series.Points.of(
                        pixel.toString(),
                        own,
                        ChargePoint::totMeanNs,
                        ChargePoint::toaMeanNs,
                        ChargePoint::toaMeanUncNs)));
        figures.add(new Figure(
                "walk", TIMES, "TOA against TOT over charges", "mean TOT [ns]", "mean TOA [ns]", walk, notes, ""));
    }

    private void against(
            String section,
            String quantity,
            String name,
            String axis,
            double unit,
            ToDoubleFunction<ChargePoint> value,
            ToDoubleFunction<ChargePoint> unc) {
        List<Series> series = new ArrayList<>();
        percentiles(quantity, unit, series);
        BenchFigures.first(points, ChargePoint::pixel)
                .forEach((pixel, own) -> series.add(Series.Points.of(
                        pixel.toString(),
                        own,
                        ChargePoint::charge,
                        p -> unit * value.applyAsDouble(p),
                        p -> unit * unc.applyAsDouble(p))));
        String title = name + " against charge";
        figures.add(new Figure(BenchFigures.id(title), section, title, BenchFigures.CHARGE, axis, series, notes, ""));
    }

    /** Where the pixels of a chip lie, if there are three or more at a charge. */
    private void percentiles(String quantity, double unit, List<Series> series) {
        int delay = points.get(0).delay();
        BenchFigures.groups(
                        tables.as(ChargePercentile.TABLE, ChargePercentile.class).stream()
                                .filter(p -> p.quantity().equals(quantity) && p.delay() == delay && p.pixels() > 2)
                                .toList(),
                        ChargePercentile::chip)
                .forEach((chip, of) -> {
                    List<Double> charges =
                            of.stream().map(p -> (double) p.charge()).toList();
                    series.add(new Series.Band(
                            "16 to 84 % of pixels " + chip,
                            charges,
                            of.stream().map(p -> unit * p.p16Ns()).toList(),
                            of.stream().map(p -> unit * p.p84Ns()).toList()));
                    series.add(new Series.Line(
                            "median " + chip,
                            charges,
                            of.stream().map(p -> unit * p.medianNs()).toList()));
                });
    }

    private void delays() {
        List<DelayLine> lines = tables.as(DelayLine.TABLE, DelayLine.class);
        List<DelayPoint> used = tables.as(DelayPoint.TABLE, DelayPoint.class).stream()
                .filter(DelayPoint::inLine)
                .toList();
        BenchFigures.first(used, DelayPoint::pixel).forEach((pixel, own) -> {
            List<Series> series = new ArrayList<>();
            List<Series> residuals = new ArrayList<>();
            List<String> said = new ArrayList<>();
            BenchFigures.groups(own, p -> p.charge() + " fC, " + p.threshold() + " DAC")
                    .forEach((name, of) -> {
                        series.add(Series.Points.of(
                                name, of, DelayPoint::delayNs, DelayPoint::toaMeanNs, DelayPoint::toaMeanNsUnc));
                        residuals.add(Series.Points.of(
                                name, of, DelayPoint::delayNs, p -> PS * p.residualNs(), p -> PS * p.toaMeanNsUnc()));
                        lines.stream().filter(l -> isOf(l, of.get(0))).forEach(l -> line(name, l, of, series, said));
                    });
            said.addAll(BenchFigures.left(used, DelayPoint::pixel, BenchFigures.MOST));
            add("delay " + pixel, DELAYS + ", " + pixel, "mean TOA [ns]", series, said);
            add(
                    "delay residual " + pixel,
                    "Residuals of TOA against delay, " + pixel,
                    "TOA minus line [ps]",
                    residuals,
                    said);
        });
    }

    private static boolean isOf(DelayLine line, DelayPoint p) {
        return line.pixel().equals(p.pixel()) && line.charge() == p.charge() && line.threshold() == p.threshold();
    }

    private static void line(String name, DelayLine l, List<DelayPoint> of, List<Series> series, List<String> notes) {
        if (Double.isFinite(l.slope())) {
            double to = of.stream().mapToDouble(DelayPoint::delayNs).max().orElse(0);
            series.add(Series.Line.of(name + ": line", 0, to, l::at));
            notes.add(name + ": slope " + Rounded.of(l.slope(), l.slopeUnc())
                    + (l.leftOut() == 0 ? "" : ", " + l.leftOut() + " delays with too few hits in range left out"));
        }
    }

    private void add(String name, String heading, String axis, List<Series> series, List<String> notes) {
        figures.add(
                new Figure(BenchFigures.id(name), DELAYS, heading, "delay [ns]", axis, series, List.copyOf(notes), ""));
    }
}
