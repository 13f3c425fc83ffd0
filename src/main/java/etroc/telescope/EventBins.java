package etroc.telescope;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import etroc.passes.HistogramBin;
import etroc.passes.Passes;
import etroc.pipeline.Context;
import etroc.source.HitColumn;
import etroc.telescope.calibration.TimeColumns;
import etroc.telescope.events.EventVariables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Bins a telescope run's events into tables that figures are drawn from: their size does not grow with the data. */
final class EventBins {
    static final String HISTOGRAMS = "histograms";
    private static final String ALL_EVENTS = "All events";
    private static final String AFTER_EVENT_CUTS = "After event cuts";
    private static final String TOA_NS = TimeColumns.TOA_NS;
    private static final String TOT_NS = TimeColumns.TOT_NS;
    private static final String DELTA_NS = "time_delta_ns";
    private static final String RUN_NUMBER = "run_number";
    static final String EVENTS_OF_RUN = "events_of_run";

    private final Context context;
    private final List<Integer> boards;

    /**
     * What a step is called and which events it has.
     *
     * @param accepted boolean
     */
    record Flag(String name, Column accepted) {}

    EventBins(Context context, List<Integer> boards) {
        this.context = context;
        this.boards = boards;
    }

    /** All events, and those after the event cuts. */
    static List<Flag> first() {
        return List.of(new Flag(ALL_EVENTS, lit(true)), new Flag(AFTER_EVENT_CUTS, col(CutsStage.PASSES_EVENT_CUTS)));
    }

    /**
     * Bins in one pass.
     *
     * @param eventsOfRun number of events of each run, in the order of time
     * @param plan what is filled, the time differences too where there is a correction
     * @return slices of each run
     */
    Map<String, List<DriftSums.Slice>> bin(
            Dataset<Row> events, List<Flag> flags, Map<String, Long> eventsOfRun, EventHistograms.Plan plan) {
        int runs = eventsOfRun.size();
        EventHistograms found = EventHistograms.of(withRun(events, eventsOfRun), columns(events, flags), plan, runs);
        List<HistogramBin> bins = new ArrayList<>();
        List<PlaneCell> cells = new ArrayList<>();
        List<ProfileBin> profiles = new ArrayList<>();
        for (int s = 0; s < flags.size(); s++) {
            for (int b = 0; b < boards.size(); b++) {
                for (int v = 0; v < EventHistograms.VARIABLES.size(); v++) {
                    String variable = EventHistograms.VARIABLES.get(v);
                    bins.addAll(HistogramBin.of(
                            variable, s, flags.get(s).name(), boards.get(b), null, found.variable(s, b, v)));
                }
            }
        }
        for (int b = 0; b < boards.size(); b++) {
            int board = boards.get(b);
            cells.addAll(PlaneCell.of(TOA_NS, TOT_NS, board, null, -1, found.totAgainstToa(b)));
            if (boards.size() > 2 || (boards.size() == 2 && b == 0)) {
                int next = boards.get((b + 1) % boards.size());
                cells.addAll(PlaneCell.of(TOA_NS, TOA_NS, board, next, -1, found.toaAgainstToa(b)));
            }
            for (int state = 0; state < 2 && plan.corrected() != null; state++) {
                var plane = found.deltaAgainstTot(b, state > 0);
                cells.addAll(PlaneCell.of(TOT_NS, DELTA_NS, board, null, state - 1, plane));
            }
            if (plan.corrected() != null) {
                profiles.addAll(
                        ProfileBin.of(board, found.deltaAgainstTot(b, false).x(), found.profile(b)));
            }
        }
        context.rows(HISTOGRAMS, HistogramBin.class, bins);
        context.rows(PlaneCell.TABLE, PlaneCell.class, cells);
        context.rows(ProfileBin.TABLE, ProfileBin.class, profiles);
        return drift(found.drift(), List.copyOf(eventsOfRun.keySet()));
    }

    private Map<String, List<DriftSums.Slice>> drift(DriftSums found, List<String> runs) {
        Map<String, List<DriftSums.Slice>> byRun = new LinkedHashMap<>();
        found.byRun().forEach((run, slices) -> {
            byRun.put(runs.get(run), slices);
            for (int i = 0; i < slices.size(); i++) {
                context.rows(
                        DriftSlice.TABLE, DriftSlice.class, DriftSlice.of(runs.get(run), i, boards, slices.get(i)));
            }
        });
        return byRun;
    }

    private List<Column> columns(Dataset<Row> events, List<Flag> flags) {
        List<String> there = Arrays.asList(events.columns());
        List<Column> columns = new ArrayList<>();
        for (int board : boards) {
            for (String variable : EventHistograms.VARIABLES) {
                String name = TimeColumns.column(variable, board);
                columns.add(there.contains(name) ? col(name) : lit(null).cast("double"));
            }
        }
        columns.add(Passes.mask(flags.stream().map(Flag::accepted).toList()));
        columns.addAll(List.of(col(RUN_NUMBER), col(EventVariables.EVENT), col(EVENTS_OF_RUN)));
        columns.add(coalesce(boards.stream()
                .map(b -> col(EventVariables.column(HitColumn.DATETIME, "" + b)))
                .toArray(Column[]::new)));
        return columns;
    }

    /** Adds the place of an event's run among the runs, and how many events that has. */
    static Dataset<Row> withRun(Dataset<Row> events, Map<String, Long> eventsOfRun) {
        List<Row> runs = new ArrayList<>();
        eventsOfRun.forEach((run, n) -> runs.add(RowFactory.create(run, runs.size(), n)));
        StructType schema = new StructType()
                .add(EventVariables.RUN, DataTypes.StringType)
                .add(RUN_NUMBER, DataTypes.IntegerType, false)
                .add(EVENTS_OF_RUN, DataTypes.LongType, false);
        return events.join(broadcast(events.sparkSession().createDataFrame(runs, schema)), EventVariables.RUN);
    }
}
