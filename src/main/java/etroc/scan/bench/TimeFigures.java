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
    private final List<TdcPoint> used;
    private final List<Figure> figures;

    private TimeFigures(Tables tables, List<TdcPoint> used, List<Figure> figures) {
        this.tables = tables;
        this.used = used;
        this.figures = figures;
    }

    /** @param used points of the last attempts */
    static void add(Tables tables, List<TdcPoint> used, List<Figure> figures) {
        TimeFigures of = new TimeFigures(tables, used, figures);
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
        against(pixels, "jitter [ns]", at, ChargePoint::charge, ChargePoint::jitterNs, ChargePoint::jitterUncNs);
        against(pixels, "TOT [ns]", at, ChargePoint::charge, ChargePoint::totMeanNs, ChargePoint::totMeanUncNs);
        against(pixels, "TOA [ns]", at, ChargePoint::charge, ChargePoint::toaMeanNs, ChargePoint::toaMeanUncNs);
        List<Series> walk = new ArrayList<>();
        pixels.forEach((name, own) -> walk.add(Series.Points.of(
                name, own, ChargePoint::totMeanNs, ChargePoint::toaMeanNs, ChargePoint::toaMeanUncNs)));
        figures.add(new Figure("walk", TIMES, "TOA against TOT", "TOT [ns]", "TOA [ns]", walk, List.of(at), ""));
    }

    private void against(
            Map<String, List<ChargePoint>> pixels,
            String axis,
            String at,
            ToDoubleFunction<ChargePoint> x,
            ToDoubleFunction<ChargePoint> y,
            ToDoubleFunction<ChargePoint> unc) {
        List<Series> series = new ArrayList<>();
        pixels.forEach((name, own) -> series.add(Series.Points.of(name, own, x, y, unc)));
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

    private void delays() {
        List<DelayLine> lines = tables.as(DelayLine.TABLE, DelayLine.class);
        List<TdcPoint> points = used.stream()
                .filter(p -> lines.stream()
                        .anyMatch(l -> l.pixel().equals(p.key().pixel())
                                && l.charge() == p.key().charge()
                                && l.threshold() == p.key().threshold()))
                .filter(DelayLine::usable)
                .toList();
        BenchFigures.first(points, p -> p.key().pixel(), DELAYS, figures).forEach((pixel, own) -> {
            List<Series> series = new ArrayList<>();
            BenchFigures.groups(own, p -> p.key().charge() + " fC, " + p.key().threshold() + " DAC")
                    .forEach((name, of) -> series.add(Series.Points.of(
                            name,
                            of,
                            p -> p.key().delay() * DelayLine.STEP_NS,
                            TdcPoint::toaMeanNs,
                            TdcPoint::toaMeanNsUnc)));
            figures.add(new Figure(
                    BenchFigures.id("delay " + pixel),
                    DELAYS,
                    DELAYS + ", " + pixel,
                    "delay [ns]",
                    "TOA [ns]",
                    series,
                    List.of(),
                    ""));
        });
    }
}
