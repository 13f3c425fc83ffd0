package etroc.scan.bench;

import etroc.About;
import etroc.report.Rounded;
import etroc.store.Table;
import etroc.store.Tables;
import java.util.List;

/** The results of a bench scan that are looked for first, with uncertainties, rounded. */
public final class BenchSummary {
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
            String flag,
            String remark) {
        static Noise of(Baseline b) {
            return new Noise(
                    b.chip(),
                    b.row(),
                    b.column(),
                    b.method(),
                    Rounded.of(b.baseline(), b.baselineUnc()),
                    Rounded.of(b.width(), b.widthUnc()),
                    b.flag(),
                    b.remark());
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
                    l.method(),
                    l.charges(),
                    Rounded.of(l.intercept(), l.interceptUnc()),
                    Rounded.of(l.interceptMinusBaseline(), l.interceptUnc()),
                    Rounded.of(l.slope(), l.slopeUnc()),
                    Rounded.of(l.noiseFc(), null),
                    Rounded.of(l.qMinFc(), null),
                    l.remark());
        }
    }

    private record Time(
            String chip,
            int row,
            int column,
            int charge,
            @About(value = "", name = "threshold [DAC]") String threshold,
            @About(value = "", name = "TOA [ns]") String toa,
            @About(value = "", name = "TOT [ns]") String tot,
            @About(value = "", name = "jitter [ns]") String jitter,
            String remark) {
        static Time of(ChargePoint p) {
            return new Time(
                    p.pixel().chip(),
                    p.pixel().row(),
                    p.pixel().column(),
                    p.charge(),
                    Rounded.of(p.threshold(), null),
                    Rounded.of(p.toaMeanNs(), p.toaMeanUncNs()),
                    Rounded.of(p.totMeanNs(), p.totMeanUncNs()),
                    Rounded.of(p.jitterNs(), p.jitterUncNs()),
                    p.remark());
        }
    }

    /** Baselines, gains, and times against charge. */
    public static List<Table> of(Tables tables) {
        return List.of(
                Table.of(
                        "noise",
                        Noise.class,
                        tables.as(Baseline.TABLE, Baseline.class).stream()
                                .filter(Baseline::used)
                                .map(Noise::of)
                                .toList()),
                Table.of(
                        "gains",
                        Gain.class,
                        tables.as(ChargeLine.TABLE, ChargeLine.class).stream()
                                .map(Gain::of)
                                .toList()),
                Table.of(
                        "times",
                        Time.class,
                        tables.as(ChargePoint.TABLE, ChargePoint.class).stream()
                                .map(Time::of)
                                .toList()));
    }
}
