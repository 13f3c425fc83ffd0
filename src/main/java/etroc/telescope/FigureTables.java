package etroc.telescope;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import etroc.passes.Histogram;
import etroc.source.HitColumn;
import etroc.store.Table;
import etroc.telescope.events.EventVariables;
import etroc.telescope.resolution.DifferenceSums;
import etroc.telescope.resolution.ResolutionFormulae;
import etroc.telescope.walk.WalkState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/** Tables of binned data, which figures are drawn from: their size does not grow with the data. */
final class FigureTables {
    private static final String ALL_EVENTS = "All events";
    private static final String AFTER_EVENT_CUTS = "After event cuts";

    private final List<Integer> boards;
    private final Table histograms = Table.of(
            "histograms",
            "variable:t",
            "step_order:i",
            "step_name:t",
            "data_board_id:i",
            "other_board_id:i",
            "low:r",
            "high:r",
            "count:i");
    private final Table planes = Table.of(
            "planes",
            "variable_x:t",
            "variable_y:t",
            "data_board_id:i",
            "other_board_id:i",
            "twc_iteration:i",
            "x_low:r",
            "x_high:r",
            "y_low:r",
            "y_high:r",
            "count:i");
    private final Table profiles = Table.of(
            "profiles",
            "variable_x:t",
            "variable_y:t",
            "data_board_id:i",
            "twc_iteration:i",
            "x_low:r",
            "x_high:r",
            "mean:r",
            "mean_unc:r",
            "count:i");
    private final Table drift = Table.of(
            "drift",
            "slice:i",
            "data_board_id:i",
            "hits:i",
            "calibration_code_mean:r",
            "calibration_code_mean_unc:r",
            "events:i",
            "time_resolution:r",
            "time_resolution_unc:r",
            "time_from:t",
            "time_to:t");

    FigureTables(List<Integer> boards) {
        this.boards = boards;
    }

    /** What is drawn of a telescope run's events. */
    List<Table> tables() {
        return List.of(histograms, planes, profiles, drift);
    }

    private void add(String variable, int order, String step, int board, @Nullable Integer other, Histogram histogram) {
        for (int i = 0; i < histogram.x().bins(); i++) {
            long count = histogram.count(i, 0);
            if (count > 0) {
                histograms.row(
                        variable,
                        order,
                        step,
                        board,
                        other,
                        histogram.x().edge(i),
                        histogram.x().edge(i + 1),
                        count);
            }
        }
        if (histogram.outside() > 0) { // beyond the bins
            histograms.row(variable, order, step, board, other, null, null, histogram.outside());
        }
    }

    /**
     * What a step is called and which events it has.
     *
     * @param accepted boolean
     */
    record Step(String name, Column accepted) {}

    /** All events, those after the event cuts, and those of the named steps. */
    static List<Step> steps(Steps cuts) {
        List<Step> steps = new ArrayList<>(first());
        for (int i = 0; i < cuts.steps().size(); i++) {
            steps.add(new Step(cuts.steps().get(i).name(), cuts.flags().get(i)));
        }
        return steps;
    }

    /** All events, and those after the event cuts. */
    static List<Step> first() {
        return List.of(new Step(ALL_EVENTS, lit(true)), new Step(AFTER_EVENT_CUTS, col(CutsStage.PASSES_EVENT_CUTS)));
    }

    /**
     * Adds what one pass over the events gives.
     *
     * @param eventsOfRun number of events of each run, in the order of time
     * @param sums of the last step, for the planes of time differences; null: there is no correction to draw
     */
    void add(
            Dataset<Row> events,
            List<Step> steps,
            Map<String, Long> eventsOfRun,
            @Nullable WalkState corrected,
            @Nullable DifferenceSums sums) {
        EventHistograms.Plan plan = plan(steps.size(), corrected, sums);
        EventHistograms found = EventHistograms.of(events, columns(events, steps, eventsOfRun), plan);
        List<String> variables = EventHistograms.VARIABLES;
        for (int s = 0; s < steps.size(); s++) {
            for (int b = 0; b < boards.size(); b++) {
                for (int v = 0; v < variables.size(); v++) {
                    add(variables.get(v), s, steps.get(s).name(), boards.get(b), null, found.variable(s, b, v));
                }
            }
        }
        for (int b = 0; b < boards.size(); b++) {
            int board = boards.get(b);
            addPlane("time_of_arrival_ns", "time_over_threshold_ns", board, null, -1, found.totAgainstToa(b));
            int next = boards.get((b + 1) % boards.size());
            if (boards.size() > 2 || (boards.size() == 2 && b == 0)) {
                addPlane("time_of_arrival_ns", "time_of_arrival_ns", board, next, -1, found.toaAgainstToa(b));
            }
            if (plan.corrected() != null) {
                addDeltas(found, b, board);
            }
        }
        addDrift(found);
    }

    private EventHistograms.Plan plan(int steps, @Nullable WalkState corrected, @Nullable DifferenceSums sums) {
        int n = boards.size();
        if (corrected == null || sums == null || sums.events(sums.steps() - 1) < 2) {
            return EventHistograms.Plan.ofCodes(n, steps);
        }
        int last = sums.steps() - 1;
        double[] center = new double[n];
        double[] reach = new double[n];
        for (int b = 0; b < n; b++) {
            center[b] = sums.deltaMean(last, 0, b);
            reach[b] =
                    Math.max(0.05, 5 * sums.deltaWidths(last, 0)[b] + Math.abs(center[b] - sums.deltaMean(last, 1, b)));
        }
        return new EventHistograms.Plan(n, steps, corrected, center, reach);
    }

    private List<Column> columns(Dataset<Row> events, List<Step> steps, Map<String, Long> eventsOfRun) {
        List<String> there = Arrays.asList(events.columns());
        List<Column> columns = new ArrayList<>();
        for (int board : boards) {
            for (String variable : EventHistograms.VARIABLES) {
                String name = variable + "_" + board;
                columns.add(there.contains(name) ? col(name) : lit(null).cast("double"));
            }
        }
        Column mask = lit(0L);
        for (int s = 0; s < steps.size(); s++) {
            mask = mask.bitwiseOR(when(coalesce(steps.get(s).accepted(), lit(false)), lit(1L << s))
                    .otherwise(lit(0L)));
        }
        columns.add(mask);
        columns.add(slice(eventsOfRun));
        columns.add(coalesce(boards.stream()
                .map(b -> col(EventVariables.column(HitColumn.DATETIME, "" + b)))
                .toArray(Column[]::new)));
        return columns;
    }

    /** Which slice of all events an event is in. */
    private static Column slice(Map<String, Long> eventsOfRun) {
        List<Column> offsets = new ArrayList<>();
        long before = 0;
        for (Map.Entry<String, Long> e : eventsOfRun.entrySet()) {
            offsets.add(lit(e.getKey()));
            offsets.add(lit(before));
            before += e.getValue();
        }
        Column place = functions
                .element_at(functions.map(offsets.toArray(Column[]::new)), col(EventVariables.RUN))
                .plus(col(EventVariables.EVENT));
        Column slice = functions.floor(
                place.multiply(lit((long) EventHistograms.SLICES)).divide(lit(Math.max(1, before))));
        // single hits are numbered by lines, of which there may be more than events
        return functions.least(slice, lit((long) EventHistograms.SLICES - 1)).cast("int");
    }

    private void addPlane(String x, String y, int board, @Nullable Integer other, int iteration, Histogram plane) {
        Histogram.Axis second = java.util.Objects.requireNonNull(plane.y());
        for (int i = 0; i < plane.x().bins(); i++) {
            for (int j = 0; j < second.bins(); j++) {
                long count = plane.count(i, j);
                if (count > 0) {
                    planes.row(
                            x,
                            y,
                            board,
                            other,
                            iteration,
                            plane.x().edge(i),
                            plane.x().edge(i + 1),
                            second.edge(j),
                            second.edge(j + 1),
                            count);
                }
            }
        }
    }

    private void addDeltas(EventHistograms found, int b, int board) {
        for (int state = 0; state < 2; state++) {
            Histogram plane = found.deltaAgainstTot(b, state > 0);
            addPlane("time_over_threshold_ns", "time_delta_ns", board, null, state - 1, plane);
            for (int i = 0; i < plane.x().bins(); i++) {
                EventHistograms.Moments m = found.profile(b, state > 0, i);
                if (m.n() > 0) {
                    profiles.row(
                            "time_over_threshold_ns",
                            "time_delta_ns",
                            board,
                            state - 1,
                            plane.x().edge(i),
                            plane.x().edge(i + 1),
                            m.mean(),
                            m.width() / Math.sqrt((double) m.n()),
                            m.n());
                }
            }
        }
    }

    private void addDrift(EventHistograms found) {
        int n = boards.size();
        for (int slice = 0; slice < EventHistograms.SLICES; slice++) {
            double[] widths = new double[n];
            double[] uncs = new double[n];
            for (int b = 0; b < n; b++) {
                EventHistograms.Moments pair = found.difference(slice, b);
                widths[b] = pair.width();
                uncs[b] = ResolutionFormulae.widthUnc(widths[b], pair.n());
            }
            ResolutionFormulae.Sigma @Nullable [] sigmas = ResolutionFormulae.ofPairs(widths, uncs);
            for (int b = 0; b < n; b++) {
                EventHistograms.Moments cal = found.calibration(slice, b);
                long events = found.difference(slice, b).n();
                drift.row(
                        slice,
                        boards.get(b),
                        cal.n(),
                        cal.mean(),
                        cal.width() / Math.sqrt((double) cal.n()),
                        events,
                        sigmas == null || events < 3 ? null : sigmas[b].value(),
                        sigmas == null || events < 3 ? null : sigmas[b].unc(),
                        found.time(slice, false).map(Object::toString).orElse(null),
                        found.time(slice, true).map(Object::toString).orElse(null));
            }
        }
    }

    /** Adds the time differences of each board and the next, before and after the correction, around their cores. */
    void addDifferences(DifferenceSums sums) {
        int last = sums.steps() - 1;
        int pairs = boards.size() == 2 ? 1 : boards.size();
        for (int state = 0; state < sums.states(); state++) {
            if (state > 0 && state < sums.states() - 1) {
                continue; // first and last
            }
            String name = state == 0 ? "uncorrected" : "corrected";
            for (int b = 0; b < pairs; b++) {
                int next = boards.get((b + 1) % boards.size());
                sums.coarse(last, state, b).ifPresent(bins -> {
                    for (DifferenceSums.Bin bin : bins) {
                        histograms.row(
                                "time_difference_ns",
                                name.equals("uncorrected") ? 0 : 1,
                                name,
                                boards.get(bin.board()),
                                next,
                                bin.low(),
                                bin.high(),
                                bin.count());
                    }
                });
            }
        }
    }
}
