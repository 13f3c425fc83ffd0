package etroc.telescope;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import etroc.cuts.Cut;
import etroc.cuts.Cutflow;
import etroc.cuts.CutflowRow;
import etroc.pipeline.Context;
import etroc.pipeline.Fingerprint;
import etroc.pipeline.Stage;
import etroc.telescope.calibration.Calibration;
import etroc.telescope.calibration.CalibrationRun;
import etroc.telescope.calibration.CalibrationSlice;
import etroc.telescope.calibration.Calibrations;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The event cuts, and the calibration of each board over the events that pass them. */
final class CutsStage {
    /** Column: the event passes the event cuts. */
    static final String PASSES_EVENT_CUTS = "accepted_event_cuts";

    private static final String EVENT_CUTS = "event cuts";

    private CutsStage() {}

    /** Events with a flag for the cuts, and the calibration of those that pass. */
    record Calibrated(Dataset<Row> events, Calibrations all) {
        /** Of each board, over all runs. */
        List<Calibration> calibrations() {
            return all.boards();
        }
    }

    static Stage stage(TelescopePlan plan) {
        return Stage.of("cuts", CutsStage.class, context -> run(context, plan))
                .dependingOn(EVENT_CUTS, Fingerprint.digest(plan.eventCuts().text()))
                .dependingOn(plan.job(), "telescope.calibration-slice");
    }

    private static void run(Context context, TelescopePlan plan) throws IOException {
        EventsStage.Events found = context.find(EventsStage.Events.class);
        List<Integer> boards = found.boards();
        List<Cut> cuts = plan.eventCuts(boards);
        Dataset<Row> flagged = found.events().withColumn(PASSES_EVENT_CUTS, expr(Cutflow.all(cuts)));
        Calibrations calibrations;
        if (context.unchanged()) {
            context.rows(CutflowRow.TABLE, CutflowRow.class, EventsTables.cutflow(context, EVENT_CUTS));
            calibrations = new Calibrations(
                    context.earlier(BoardInfo.TABLE).as(BoardInfo.class).stream()
                            .map(BoardInfo::calibration)
                            .toList(),
                    context.earlier(CalibrationRun.TABLE).as(CalibrationRun.class),
                    context.earlier(CalibrationSlice.TABLE).as(CalibrationSlice.class));
        } else {
            context.rows(
                    CutflowRow.TABLE,
                    CutflowRow.class,
                    context.step("event cuts", () -> CutflowRow.of(EVENT_CUTS, Cutflow.of(cuts, counts(found, cuts)))));
            Dataset<Row> passing = flagged.filter(col(PASSES_EVENT_CUTS));
            calibrations = context.step(
                    "calibration",
                    () -> Calibrations.of(
                            passing, boards, plan.runs(), plan.settings().calibrationSlice()));
        }
        write(context, plan, calibrations);
        CalibrationRemarks.say(context, plan.settings(), calibrations);
        TruncatingCuts.say(context, cuts);
        context.leave(Calibrated.class, new Calibrated(flagged, calibrations));
        if (context.isLast()) {
            EventsTables.bin(context, flagged, EventBins.first());
            EventsTables.write(context, plan, flagged.withColumn(EventsTables.ACCEPTED, col(PASSES_EVENT_CUTS)));
        }
    }

    private static void write(Context context, TelescopePlan plan, Calibrations calibrations) {
        Map<Integer, @Nullable String> pixels = plan.pixels();
        List<Calibration> boards = calibrations.boards();
        context.rows(
                BoardInfo.TABLE,
                BoardInfo.class,
                boards.stream()
                        .map(c -> BoardInfo.of(c, pixels.get(c.board()), plan.bias()))
                        .toList());
        context.rows(CalibrationRun.TABLE, CalibrationRun.class, calibrations.runs());
        context.rows(CalibrationSlice.TABLE, CalibrationSlice.class, calibrations.slices());
        boards.forEach(c -> context.rows(EventInfo.TABLE, EventInfo.class, EventInfo.of(c)));
    }

    private static Dataset<Row> counts(EventsStage.Events found, List<Cut> cuts) {
        return found.events()
                .withColumn(Cutflow.FAILING, Cutflow.failing(cuts))
                .groupBy(Cutflow.FAILING)
                .count();
    }
}
