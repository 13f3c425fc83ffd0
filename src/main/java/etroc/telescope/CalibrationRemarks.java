package etroc.telescope;

import etroc.pipeline.Context;
import etroc.telescope.calibration.Calibration;
import etroc.telescope.calibration.CalibrationRun;
import etroc.telescope.calibration.CalibrationSlice;
import etroc.telescope.calibration.Calibrations;
import etroc.telescope.calibration.Saturated;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the codes of a telescope tell about themselves that a physicist must know (src/docs/analysis.md, section 2, step 8). */
final class CalibrationRemarks {
    private static final String KIND = "calibration";
    /** Wild codes pull the mean from the median [codes]. */
    private static final double MEAN_FROM_MEDIAN = 1;

    private static final double LARGEST_SPREAD = 3;
    private static final double SIGNIFICANT = 5;
    private static final double SATURATED_FRACTION = 1e-3;
    /** One code a board, whatever the run does. */
    private static final Set<Calibration.Method> GLOBAL =
            EnumSet.of(Calibration.Method.MEAN, Calibration.Method.MEDIAN, Calibration.Method.MODE);

    private CalibrationRemarks() {}

    static void say(Context context, TelescopeSettings settings, Calibrations calibrations) {
        Remarks remarks = context.find(Remarks.class);
        for (Calibration board : calibrations.boards()) {
            if (Math.abs(board.mean() - board.median()) > MEAN_FROM_MEDIAN || board.spread() > LARGEST_SPREAD) {
                remarks.say(
                        context,
                        KIND,
                        board.board(),
                        text(
                                "calibration codes have mean %.2f, median %.1f, spread %.1f: wild codes or a drift, %s",
                                board.mean(),
                                board.median(),
                                board.spread(),
                                GLOBAL.contains(settings.calibration())
                                        ? "which calibration = slices would follow"
                                        : "see calibration_runs"));
            }
            saturated(context, settings.saturatedCodes(), board);
        }
        if (GLOBAL.contains(settings.calibration())) {
            calibrations.boards().forEach(b -> drift(context, settings, b, calibrations));
        }
    }

    private static void saturated(Context context, Saturated.Handling handling, Calibration board) {
        Saturated s = board.saturated();
        if (s.sum() > SATURATED_FRACTION * board.count()) {
            context.find(Remarks.class)
                    .say(
                            context,
                            KIND,
                            board.board(),
                            text(
                                    "%.2f %% of %d hits are at the TDC's end stops (TOA 0: %d, TOA 1023: %d, TOT 0: %d, TOT 511: %d): %s",
                                    100.0 * s.sum() / board.count(),
                                    board.count(),
                                    s.toaLow(),
                                    s.toaHigh(),
                                    s.totLow(),
                                    s.totHigh(),
                                    handling == Saturated.Handling.DROP
                                            ? "they have no times"
                                            : "they are taken for times, which they are not"));
        }
    }

    /** The slice that is furthest from the board's mean, in its own sigma. */
    private static void drift(Context context, TelescopeSettings settings, Calibration board, Calibrations all) {
        Map<String, Double> spreads = new HashMap<>();
        List<CalibrationRun> runs = all.runs().stream()
                .filter(r -> r.dataBoardId() == board.board())
                .toList();
        runs.forEach(r -> spreads.put(r.run(), r.codeSpread()));
        CalibrationSlice worst = null;
        double most = SIGNIFICANT;
        for (CalibrationSlice s : all.slices()) {
            if (s.dataBoardId() == board.board() && s.counts()) {
                double unc = spreads.getOrDefault(s.run(), Double.NaN) / Math.sqrt((double) s.codesUsed());
                double sigmas = Math.abs(s.codeMean() - board.sliced()) / unc;
                if (sigmas > most) {
                    most = sigmas;
                    worst = s;
                }
            }
        }
        if (worst != null) {
            context.find(Remarks.class)
                    .say(
                            context,
                            KIND,
                            board.board(),
                            text(
                                    "the calibration code moves: %.2f in slice %d of run %s, %.2f over all, %.1f sigma apart; calibration = %s"
                                            + " takes one code for all, slices follows it",
                                    worst.codeMean(),
                                    worst.slice(),
                                    worst.run(),
                                    board.sliced(),
                                    most,
                                    settings.calibration().name().toLowerCase(Locale.ROOT)));
        }
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
