package etroc.telescope;

import etroc.passes.Histogram;
import etroc.passes.Histogram.Axis;
import etroc.passes.Moments;
import etroc.passes.Passes;
import etroc.telescope.resolution.PairAxis;
import etroc.telescope.walk.WalkState;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/** What figures of a telescope run are drawn from, in one pass over its events: histograms, profiles, slices in time. */
final class EventHistograms implements Passes.Accumulator<EventHistograms> {
    private static final long serialVersionUID = 1L;
    /** Variables of a board, in the order of the columns: codes, then times [ns]. */
    static final List<String> VARIABLES = List.of(
            "time_of_arrival",
            "time_over_threshold",
            "calibration_code",
            "time_of_arrival_ns",
            "time_over_threshold_ns");

    private static final int TOA_NS = EventAxes.TOA_NS;
    private static final int TOT_NS = EventAxes.TOT_NS;
    private static final int CAL = 2;
    /** Bins of planes: TOA and TOT [ns]. */
    private static final Axis TOA_PLANE = new Axis(0, 0.25, 50);

    private static final Axis TOT_PLANE = new Axis(0, 0.25, 80);
    private static final int DELTA_BINS = 50;

    /**
     * What is to be filled.
     *
     * @param boards how many
     * @param steps how many flags an event has; the first are all events
     * @param tdcSteps widths of the TDC's bins of each board, NaN where they are not known [ns]
     * @param corrected times after the correction; null: no planes of time differences
     * @param center mean of D_i = mean of the others - own time, of each board [ns]
     * @param reach half the height of the planes of D_i [ns]
     * @param pairs bins of the corrected time of each board minus that of the next; null: none
     */
    record Plan(
            int boards,
            int steps,
            double[] tdcSteps,
            @Nullable WalkState corrected,
            double[] center,
            double[] reach,
            PairAxis @Nullable [] pairs)
            implements Serializable {
        private static final long serialVersionUID = 1L;

        /** Without times: until a stage before the correction. */
        static Plan ofCodes(int boards, int steps) {
            double[] unknown = new double[boards];
            Arrays.fill(unknown, Double.NaN);
            return new Plan(boards, steps, unknown, null, new double[boards], new double[boards], null);
        }
    }

    private final Plan plan;
    /** By step, board, variable. */
    private final List<Histogram> codes = new ArrayList<>();
    /** By board: TOT against TOA; then by board and next board: TOA against TOA. */
    private final List<Histogram> planes = new ArrayList<>();
    /** By board and whether corrected: D_i against TOT. */
    private final List<Histogram> deltas = new ArrayList<>();
    /** By board and bin of TOT: D_i before the correction. */
    private final List<Moments> profiles = new ArrayList<>();

    private final DriftSums drift;
    private final double[] toa;
    private final double[] tot;

    private EventHistograms(Plan plan, int runs) {
        this.plan = plan;
        int n = plan.boards;
        toa = new double[n];
        tot = new double[n];
        for (int i = 0; i < plan.steps * n; i++) {
            for (int v = 0; v < VARIABLES.size(); v++) {
                codes.add(new Histogram(EventAxes.of(v, plan.tdcSteps[i % n])));
            }
        }
        for (int i = 0; i < n; i++) {
            planes.add(new Histogram(TOA_PLANE, TOT_PLANE));
        }
        for (int i = 0; i < n; i++) {
            planes.add(new Histogram(TOA_PLANE, TOA_PLANE));
        }
        for (int i = 0; i < n; i++) {
            Axis axis = new Axis(plan.center[i] - plan.reach[i], 2 * plan.reach[i] / DELTA_BINS, DELTA_BINS);
            deltas.add(new Histogram(TOT_PLANE, axis));
            deltas.add(new Histogram(TOT_PLANE, axis));
            for (int b = 0; b < TOT_PLANE.bins(); b++) {
                profiles.add(new Moments());
            }
        }
        drift = new DriftSums(n, plan.pairs, runs);
    }

    /**
     * Fills them.
     *
     * @param columns for each board {@link #VARIABLES}, null where it has no hit; then the flags of the steps as bits of a long,
     *     the last one for planes and slices; then index of the run, number of the event, number of events in the run; then the time stamp or
     *     null
     * @param runs how many there are
     */
    static EventHistograms of(Dataset<Row> events, List<Column> columns, Plan plan, int runs) {
        return Passes.over(events, columns, () -> new EventHistograms(plan, runs));
    }

    @Override
    public void add(InternalRow row) {
        int n = plan.boards;
        long mask = row.getLong(n * VARIABLES.size());
        boolean last = (mask >> (plan.steps - 1) & 1) != 0;
        int at = n * VARIABLES.size() + 1;
        long event = row.getLong(at + 1);
        DriftSums.Slice slice = drift.at(row.getInt(at), event, row.getLong(at + 2));
        if (!row.isNullAt(at + 3)) {
            slice.time(row.getLong(at + 3));
        }
        if (last) {
            slice.event(event);
        }
        boolean complete = true;
        for (int b = 0; b < n; b++) {
            complete &= addBoard(row, b, mask, last, slice);
        }
        if (last && complete) {
            addDifferences(slice);
        }
    }

    /** Whether the board has a TOA and a TOT. */
    private boolean addBoard(InternalRow row, int board, long mask, boolean last, DriftSums.Slice slice) {
        int first = board * VARIABLES.size();
        for (int v = 0; v < VARIABLES.size(); v++) {
            if (!row.isNullAt(first + v)) {
                double value = v < TOA_NS ? row.getInt(first + v) : row.getDouble(first + v);
                for (int s = 0; s < plan.steps; s++) {
                    if ((mask >> s & 1) != 0) {
                        codes.get((s * plan.boards + board) * VARIABLES.size() + v)
                                .add(value);
                    }
                }
            }
        }
        if (last && !row.isNullAt(first + CAL)) {
            slice.codes.get(board).add(row.getInt(first + CAL));
        }
        if (row.isNullAt(first + TOA_NS) || row.isNullAt(first + TOT_NS)) {
            return false;
        }
        toa[board] = row.getDouble(first + TOA_NS);
        tot[board] = row.getDouble(first + TOT_NS);
        if (last) {
            planes.get(board).add(toa[board], tot[board]);
        }
        return true;
    }

    private void addDifferences(DriftSums.Slice slice) {
        int n = plan.boards;
        for (int b = 0; b < n; b++) {
            planes.get(n + b).add(toa[b], toa[(b + 1) % n]);
        }
        WalkState corrected = plan.corrected;
        if (corrected == null || n < 2) {
            return;
        }
        for (int state = 0; state < 2; state++) {
            WalkState times = state == 0 ? WalkState.UNCORRECTED : corrected;
            for (int b = 0; b < n; b++) {
                double delta = times.othersMean(b, toa, tot) - times.time(b, toa, tot);
                deltas.get(2 * b + state).add(tot[b], delta);
                int bin = TOT_PLANE.bin(tot[b]);
                if (bin >= 0 && state == 0) {
                    profiles.get(b * TOT_PLANE.bins() + bin).add(delta);
                }
            }
        }
        for (int b = 0; b < n; b++) {
            double pair = corrected.time(b, toa, tot) - corrected.time((b + 1) % n, toa, tot);
            slice.difference(b, toa[b], pair);
        }
    }

    @Override
    public void add(EventHistograms other) {
        addAll(codes, other.codes);
        addAll(planes, other.planes);
        addAll(deltas, other.deltas);
        for (int i = 0; i < profiles.size(); i++) {
            profiles.get(i).add(other.profiles.get(i));
        }
        drift.add(other.drift);
    }

    private static void addAll(List<Histogram> to, List<Histogram> from) {
        for (int i = 0; i < to.size(); i++) {
            to.get(i).add(from.get(i));
        }
    }

    /** Histogram of one of {@link #VARIABLES} at a step. */
    Histogram variable(int step, int board, int variable) {
        return codes.get((step * plan.boards + board) * VARIABLES.size() + variable);
    }

    /** TOA, TOT [ns] of a board at the last step. */
    Histogram totAgainstToa(int board) {
        return planes.get(board);
    }

    /** TOA of a board, TOA of the next [ns] at the last step. */
    Histogram toaAgainstToa(int board) {
        return planes.get(plan.boards + board);
    }

    /** TOT of a board, D_i [ns] at the last step, before or after the correction. */
    Histogram deltaAgainstTot(int board, boolean corrected) {
        return deltas.get(2 * board + (corrected ? 1 : 0));
    }

    /** D_i [ns] before the correction in each bin of {@link #deltaAgainstTot}'s TOT. */
    List<Moments> profile(int board) {
        int from = board * TOT_PLANE.bins();
        return profiles.subList(from, from + TOT_PLANE.bins());
    }

    /** Slices of the runs. */
    DriftSums drift() {
        return drift;
    }
}
