package etroc.telescope;

import etroc.About;
import etroc.report.Rounded;
import etroc.store.Table;
import etroc.store.Tables;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The results of a telescope run that are looked for first, with uncertainties, rounded. */
public final class TelescopeSummary {
    private TelescopeSummary() {}

    /** What the resolutions rest on, beside them wherever they are shown. */
    public static final String ASSUMPTION =
            "All resolutions assume that the boards' errors are independent: a jitter that boards share, such as a common clock's, is not seen"
                    + " or is given to the wrong boards.";

    private record Resolution(
            String step,
            String iteration,
            String board,
            long events,

            @About(name = "time resolution (Gaussian core) [ps]")
            String core,

            @About(name = "standard deviation [ps]") String plain,
            @About(name = "tails [%]") String tails,

            @About(name = "standard deviation without the TOA's quantisation only [ps]")
            String intrinsic,

            String remark) {
        static Resolution of(TimingInfo t) {
            return new Resolution(
                    t.stepName(),
                    t.twcIteration() < 0 ? "uncorrected" : Integer.toString(t.twcIteration()),
                    Integer.toString(t.dataBoardId()),
                    t.events(),
                    picoseconds(
                            t.timeResolutionCore(), t.timeResolutionCoreBootstrapUnc(), t.timeResolutionCoreUpper()),
                    picoseconds(t.timeResolution(), t.timeResolutionBootstrapUnc(), t.timeResolutionUpper()),
                    Double.isFinite(t.tailFraction())
                            ? String.format(Locale.ROOT, "%.2f", 100 * t.tailFraction())
                            : "–",
                    picoseconds(t.timeResolutionIntrinsic(), t.timeResolutionBootstrapUnc(), Double.NaN),
                    t.remark());
        }

        private static String picoseconds(double value, double unc, double upper) {
            return Double.isFinite(upper)
                    ? String.format(Locale.ROOT, "< %.1f (95 %%)", 1000 * upper)
                    : Rounded.of(1000 * value, 1000 * unc);
        }
    }

    private record Codes(
            String board,
            long hits,
            @About(name = "mean calibration code") String mean,
            @About(name = "bin width [ps]") String bin) {
        static Codes of(BoardInfo b) {
            double unc = b.calibrationCodeSpread() / Math.sqrt((double) b.hits());
            return new Codes(
                    Integer.toString(b.dataBoardId()),
                    b.hits(),
                    Rounded.of(b.calibrationCodeMean(), unc),
                    Rounded.of(1000 * b.fbinMean(), null));
        }
    }

    private record Changed(
            String variation,
            String value,
            String board,
            long events,

            @About(name = "time resolution (Gaussian core) [ps]")
            String core,

            @About(name = "difference [ps]") String difference,

            String remark) {
        static Changed of(Systematic s) {
            return new Changed(
                    s.variation(),
                    s.value(),
                    Integer.toString(s.dataBoardId()),
                    s.events(),
                    Rounded.of(1000 * s.timeResolutionCore(), null),
                    Rounded.of(1000 * s.difference(), 1000 * s.differenceUnc()),
                    s.remark());
        }
    }

    /** Resolutions, and systematics where there are some; without resolutions, calibrations. */
    public static List<Table> of(Tables tables) {
        Table first = first(tables);
        return !tables.has(Systematic.TABLE)
                ? List.of(first)
                : List.of(
                        first,
                        Table.of(
                                "systematics",
                                Changed.class,
                                tables.as(Systematic.TABLE, Systematic.class).stream()
                                        .map(Changed::of)
                                        .toList()));
    }

    private static Table first(Tables tables) {
        return tables.has(TimingInfo.TABLE)
                ? Table.of(
                        "resolutions",
                        Resolution.class,
                        tables.as(TimingInfo.TABLE, TimingInfo.class).stream()
                                .sorted(Comparator.comparing(
                                        t -> !t.stepName().equals(Steps.FINAL))) // of many only the first are shown
                                .map(Resolution::of)
                                .toList())
                : Table.of(
                        "calibrations",
                        Codes.class,
                        tables.as(BoardInfo.TABLE, BoardInfo.class).stream()
                                .map(Codes::of)
                                .toList());
    }
}
