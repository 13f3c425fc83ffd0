package etroc.scan.bench;

import etroc.About;
import etroc.report.Rounded;
import etroc.store.Table;
import etroc.store.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.StatUtils;

/** The results of a bench scan that are looked for first, with uncertainties, rounded: of a few pixels each, of many what they have in common. */
public final class BenchSummary {
    private static final double PS = 1000;

    private BenchSummary() {}

    /** Whether the tables are those of a bench scan. */
    public static boolean has(Tables tables) {
        return tables.has(TdcPoint.TABLE);
    }

    private record Noise(
            String chip,
            int row,
            int column,
            String method,
            @About(value = "", name = "baseline [DAC]") String baseline,
            @About(value = "", name = "width [DAC]") String width,
            @About(value = "", name = "far from median") String flag,
            String remark) {
        static Noise of(Baseline b) {
            return new Noise(
                    b.chip(),
                    b.row(),
                    b.column(),
                    b.method(),
                    Rounded.of(b.baseline(), b.baselineUnc()),
                    b.method().equals(Baseline.CHIP)
                            ? "NW " + Rounded.of(b.width(), null)
                            : Rounded.of(b.width(), b.widthUnc()),
                    b.flag(),
                    b.remark());
        }

        boolean isOdd() {
            return !flag.isEmpty() || !remark.isEmpty();
        }
    }

    private record Gain(
            String chip,
            int row,
            int column,
            String method,
            int charges,
            @About(value = "", name = "intercept [DAC]") String intercept,

            @About(value = "", name = "minus baseline [DAC]")
            String distance,

            @About(value = "", name = "slope [DAC/fC]") String slope,
            @About(value = "", name = "noise [fC]") String noise,

            @About(value = "", name = "smallest charge [fC]")
            String least,

            String remark) {
        static Gain of(ChargeLine l) {
            return new Gain(
                    l.pixel().chip(),
                    l.pixel().row(),
                    l.pixel().column(),
                    l.name(),
                    l.charges(),
                    Rounded.of(l.intercept(), l.interceptUnc()),
                    Rounded.of(l.interceptMinusBaseline(), l.interceptUnc()),
                    Rounded.of(l.slope(), l.slopeUnc()),
                    fc(l.noiseFc()),
                    fc(l.qMinFc()),
                    l.remark());
        }

        boolean isOdd() {
            return !remark.isEmpty();
        }
    }

    private record Time(
            String chip,
            int row,
            int column,
            @About(value = "", name = "charge [fC]") int charge,
            int delay,
            @About(value = "", name = "threshold [DAC]") String threshold,
            @About(value = "", name = "TOA [ns]") String toa,
            @About(value = "", name = "TOT [ns]") String tot,
            @About(value = "", name = "jitter [ps]") String jitter,
            String remark) {
        static Time of(ChargePoint p) {
            return new Time(
                    p.pixel().chip(),
                    p.pixel().row(),
                    p.pixel().column(),
                    p.charge(),
                    p.delay(),
                    Rounded.of(p.threshold(), null),
                    Rounded.of(p.toaMeanNs(), p.toaMeanUncNs()),
                    Rounded.of(p.totMeanNs(), p.totMeanUncNs()),
                    Rounded.of(PS * p.jitterNs(), PS * p.jitterUncNs()),
                    p.remark());
        }
    }

    private record Delay(
            String chip,
            int row,
            int column,
            @About(value = "", name = "charge [fC]") int charge,
            @About(value = "", name = "threshold [DAC]") int threshold,
            int delays,
            @About(value = "", name = "TOA per delay") String slope,

            @About(value = "", name = "largest residual [ps]")
            String residual,

            String remark) {
        static Delay of(DelayLine l) {
            return new Delay(
                    l.pixel().chip(),
                    l.pixel().row(),
                    l.pixel().column(),
                    l.charge(),
                    l.threshold(),
                    l.points(),
                    Rounded.of(l.slope(), l.slopeUnc()),
                    Double.isNaN(l.residualMaxNs()) ? "–" : String.format(Locale.ROOT, "%.1f", PS * l.residualMaxNs()),
                    l.remark());
        }
    }

    private record Common(
            String chip,
            String quantity,
            int pixels,
            String median,
            @About(value = "", name = "16 %") String low,
            @About(value = "", name = "84 %") String high) {}

    /** Baselines, gains, times against charge and delay. */
    public static List<Table> of(Tables tables) {
        List<Baseline> baselines = tables.as(Baseline.TABLE, Baseline.class).stream()
                .filter(Baseline::used)
                .toList();
        List<ChargeLine> lines = ChargeLine.told(tables.as(ChargeLine.TABLE, ChargeLine.class));
        List<ChargePoint> points = ChargePoint.ofOneDelay(tables.as(ChargePoint.TABLE, ChargePoint.class));
        List<DelayLine> delays = tables.as(DelayLine.TABLE, DelayLine.class);
        boolean many = BenchFigures.pixels(tables) > BenchFigures.MOST;
        List<Noise> noise = baselines.stream()
                .map(Noise::of)
                .filter(n -> !many || n.isOdd())
                .toList();
        List<Gain> gains =
                lines.stream().map(Gain::of).filter(g -> !many || g.isOdd()).toList();
        List<Time> times = many ? List.of() : points.stream().map(Time::of).toList();
        List<Delay> slopes = many ? List.of() : delays.stream().map(Delay::of).toList();
        List<Table> summary = new ArrayList<>();
        if (many) {
            summary.add(Table.of("pixels", Common.class, common(baselines, lines, points, delays)));
        }
        add(summary, "noise", Noise.class, noise);
        add(summary, "gains", Gain.class, gains);
        add(summary, "times", Time.class, times);
        add(summary, "delays", Delay.class, slopes);
        return summary;
    }

    private static <T extends Record> void add(List<Table> summary, String name, Class<T> of, List<T> rows) {
        if (!rows.isEmpty()) {
            summary.add(Table.of(name, of, rows));
        }
    }

    private static List<Common> common(
            List<Baseline> baselines, List<ChargeLine> lines, List<ChargePoint> points, List<DelayLine> delays) {
        List<Common> rows = new ArrayList<>();
        BenchFigures.groups(baselines, b -> b.chip() + "\n" + b.method())
                .values()
                .forEach(own -> {
                    String chip = own.get(0).chip();
                    String by = " by " + own.get(0).method();
                    add(rows, chip, "baseline" + by + " [DAC]", own, Baseline::baseline);
                    if (!own.get(0).method().equals(Baseline.CHIP)) {
                        add(rows, chip, "width" + by + " [DAC]", own, Baseline::width);
                    }
                });
        BenchFigures.groups(lines, l -> l.pixel().chip() + "\n" + l.name())
                .values()
                .forEach(own -> {
                    String chip = own.get(0).pixel().chip();
                    String by = " by " + own.get(0).name();
                    add(rows, chip, "slope" + by + " [DAC/fC]", own, ChargeLine::slope);
                    add(
                            rows,
                            chip,
                            "intercept minus baseline" + by + " [DAC]",
                            own,
                            ChargeLine::interceptMinusBaseline);
                    add(rows, chip, "noise" + by + " [fC]", own, ChargeLine::noiseFc);
                    add(rows, chip, "smallest charge" + by + " [fC]", own, ChargeLine::qMinFc);
                });
        BenchFigures.groups(
                        points,
                        p -> String.format(Locale.ROOT, "%s\n%02d", p.pixel().chip(), p.charge()))
                .values()
                .forEach(own -> add(
                        rows,
                        own.get(0).pixel().chip(),
                        "jitter at " + own.get(0).charge() + " fC [ps]",
                        own,
                        p -> PS * p.jitterNs()));
        BenchFigures.groups(delays, d -> d.pixel().chip())
                .forEach((chip, own) -> add(rows, chip, "TOA per delay", own, DelayLine::slope));
        return rows;
    }

    private static <T> void add(
            List<Common> rows, String chip, String quantity, List<T> pixels, ToDoubleFunction<T> value) {
        double[] known =
                pixels.stream().mapToDouble(value).filter(Double::isFinite).toArray();
        if (known.length > 0) {
            rows.add(new Common(
                    chip,
                    quantity,
                    known.length,
                    Rounded.of(StatUtils.percentile(known, 50), null),
                    Rounded.of(StatUtils.percentile(known, 16), null),
                    Rounded.of(StatUtils.percentile(known, 84), null)));
        }
    }

    /** A charge without an uncertainty. */
    private static String fc(double charge) {
        return Double.isFinite(charge) ? String.format(Locale.ROOT, "%.3f", charge) : "–";
    }
}
