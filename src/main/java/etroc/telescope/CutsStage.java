package etroc.telescope;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import etroc.cuts.Cut;
import etroc.cuts.Cutflow;
import etroc.cuts.CutflowRow;
import etroc.pipeline.Context;
import etroc.pipeline.Fingerprint;
import etroc.pipeline.Stage;
import etroc.source.HitColumn;
import etroc.telescope.calibration.Calibration;
import etroc.telescope.events.EventVariables;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The event cuts, and the calibration of each board over the events that pass them. */
final class CutsStage {
    /** Column: the event passes the event cuts. */
    static final String PASSES_EVENT_CUTS = "accepted_event_cuts";

    private static final String EVENT_CUTS = "event cuts";
    private static final int CODES = 1024;

    private CutsStage() {}

    /** Events with a flag for the cuts, and the calibration of those that pass. */
    record Calibrated(Dataset<Row> events, List<Calibration> calibrations) {}

    static Stage stage(TelescopePlan plan) {
        return Stage.of("cuts", CutsStage.class, context -> run(context, plan))
                .dependingOn(EVENT_CUTS, Fingerprint.digest(plan.eventCuts().text()));
    }

    private static void run(Context context, TelescopePlan plan) throws IOException {
        EventsStage.Events found = context.find(EventsStage.Events.class);
        List<Integer> boards = found.boards();
        List<Cut> cuts = plan.eventCuts(boards);
        Dataset<Row> flagged = found.events().withColumn(PASSES_EVENT_CUTS, expr(Cutflow.all(cuts)));
        List<Calibration> calibrations;
        if (context.unchanged()) {
            context.rows(CutflowRow.TABLE, CutflowRow.class, EventsTables.cutflow(context, EVENT_CUTS));
            calibrations = context.earlier(BoardInfo.TABLE).as(BoardInfo.class).stream()
                    .map(BoardInfo::calibration)
                    .toList();
        } else {
            context.rows(
                    CutflowRow.TABLE,
                    CutflowRow.class,
                    context.step("event cuts", () -> CutflowRow.of(EVENT_CUTS, Cutflow.of(cuts, counts(found, cuts)))));
            calibrations =
                    context.step("calibration", () -> calibrations(flagged.filter(col(PASSES_EVENT_CUTS)), boards));
        }
        Map<Integer, @Nullable String> pixels = plan.pixels();
        context.rows(
                BoardInfo.TABLE,
                BoardInfo.class,
                calibrations.stream()
                        .map(c -> BoardInfo.of(c, pixels.get(c.board()), plan.bias()))
                        .toList());
        context.leave(Calibrated.class, new Calibrated(flagged, calibrations));
        if (context.isLast()) {
            EventsTables.bin(context, flagged, EventBins.first());
            EventsTables.write(context, plan, flagged.withColumn(EventsTables.ACCEPTED, col(PASSES_EVENT_CUTS)));
        }
    }

    private static Dataset<Row> counts(EventsStage.Events found, List<Cut> cuts) {
        return found.events()
                .withColumn(Cutflow.FAILING, Cutflow.failing(cuts))
                .groupBy(Cutflow.FAILING)
                .count();
    }

    /** Calibration of each board from the counts of its codes. */
    static List<Calibration> calibrations(Dataset<Row> events, List<Integer> boards) {
        Column codes = array(boards.stream()
                .map(b -> struct(
                        lit(b).as("board"),
                        col(EventVariables.column(HitColumn.CAL, "" + b)).as("code")))
                .toArray(Column[]::new));
        long[][] counts = new long[boards.size()][CODES];
        events.select(explode(codes).as("c"))
                .select("c.*")
                .where(col("code").isNotNull())
                .groupBy("board", "code")
                .count()
                .collectAsList()
                .forEach(r -> counts[boards.indexOf(r.getInt(0))][r.getInt(1)] += r.getLong(2));
        return IntStream.range(0, boards.size())
                .mapToObj(i -> Calibration.of(boards.get(i), counts[i]))
                .toList();
    }
}
