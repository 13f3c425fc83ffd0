package etroc.telescope;

import etroc.About;
import etroc.report.Rounded;
import etroc.store.Table;
import etroc.store.Tables;
import java.util.List;

/** The results of a telescope run that are looked for first, with uncertainties, rounded. */
public final class TelescopeSummary {
    private TelescopeSummary() {}

    private record Resolution(
            String step,
            String iteration,
            String board,
            long events,
            @About(name = "time resolution [ps]") String resolution,
            @About(name = "Gaussian core [ps]") String core,
            @About(name = "without quantisation [ps]") String intrinsic,
            String remark) {
        static Resolution of(TimingInfo t) {
            return new Resolution(
                    t.stepName(),
                    t.twcIteration() < 0 ? "uncorrected" : Integer.toString(t.twcIteration()),
                    Integer.toString(t.dataBoardId()),
                    t.events(),
                    picoseconds(t.timeResolution(), t.timeResolutionBootstrapUnc()),
                    picoseconds(t.timeResolutionCore(), t.timeResolutionCoreBootstrapUnc()),
                    picoseconds(t.timeResolutionIntrinsic(), t.timeResolutionBootstrapUnc()),
                    t.remark());
        }

        private static String picoseconds(double value, double unc) {
            return Rounded.of(1000 * value, 1000 * unc);
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

    /** Resolutions; without them, calibrations. */
    public static List<Table> of(Tables tables) {
        return List.of(
                tables.has(TimingInfo.TABLE)
                        ? Table.of(
                                "resolutions",
                                Resolution.class,
                                tables.as(TimingInfo.TABLE, TimingInfo.class).stream()
                                        .map(Resolution::of)
                                        .toList())
                        : Table.of(
                                "calibrations",
                                Codes.class,
                                tables.as(BoardInfo.TABLE, BoardInfo.class).stream()
                                        .map(Codes::of)
                                        .toList()));
    }
}
