package etroc.telescope;

import static org.apache.spark.sql.functions.col;

import etroc.InputException;
import etroc.cuts.CheckedCuts;
import etroc.cuts.Cut;
import etroc.cuts.Cutflow;
import etroc.cuts.CutflowRow;
import etroc.cuts.FittedLine;
import etroc.pipeline.Context;
import etroc.pipeline.Fingerprint;
import etroc.pipeline.Stage;
import etroc.telescope.calibration.TimeColumns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Codes to times, and the time cuts. */
final class TimesStage {
    private static final String ALL = "time cuts, all events";
    private static final String AFTER = "time cuts, after event cuts";

    private TimesStage() {}

    static Stage stage(TelescopePlan plan) {
        return Stage.of("times", TimesStage.class, context -> run(context, plan))
                .dependingOn("time cuts", Fingerprint.digest(plan.timeCuts().text()))
                .dependingOn(plan.job(), "telescope.calibration", "telescope.saturated-codes");
    }

    private static void run(Context context, TelescopePlan plan) throws IOException {
        CutsStage.Calibrated calibrated = context.find(CutsStage.Calibrated.class);
        Dataset<Row> timed = TimeColumns.withTimes(calibrated.events(), calibrated.all(), plan.conversion());
        CheckedCuts checked =
                plan.timeCuts(context.find(EventsStage.Events.class).boards());
        // of an earlier result the numbers are taken, never its SQL
        List<FittedLine> lines = context.unchanged()
                ? context.earlier(FittedLine.TABLE).as(FittedLine.class)
                : context.step("lines of time cuts", () -> FittedLine.fit(timed, checked.lines()));
        context.rows(FittedLine.TABLE, FittedLine.class, lines);
        List<Cut> cuts = cuts(checked, lines);
        TruncatingCuts.say(context, cuts);
        if (context.unchanged()) {
            context.rows(CutflowRow.TABLE, CutflowRow.class, EventsTables.cutflow(context, ALL));
            context.rows(CutflowRow.TABLE, CutflowRow.class, EventsTables.cutflow(context, AFTER));
        } else if (!cuts.isEmpty()) {
            context.rows(
                    CutflowRow.TABLE,
                    CutflowRow.class,
                    context.step("cutflow of time cuts", () -> cutflow(timed, cuts)));
        }
        Steps steps = context.leave(Steps.class, Steps.of(timed, cuts, checked.rows()));
        if (context.isLast()) {
            end(context, plan, steps);
        }
    }

    /** The events, without a correction. */
    static void end(Context context, TelescopePlan plan, Steps steps) {
        EventsTables.bin(context, steps.events(), steps.flags(steps.accepted()));
        EventsTables.write(context, plan, steps.events().withColumn(EventsTables.ACCEPTED, steps.accepted()));
    }

    private static List<Cut> cuts(CheckedCuts checked, List<FittedLine> lines) {
        try {
            return checked.cuts(lines);
        } catch (IllegalArgumentException e) {
            throw new InputException(
                    "the earlier result is damaged, start afresh with --overwrite: table " + FittedLine.TABLE + " has "
                            + e.getMessage(),
                    e);
        }
    }

    private static List<CutflowRow> cutflow(Dataset<Row> timed, List<Cut> cuts) {
        Dataset<Row> counts = timed.withColumn(Cutflow.FAILING, Cutflow.failing(cuts))
                .groupBy(Cutflow.FAILING, CutsStage.PASSES_EVENT_CUTS)
                .count()
                .persist();
        try {
            List<CutflowRow> rows = new ArrayList<>(CutflowRow.of(ALL, Cutflow.of(cuts, counts)));
            rows.addAll(CutflowRow.of(AFTER, Cutflow.of(cuts, counts.filter(col(CutsStage.PASSES_EVENT_CUTS)))));
            return rows;
        } finally {
            counts.unpersist();
        }
    }
}
