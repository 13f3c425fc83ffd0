package etroc.telescope;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import etroc.cuts.Cut;
import etroc.fits.Polynomial;
import etroc.pipeline.Context;
import etroc.telescope.calibration.TimeColumns;
import etroc.telescope.calibration.TimedEvents;
import etroc.telescope.calibration.TimedEvents.Selection;
import etroc.telescope.resolution.DifferenceSums;
import etroc.telescope.resolution.Resolution;
import etroc.telescope.walk.ResidualCut;
import etroc.telescope.walk.TimeWalk;
import etroc.telescope.walk.WalkState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The time-walk correction, and for the joint fit the cut on what it leaves. */
final class WalkStage {
    static final String FINAL = "Final";
    /** Column of a board's corrected time [ns]; the iteration follows. */
    static final String CORRECTED_TOA = "time_of_arrival_twc_iteration_";

    private static final String BEFORE_RESIDUAL_CUT = "Before residual cut";

    private final Context context;
    private final TimeWalkSettings settings;
    private final TimedEvents events;
    private final List<Integer> boards;
    private final Steps cutSteps;
    /** Step of the kept events: they pass all cuts. */
    private final int accepted;

    /** @param events kept with the flags of the cuts' steps, then whether they pass all cuts */
    WalkStage(Context context, TimeWalkSettings settings, TimedEvents events, List<Integer> boards, Steps cutSteps) {
        this.context = context;
        this.settings = settings;
        this.events = events;
        this.boards = boards;
        this.cutSteps = cutSteps;
        this.accepted = cutSteps.steps().size();
    }

    /**
     * A correction.
     *
     * @param kept the event survives the residual cut
     * @param steps all steps, the final one last
     * @param selection which events are accepted at each of them
     */
    record Walk(TimeWalk.Solution solution, Column kept, List<TelescopeTables.Step> steps, Selection selection) {}

    Walk walk(CutsStage cuts) {
        Selection all = Selection.at(accepted);
        TimeWalk.Solution solution = context.step("time walk", () -> solve(all, TimeWalk.unknown(boards.size())));
        if (settings.fit() != TimeWalkSettings.Fit.JOINT || solution.states().isEmpty()) {
            return new Walk(solution, lit(true), steps(FINAL), (toa, tot, steps) -> steps);
        }
        Double limit = settings.residualCut();
        if (limit == null) {
            return new Walk(
                    context.step("time walk, with variances", () -> solveAgain(all, solution)),
                    lit(true),
                    steps(FINAL),
                    (toa, tot, steps) -> steps);
        }
        return withResidualCut(solution, limit, cuts);
    }

    private Walk withResidualCut(TimeWalk.Solution first, double limit, CutsStage cuts) {
        Selection all = Selection.at(accepted);
        WalkState corrected = first.states().get(0);
        DifferenceSums before = context.step("residual cut", () -> differences(all, first));
        ResidualCut cut = ResidualCut.of(corrected, before.cores(0, 0), limit);
        int acceptedBit = accepted;
        Selection survivors = (toa, tot, steps) -> all.steps(toa, tot, steps) != 0 && cut.keeps(toa, tot) ? 1 : 0;
        Selection withFinal = (toa, tot, steps) -> steps | (survivors.steps(toa, tot, steps) << (acceptedBit + 1));
        DifferenceSums after = context.step("residual cut", () -> differences(survivors, first));
        String sql = cut.sql(boards);
        long incomplete = events.incomplete(accepted);
        cuts.addResidualCut(
                new Cut(cutSteps.rows(), "residual", "|u_i - u_j| <= " + limit + " core widths of each pair", sql),
                before.events(0) + incomplete,
                after.events(0) + (cut.isEmpty() ? incomplete : 0));
        TimeWalk.Solution solution =
                context.step("time walk, with residual cut", () -> solve(survivors, variances(after)));
        return new Walk(solution, expr(sql), steps(BEFORE_RESIDUAL_CUT, FINAL), withFinal);
    }

    /** The steps of the cuts, then some with all cuts. */
    private List<TelescopeTables.Step> steps(String... last) {
        List<TelescopeTables.Step> steps = new ArrayList<>(cutSteps.steps());
        for (String name : last) {
            steps.add(new TelescopeTables.Step(cutSteps.cutCount(), name));
        }
        return steps;
    }

    private TimeWalk.Solution solve(Selection selected, double[] variances) {
        return new TimeWalk(events, selected, boards, settings).solve(variances);
    }

    private TimeWalk.Solution solveAgain(Selection selected, TimeWalk.Solution first) {
        return solve(selected, variances(differences(selected, first)));
    }

    private DifferenceSums differences(Selection selected, TimeWalk.Solution solution) {
        int boardCount = boards.size();
        List<WalkState> states = solution.states();
        return events.sum(selected, () -> new DifferenceSums(boardCount, 1, states));
    }

    /** Variance of each corrected time, from the formula of N boards; NaN for fewer than three. */
    private static double[] variances(DifferenceSums sums) {
        return Resolution.of(sums, 0, 0, null).stream()
                .mapToDouble(r -> r.nBoard() == null || !(r.nBoard().variance() > 0)
                        ? Double.NaN
                        : r.nBoard().variance())
                .toArray();
    }

    /** Adds the corrected times of each iteration. */
    Dataset<Row> withCorrectedTimes(Dataset<Row> all, TimeWalk.Solution solution) {
        Map<String, Column> corrected = new LinkedHashMap<>();
        for (int k = 0; k < solution.states().size(); k++) {
            for (int i = 0; i < boards.size(); i++) {
                Polynomial p = solution.fits().get(k).get(i);
                corrected.put(
                        TimeColumns.column(CORRECTED_TOA + k, boards.get(i)),
                        expr(TimeWalk.correctedTime(boards.get(i), p)));
            }
        }
        return all.withColumns(corrected);
    }
}
