package etroc.telescope;

import static org.apache.spark.sql.functions.col;

import etroc.cuts.Cut;
import etroc.cuts.Cutflow;
import etroc.cuts.TimeCuts;
import etroc.ingest.InputTables;
import etroc.pipeline.Context;
import etroc.source.HitColumn;
import etroc.store.Table;
import etroc.telescope.calibration.Calibration;
import etroc.telescope.events.EventVariables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Event cuts with calibration, and time cuts: found in the events, or taken from an earlier result that had the same. */
final class CutsStage {
    /** Column: the event passes the event cuts. */
    static final String PASSES_EVENT_CUTS = "accepted_event_cuts";

    private static final String EVENT_CUTS = "event cuts";
    private static final String TIME_CUTS_ALL = "time cuts, all events";
    private static final String TIME_CUTS_AFTER = "time cuts, after event cuts";
    private static final String RESIDUAL_CUT = "residual cut";

    private final Context context;
    private final List<Integer> boards;
    private final Table cutflow = InputTables.cutflow();

    CutsStage(Context context, List<Integer> boards) {
        this.context = context;
        this.boards = boards;
    }

    /** Everything that the cuts of all stages did. */
    Table cutflow() {
        return cutflow;
    }

    /** Counts the event cuts, and calibrates with the events that pass. */
    List<Calibration> calibrations(Dataset<Row> events, List<Cut> cuts) throws IOException {
        if (context.unchanged()) {
            copy(context.earlier("cutflow"), EVENT_CUTS);
            return TelescopeTables.calibrations(context.earlier(TelescopeTables.BOARD_INFO));
        }
        List<Column> codes = boards.stream()
                .map(b -> col(EventVariables.column(HitColumn.CAL, "" + b)))
                .toList();
        EventCutSums sums = context.step("event cuts, calibration", () -> EventCutSums.of(events, cuts, codes));
        InputTables.addCutflow(cutflow, EVENT_CUTS, sums.cuts().lines(cuts));
        return sums.calibrations(boards);
    }

    /** The time cuts, with lines fitted, and counted over all events and over those that pass the event cuts. */
    List<Cut> timeCuts(Dataset<Row> timed, TimeCuts timeCuts) throws IOException {
        if (context.unchanged()) {
            Table then = context.earlier("cutflow");
            copy(then, TIME_CUTS_ALL);
            copy(then, TIME_CUTS_AFTER);
            return cuts(then, TIME_CUTS_ALL);
        }
        List<Cut> cuts = context.step("time cuts", () -> timeCuts.cuts(TimeCuts.fit(timed, timeCuts.lines())));
        if (!cuts.isEmpty()) {
            TimeCutSums sums =
                    context.step("cutflow of time cuts", () -> TimeCutSums.of(timed, cuts, col(PASSES_EVENT_CUTS)));
            InputTables.addCutflow(cutflow, TIME_CUTS_ALL, sums.all().lines(cuts));
            InputTables.addCutflow(
                    cutflow, TIME_CUTS_AFTER, sums.afterEventCuts().lines(cuts));
        }
        return cuts;
    }

    /**
     * Adds the cut on what the time-walk correction leaves.
     *
     * @param all events that pass all other cuts
     * @param passing those that pass it too
     */
    void addResidualCut(Cut cut, long all, long passing) {
        InputTables.addCutflow(cutflow, RESIDUAL_CUT, List.of(new Cutflow.Line(cut, all, passing, passing, all)));
    }

    private void copy(Table then, String stage) {
        then.rows().stream().filter(r -> stage.equals(r[0])).forEach(cutflow::row);
    }

    private static List<Cut> cuts(Table cutflow, String stage) {
        int order = cutflow.index("cut_order");
        int step = cutflow.index("step_name");
        int text = cutflow.index("cut");
        int sql = cutflow.index("sql");
        List<Cut> cuts = new ArrayList<>();
        for (@Nullable Object[] r : cutflow.rows()) {
            if (stage.equals(r[0])) {
                int row = ((Number) Objects.requireNonNull(r[order])).intValue();
                cuts.add(new Cut(row, text(r[step]), text(r[text]), text(r[sql])));
            }
        }
        return cuts;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
