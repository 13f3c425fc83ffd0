package etroc.telescope;

import etroc.passes.Histogram;
import etroc.passes.Histogram.Axis;
import etroc.passes.Moments;
import etroc.passes.Passes;
import etroc.telescope.walk.WalkState;
import java.io.Serializable;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

    private static final List<Axis> AXES = List.of(
            new Axis(-0.5, 1, 1024), // one bin a code
            new Axis(-0.5, 1, 512),
            new Axis(-0.5, 1, 1024),
            new Axis(0, 0.05, 250),
            new Axis(0, 0.05, 500));
    private static final int TOA_NS = 3;
    private static final int TOT_NS = 4;
    private static final int CAL = 2;
    /** Bins of planes: TOA and TOT [ns]. */
    private static final Axis TOA_PLANE = new Axis(0, 0.25, 50);

    private static final Axis TOT_PLANE = new Axis(0, 0.25, 80);
    private static final int DELTA_BINS = 50;
    private static final long MICROSECONDS = 1_000_000;
    /** Slices of the events in their order, to see drifts. */
    static final int SLICES = 20;

    /**
     * What is to be filled.
     *
     * @param boards how many
     * @param steps how many flags an event has; the first are all events
     * @param corrected times after the correction; null: no planes of time differences
     * @param center mean of D_i = mean of the others - own time, of each board [ns]
     * @param reach half the height of the planes of D_i [ns]
     */
    record Plan(int boards, int steps, @Nullable WalkState corrected, double[] center, double[] reach)
            implements Serializable {
        private static final long serialVersionUID = 1L;

        /** Without times: until a stage before the correction. */
        static Plan ofCodes(int boards, int steps) {
            return new Plan(boards, steps, null, new double[boards], new double[boards]);
        }
    }

    private final Plan plan;
    /** By step, board, variable. */
    private final List<Histogram> codes = new ArrayList<>();
    /** By board: TOT against TOA; then by board and next board: TOA against TOA. */
    private final List<Histogram> planes = new ArrayList<>();
    /** By board and whether corrected: D_i against TOT, and its profile. */
    private final List<Histogram> deltas = new ArrayList<>();

    private final List<Moments> profiles = new ArrayList<>();
    /** By slice: calibration code of each board, then time difference of each board and the next. */
    private final List<Moments> slices = new ArrayList<>();

    /** First and last time stamp of the events of each slice [us since 1970]; the first after the last: none. */
    private final long[] firstTime = new long[SLICES];

    private final long[] lastTime = new long[SLICES];

    private final double[] toa;
    private final double[] tot;

    private EventHistograms(Plan plan) {
        Arrays.fill(firstTime, Long.MAX_VALUE);
        Arrays.fill(lastTime, Long.MIN_VALUE);
        this.plan = plan;
        int n = plan.boards;
        toa = new double[n];
        tot = new double[n];
        for (int i = 0; i < plan.steps * n; i++) {
            AXES.forEach(axis -> codes.add(new Histogram(axis)));
        }
        for (int i = 0; i < n; i++) {
            planes.add(new Histogram(TOA_PLANE, TOT_PLANE));
        }
        for (int i = 0; i < n; i++) {
            planes.add(new Histogram(TOA_PLANE, TOA_PLANE));
        }
        for (int i = 0; i < n; i++) {
            Axis axis = new Axis(plan.center[i] - plan.reach[i], 2 * plan.reach[i] / DELTA_BINS, DELTA_BINS);
            for (int state = 0; state < 2; state++) {
                deltas.add(new Histogram(TOT_PLANE, axis));
                for (int b = 0; b < TOT_PLANE.bins(); b++) {
                    profiles.add(new Moments());
                }
            }
        }
        for (int i = 0; i < SLICES * 2 * n; i++) {
            slices.add(new Moments());
        }
    }

    /**
     * Fills them.
     *
     * @param columns for each board {@link #VARIABLES}, null where it has no hit; then the flags of the steps as bits of a long,
     *     the last one for planes and slices; then the slice, an integer; then the time stamp or null
     */
    static EventHistograms of(Dataset<Row> events, List<Column> columns, Plan plan) {
        return Passes.over(events, columns, () -> new EventHistograms(plan));
    }

    @Override
    public void add(InternalRow row) {
        int n = plan.boards;
        long mask = row.getLong(n * VARIABLES.size());
        boolean last = (mask >> (plan.steps - 1) & 1) != 0;
        int slice = row.getInt(n * VARIABLES.size() + 1);
        if (!row.isNullAt(n * VARIABLES.size() + 2)) {
            long time = row.getLong(n * VARIABLES.size() + 2);
            firstTime[slice] = Math.min(firstTime[slice], time);
            lastTime[slice] = Math.max(lastTime[slice], time);
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
    private boolean addBoard(InternalRow row, int board, long mask, boolean last, int slice) {
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
            slices.get(slice * 2 * plan.boards + board).add(row.getInt(first + CAL));
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

    private void addDifferences(int slice) {
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
                if (bin >= 0) {
                    profiles.get((2 * b + state) * TOT_PLANE.bins() + bin).add(delta);
                }
            }
        }
        for (int b = 0; b < n; b++) {
            double pair = corrected.time(b, toa, tot) - corrected.time((b + 1) % n, toa, tot);
            slices.get((slice * 2 + 1) * n + b).add(pair);
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
        for (int i = 0; i < slices.size(); i++) {
            slices.get(i).add(other.slices.get(i));
        }
        for (int i = 0; i < SLICES; i++) {
            firstTime[i] = Math.min(firstTime[i], other.firstTime[i]);
            lastTime[i] = Math.max(lastTime[i], other.lastTime[i]);
        }
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

    /** D_i [ns] in each bin of {@link #deltaAgainstTot}'s TOT. */
    List<Moments> profile(int board, boolean corrected) {
        int from = (2 * board + (corrected ? 1 : 0)) * TOT_PLANE.bins();
        return profiles.subList(from, from + TOT_PLANE.bins());
    }

    /** Time stamp of the first event of a slice, or of the last one; empty where the data have none. */
    Optional<LocalDateTime> time(int slice, boolean last) {
        return firstTime[slice] > lastTime[slice]
                ? Optional.empty()
                : Optional.of(LocalDateTime.ofEpochSecond(
                        Math.floorDiv(last ? lastTime[slice] : firstTime[slice], MICROSECONDS), 0, ZoneOffset.UTC));
    }

    /** Calibration codes of a board in a slice. */
    Moments calibration(int slice, int board) {
        return slices.get(slice * 2 * plan.boards + board);
    }

    /** Corrected time of a board minus that of the next [ns] in a slice. */
    Moments difference(int slice, int board) {
        return slices.get((slice * 2 + 1) * plan.boards + board);
    }
}
