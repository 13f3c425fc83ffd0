package etroc.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import etroc.cuts.Cut;
import etroc.fits.GaussianCore;
import etroc.fits.Polynomial;
import etroc.fits.WalkState;
import etroc.results.DifferenceSums;
import etroc.results.ResidualCut;
import etroc.results.Resolution;
import etroc.settings.TimeWalkSettings;
import etroc.times.EventSums;
import etroc.times.TimeColumns;
import etroc.times.TimeWalk;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The time-walk correction, and for the joint fit the cut on what it leaves. */
final class WalkStage {
    static final String FINAL = "Final";
    private static final String BEFORE_RESIDUAL_CUT = "Before residual cut";

    private final JobContext context;
    private final TimeWalkSettings settings;
    private final Cached events;
    private final List<Integer> boards;

    WalkStage(JobContext context, TimeWalkSettings settings, Cached events, List<Integer> boards) {
        this.context = context;
        this.settings = settings;
        this.events = events;
        this.boards = boards;
    }

    /**
     * A correction.
     *
     * @param kept the event survives the residual cut
     * @param steps all steps, the final one last
     * @param flags which events are accepted at each, over the cached events
     */
    record Walk(TimeWalk.Solution solution, Column kept, List<TelescopeTables.Step> steps, List<Column> flags) {}

    Walk walk(Steps cutSteps, CutsStage cuts) {
        List<TelescopeTables.Step> steps = new ArrayList<>(cutSteps.steps());
        List<Column> flags = new ArrayList<>(events.steps());
        Column kept = lit(true);
        TimeWalk.Solution solution =
                context.step("time walk", () -> solve(events.accepted(), TimeWalk.unknown(boards.size())));
        if (settings.fit() == TimeWalkSettings.Fit.JOINT && !solution.states().isEmpty()) {
            TimeWalk.Solution first = solution;
            Double limit = settings.residualCut();
            if (limit != null) {
                Cut cut = context.step("residual cut", () -> residualCut(first, limit, cutSteps.rows()));
                cuts.addResidualCut(events.accepted(), cut);
                kept = expr(cut.sql());
                steps.add(new TelescopeTables.Step(cutSteps.cutCount(), BEFORE_RESIDUAL_CUT));
                flags.add(events.finallyAccepted());
            }
            Dataset<Row> survivors = events.accepted().filter(kept);
            solution = context.step(
                    "time walk, with residual cut",
                    () -> solve(survivors, variances(differences(survivors, List.of(lit(true)), first.states()))));
        }
        steps.add(new TelescopeTables.Step(cutSteps.cutCount(), FINAL));
        flags.add(events.finallyAccepted().and(kept));
        return new Walk(solution, kept, steps, flags);
    }

    private TimeWalk.Solution solve(Dataset<Row> accepted, double[] variances) {
        return new TimeWalk(accepted, boards, settings).solve(variances);
    }

    private Cut residualCut(TimeWalk.Solution solution, double limit, int row) {
        GaussianCore[] cores = differences(events.all(), List.of(col(Cached.ACCEPTED)), solution.states())
                .cores(0, 0);
        return new Cut(
                row,
                "residual",
                "|u_i - u_j| <= " + limit + " core widths of each pair",
                ResidualCut.sql(boards, solution.fits().get(0), cores, limit));
    }

    private DifferenceSums differences(Dataset<Row> of, List<Column> steps, List<WalkState> states) {
        int boardCount = boards.size();
        int stepCount = steps.size();
        return EventSums.of(
                of, boards, steps, col(Cached.KEY), () -> new DifferenceSums(boardCount, stepCount, states));
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
        Dataset<Row> corrected = all;
        for (int k = 0; k < solution.states().size(); k++) {
            for (int i = 0; i < boards.size(); i++) {
                Polynomial p = solution.fits().get(k).get(i);
                corrected = corrected.withColumn(
                        TimeColumns.column("time_of_arrival_twc_iteration_" + k, boards.get(i)),
                        expr(TimeWalk.correctedTime(boards.get(i), p)));
            }
        }
        return corrected;
    }
}
