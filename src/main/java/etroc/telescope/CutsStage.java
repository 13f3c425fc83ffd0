package etroc.telescope;

import static org.apache.spark.sql.functions.col;

import etroc.InputException;
import etroc.cuts.CheckedCuts;
import etroc.cuts.Cut;
import etroc.cuts.Cutflow;
import etroc.cuts.FittedLine;
import etroc.ingest.InputTables;
import etroc.pipeline.Earlier;
import etroc.pipeline.JobContext;
import etroc.source.HitColumn;
import etroc.store.Table;
import etroc.telescope.calibration.Calibration;
import etroc.telescope.events.EventVariables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    private static final String LINES = "cut_lines";

    private final JobContext context;
    private final Earlier earlier;
    private final List<Integer> boards;
    private final Table cutflow = InputTables.cutflow();
    private final Table lines = Table.of(LINES, "x:t", "y:t", "slope:r", "intercept:r");

    CutsStage(JobContext context, Earlier earlier, List<Integer> boards) {
        this.context = context;
        this.earlier = earlier;
        this.boards = boards;
    }

    /** Everything that the cuts of all stages did. */
    Table cutflow() {
        return cutflow;
    }

    /** The lines that time cuts take the distance to, in the order of the cuts. */
    Table lines() {
        return lines;
    }

    private boolean has(TelescopeStage stage) {
        return earlier.has(stage.name().toLowerCase(Locale.ROOT));
    }

    /** Counts the event cuts, and calibrates with the events that pass. */
    List<Calibration> calibrations(Dataset<Row> events, List<Cut> cuts) throws IOException {
        if (has(TelescopeStage.CUTS)) {
            List<Table> tables = earlier.tables("cutflow", TelescopeTables.BOARD_INFO);
            copy(tables.get(0), EVENT_CUTS);
            return TelescopeTables.calibrations(tables.get(1));
        }
        List<Column> codes = boards.stream()
                .map(b -> col(EventVariables.column(HitColumn.CAL, "" + b)))
                .toList();
        EventCutSums sums = context.step("event cuts, calibration", () -> EventCutSums.of(events, cuts, codes));
        InputTables.addCutflow(cutflow, EVENT_CUTS, sums.cuts().lines(cuts));
        return sums.calibrations(boards);
    }

    /**
     * The time cuts, with lines fitted, and counted over all events and over those that pass the event cuts. Of an earlier result the numbers
     * are taken, never its SQL.
     */
    List<Cut> timeCuts(Dataset<Row> timed, CheckedCuts timeCuts) throws IOException {
        if (has(TelescopeStage.TIMES)) {
            List<Table> then = earlier.tables("cutflow", LINES);
            copy(then.get(0), TIME_CUTS_ALL);
            copy(then.get(0), TIME_CUTS_AFTER);
            return timeCuts.cuts(kept(timeCuts, fitted(then.get(1))));
        }
        List<Cut> cuts =
                context.step("time cuts", () -> timeCuts.cuts(kept(timeCuts, FittedLine.fit(timed, timeCuts.lines()))));
        if (!cuts.isEmpty()) {
            TimeCutSums sums =
                    context.step("cutflow of time cuts", () -> TimeCutSums.of(timed, cuts, col(PASSES_EVENT_CUTS)));
            InputTables.addCutflow(cutflow, TIME_CUTS_ALL, sums.all().lines(cuts));
            InputTables.addCutflow(
                    cutflow, TIME_CUTS_AFTER, sums.afterEventCuts().lines(cuts));
        }
        return cuts;
    }

    private List<FittedLine> kept(CheckedCuts cuts, List<FittedLine> fitted) {
        if (fitted.size() != cuts.lines().size()) {
            throw new InputException("the earlier result is damaged: its table " + LINES + " has " + fitted.size()
                    + " rows, its cuts need " + cuts.lines().size() + "; start afresh with --overwrite");
        }
        for (int i = 0; i < fitted.size(); i++) {
            FittedLine.Axes axes = cuts.lines().get(i);
            lines.row(axes.x(), axes.y(), fitted.get(i).slope(), fitted.get(i).intercept());
        }
        return fitted;
    }

    private static List<FittedLine> fitted(Table lines) {
        int slope = lines.index("slope");
        int intercept = lines.index("intercept");
        List<FittedLine> fitted = new ArrayList<>();
        lines.rows().forEach(r -> fitted.add(new FittedLine(number(r[slope]), number(r[intercept]))));
        return fitted;
    }

    private static double number(@Nullable Object value) {
        return value instanceof Number n ? n.doubleValue() : Double.NaN;
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
}
