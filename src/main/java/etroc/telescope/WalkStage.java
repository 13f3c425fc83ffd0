package etroc.telescope;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import etroc.cuts.Cut;
import etroc.cuts.Cutflow;
import etroc.cuts.CutflowRow;
import etroc.fits.Polynomial;
import etroc.pipeline.Context;
import etroc.pipeline.Stage;
import etroc.telescope.calibration.TimeColumns;
import etroc.telescope.calibration.TimedEvents;
import etroc.telescope.calibration.TimedEvents.Selection;
import etroc.telescope.events.EventVariables;
import etroc.telescope.resolution.DifferenceSums;
import etroc.telescope.resolution.Resolution;
import etroc.telescope.walk.ResidualCut;
import etroc.telescope.walk.TimeWalk;
import etroc.telescope.walk.TimeWalkSettings;
import etroc.telescope.walk.WalkState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The time-walk correction, and for the joint fit the cut on what it leaves. */
final class WalkStage {
    private static final String BEFORE_RESIDUAL_CUT = "Before residual cut";
    private static final String RESIDUAL_CUT = "residual cut";
    private static final Selection ALL_STEPS = (toa, tot, steps) -> steps;

    private final Context context;
    private final TimeWalkSettings settings;
    private final TimedEvents events;
    private final List<Integer> boards;
    private final Steps steps;
    /** Step of the kept events: they pass all cuts. */
    private final int accepted;

    /**
     * A correction.
     *
     * @param events kept with the flags of the cuts' steps, then whether they pass all cuts
     * @param kept the event survives the residual cut
     * @param steps all steps, the final one last
     * @param selection which events are accepted at each of them
     */
    record Walk(TimedEvents events, TimeWalk.Solution solution, Column kept, List<Step> steps, Selection selection) {
        /** Times after the last iteration; null: there is no correction. */
        @Nullable
        WalkState last() {
            List<WalkState> states = solution.states();
            return states.isEmpty() ? null : states.get(states.size() - 1);
        }
    }

    private WalkStage(
            Context context, TimeWalkSettings settings, TimedEvents events, List<Integer> boards, Steps steps) {
        this.context = context;
        this.settings = settings;
        this.events = events;
        this.boards = boards;
        this.steps = steps;
        this.accepted = steps.steps().size();
    }

    static Stage stage(TelescopePlan plan) {
        return Stage.of("walk", WalkStage.class, context -> run(context, plan))
                .dependingOn(plan.job(), "telescope.time-walk");
    }

    private static void run(Context context, TelescopePlan plan) {
        Steps steps = context.find(Steps.class);
        List<Integer> boards = context.find(EventsStage.Events.class).boards();
        if (boards.size() < 2) {
            context.remark("run", boards.size() + " board: no time differences, so no time walk and no resolution");
            TimesStage.end(context, plan, steps);
            return;
        }
        List<Column> flags = new ArrayList<>(steps.flags());
        flags.add(steps.accepted());
        Column key = xxhash64(col(EventVariables.RUN), col(EventVariables.EVENT));
        TimedEvents events = context.closing(
                TimedEvents.of(steps.events().filter(col(CutsStage.PASSES_EVENT_CUTS)), boards, flags, key));
        TimeWalkSettings settings = plan.settings().timeWalk();
        Walk walk = context.leave(Walk.class, new WalkStage(context, settings, events, boards, steps).walk());
        context.rows(TwcFit.TABLE, TwcFit.class, TwcFit.of(walk.solution(), boards, plan.bias()));
        if (!walk.solution().remark().isEmpty()) {
            context.remark("run", "no time-walk correction: " + walk.solution().remark());
        }
        Dataset<Row> corrected = withCorrectedTimes(steps.events(), walk.solution(), boards)
                .withColumn(EventsTables.ACCEPTED, steps.accepted().and(walk.kept()));
        context.meanwhile("events", () -> EventsTables.write(context, plan, corrected));
        if (context.isLast()) {
            EventsTables.bin(
                    context, steps.events(), steps.flags(steps.accepted().and(walk.kept())));
        }
    }

    private Walk walk() {
        Selection all = Selection.at(accepted);
        TimeWalk.Solution solution = context.step("time walk", () -> solve(all, TimeWalk.unknown(boards.size())));
        if (settings.fit() != TimeWalkSettings.Fit.JOINT || solution.states().isEmpty()) {
            return new Walk(events, solution, lit(true), steps.then(Steps.FINAL), ALL_STEPS);
        }
        Double limit = settings.residualCut();
        if (limit == null) {
            TimeWalk.Solution again =
                    context.step("time walk, with variances", () -> solve(all, variances(differences(all, solution))));
            return new Walk(events, again, lit(true), steps.then(Steps.FINAL), ALL_STEPS);
        }
        return withResidualCut(solution, limit);
    }

    private Walk withResidualCut(TimeWalk.Solution first, double limit) {
        Selection all = Selection.at(accepted);
        DifferenceSums before = context.step(RESIDUAL_CUT, () -> differences(all, first));
        ResidualCut cut = ResidualCut.of(first.states().get(0), before.cores(0, 0), limit);
        int acceptedBit = accepted;
        Selection survivors = (toa, tot, mask) -> all.steps(toa, tot, mask) != 0 && cut.keeps(toa, tot) ? 1 : 0;
        Selection withFinal = (toa, tot, mask) -> mask | (survivors.steps(toa, tot, mask) << (acceptedBit + 1));
        DifferenceSums after = context.step(RESIDUAL_CUT, () -> differences(survivors, first));
        String sql = cut.sql(boards);
        long incomplete = events.incomplete(accepted);
        long entering = before.events(0) + incomplete;
        long passing = after.events(0) + (cut.isEmpty() ? incomplete : 0);
        String text = "|u_i - u_j| <= " + limit + " core widths of each pair";
        Cutflow.Line line =
                new Cutflow.Line(new Cut(steps.rows(), "residual", text, sql), entering, passing, passing, entering);
        context.rows(CutflowRow.TABLE, CutflowRow.class, CutflowRow.of(RESIDUAL_CUT, List.of(line)));
        TimeWalk.Solution solution =
                context.step("time walk, with residual cut", () -> solve(survivors, variances(after)));
        return new Walk(events, solution, expr(sql), steps.then(BEFORE_RESIDUAL_CUT, Steps.FINAL), withFinal);
    }

    private TimeWalk.Solution solve(Selection selected, double[] variances) {
        return new TimeWalk(events, selected, boards, settings).solve(variances);
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
    private static Dataset<Row> withCorrectedTimes(Dataset<Row> all, TimeWalk.Solution solution, List<Integer> boards) {
        Map<String, Column> corrected = new LinkedHashMap<>();
        for (int k = 0; k < solution.states().size(); k++) {
            for (int i = 0; i < boards.size(); i++) {
                Polynomial p = solution.fits().get(k).get(i);
                corrected.put(
                        TimeColumns.column(TimeColumns.CORRECTED_TOA + k, boards.get(i)),
                        expr(TimeWalk.correctedTime(boards.get(i), p)));
            }
        }
        return all.withColumns(corrected);
    }
}
