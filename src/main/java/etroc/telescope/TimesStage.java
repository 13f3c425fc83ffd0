package etroc.telescope;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import etroc.InputException;
import etroc.cuts.CheckedCuts;
import etroc.cuts.Cut;
import etroc.cuts.Cutflow;
import etroc.cuts.CutflowRow;
import etroc.cuts.FittedLine;
import etroc.pipeline.Context;
import etroc.pipeline.Fingerprint;
import etroc.pipeline.Stage;
import etroc.telescope.calibration.Saturated;
import etroc.telescope.calibration.TimeColumns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Codes to times, and the time cuts. */
final class TimesStage {
    private static final String ALL = "time cuts, all events";
    private static final String AFTER = "time cuts, after event cuts";
    private static final String SATURATED = "saturated codes";

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
        boolean anySaturated =
                calibrated.calibrations().stream().anyMatch(c -> c.saturated().sum() > 0);
        if (context.unchanged()) {
            context.rows(CutflowRow.TABLE, CutflowRow.class, EventsTables.cutflow(context, SATURATED));
        } else if (anySaturated && plan.settings().saturatedCodes() == Saturated.Handling.DROP) {
            List<Integer> boards = context.find(EventsStage.Events.class).boards();
            Dataset<Row> passing = calibrated.events().filter(col(CutsStage.PASSES_EVENT_CUTS));
            context.rows(CutflowRow.TABLE, CutflowRow.class, context.step(SATURATED, () -> saturated(passing, boards)));
        }
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
        context.leave(Systematics.Times.class, times(plan, calibrated, cuts, checked.rows()));
        if (context.isLast()) {
            end(context, plan, steps);
        }
    }

    /** The steps with times of another calibration. */
    private static Systematics.Times times(
            TelescopePlan plan, CutsStage.Calibrated calibrated, List<Cut> cuts, int rows) {
        return method -> Steps.of(
                TimeColumns.withTimes(
                        calibrated.events(), calibrated.all(), plan.conversion().with(method)),
                cuts,
                rows);
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

    /** How many events have times of all their hits. */
    private static List<CutflowRow> saturated(Dataset<Row> passing, List<Integer> boards) {
        String sql = boards.stream()
                .map(b -> "NOT coalesce(" + TimeColumns.saturated(b) + ", false)")
                .collect(Collectors.joining(" AND "));
        Row counts = passing.agg(count(lit(1)), count_if(expr(sql))).head();
        Cut cut = new Cut(0, "", "no code at an end stop of the TDC", sql);
        Cutflow.Line line =
                new Cutflow.Line(cut, counts.getLong(0), counts.getLong(1), counts.getLong(1), counts.getLong(0));
        return CutflowRow.of(SATURATED, List.of(line));
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
