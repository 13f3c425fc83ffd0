package etroc.telescope;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import etroc.cuts.Cut;
import etroc.cuts.Cutflow;
import etroc.cuts.CutflowRow;
import etroc.pipeline.Context;
import etroc.pipeline.Stage;
import etroc.telescope.calibration.TimedEvents;
import etroc.telescope.calibration.TimedEvents.Selection;
import etroc.telescope.events.EventVariables;
import etroc.telescope.resolution.DifferenceSums;
import etroc.telescope.resolution.ResolutionFormulae;
import etroc.telescope.resolution.ResolutionFormulae.Sigma;
import etroc.telescope.walk.ResidualCut;
import etroc.telescope.walk.TimeWalk;
import etroc.telescope.walk.TimeWalkSettings;
import etroc.telescope.walk.WalkState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The time-walk correction, and for the joint fit the cut on what it leaves. */
final class WalkStage {
    private static final String BEFORE_RESIDUAL_CUT = "Before residual cut";
    private static final String RESIDUAL_CUT = "residual cut";
    private static final Selection ALL_STEPS = (toa, tot, steps) -> steps;
    /** Column: the event survives the residual cut. */
    private static final String KEPT = "survives_residual_cut";

    private final Context context;
    private final TimeWalkSettings settings;
    private final TimedEvents events;
    private final List<Integer> boards;
    private final Steps steps;
    private final RunColumns runs;
    /** Step of the kept events: they pass all cuts. */
    private final int accepted;

    /**
     * A correction.
     *
     * @param events kept with the flags of all steps, the final one last, in its last view: without the delays of their runs
     * @param kept the event survives the residual cut; a column of the events that the later stages find in {@link Steps}
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

    /** A correction with the events as a Dataset: delays of each run, and {@link #KEPT}. */
    private record Found(Walk walk, Dataset<Row> events) {}

    private WalkStage(
            Context context,
            TimeWalkSettings settings,
            TimedEvents events,
            List<Integer> boards,
            Steps steps,
            RunColumns runs) {
        this.context = context;
        this.settings = settings;
        this.events = events;
        this.boards = boards;
        this.steps = steps;
        this.runs = runs;
        this.accepted = steps.steps().size();
    }

    static Stage stage(TelescopePlan plan) {
        return Stage.of("walk", WalkStage.class, context -> run(context, plan))
                .dependingOn(plan.job(), "telescope.time-walk", "telescope.align");
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
        RunColumns runs = new RunColumns(plan.alignedRuns(), boards);
        WalkStage stage = new WalkStage(context, plan.settings().timeWalk(), events, boards, steps, runs);
        Found found = stage.walk();
        Walk walk = context.leave(Walk.class, found.walk());
        stage.write(plan, walk.solution());
        Column all = steps.accepted().and(walk.kept());
        Dataset<Row> corrected = runs.withCorrectedTimes(found.events(), walk.solution())
                .withColumn(EventsTables.ACCEPTED, all)
                .drop(KEPT);
        context.meanwhile("events", () -> EventsTables.write(context, plan, corrected));
        Steps aligned = context.leave(Steps.class, steps.of(runs.aligned(found.events())));
        if (context.isLast()) {
            EventsTables.bin(context, aligned.events(), aligned.flags(all));
        }
    }

    private void write(TelescopePlan plan, TimeWalk.Solution solution) {
        context.rows(TwcFit.TABLE, TwcFit.class, TwcFit.of(solution, boards, plan.bias()));
        List<RunOffset> offsets = RunOffset.of(solution.delays(), plan.runs(), boards);
        context.rows(RunOffset.TABLE, RunOffset.class, offsets);
        Remarks remarks = context.find(Remarks.class);
        RunOffset.remark(offsets).ifPresent(text -> remarks.say(context, "run", Remarks.ALL, text));
        if (!solution.remark().isEmpty()) {
            remarks.say(context, "run", Remarks.ALL, "no time-walk correction: " + solution.remark());
        }
    }

    private Found walk() {
        Selection all = Selection.at(accepted);
        TimeWalk.Solution solution =
                context.step("time walk", () -> solve(events, all, TimeWalk.unknown(boards.size())));
        if (settings.fit() != TimeWalkSettings.Fit.JOINT || solution.states().isEmpty()) {
            return uncut(solution);
        }
        Double limit = settings.residualCut();
        if (limit == null) {
            double[] variances = variances(differences(events, all, solution), 0, 0);
            return uncut(context.step("time walk, with variances", () -> solve(events, all, variances)));
        }
        return withResidualCut(solution, limit);
    }

    private Found uncut(TimeWalk.Solution solution) {
        Walk walk = new Walk(view(events, solution), solution, col(KEPT), steps.then(Steps.FINAL), ALL_STEPS);
        return new Found(
                walk,
                runs.with(steps.events(), solution.delays(), RunColumns.LAST).withColumn(KEPT, lit(true)));
    }

    private Found withResidualCut(TimeWalk.Solution first, double limit) {
        Selection all = Selection.at(accepted);
        DifferenceSums before = context.step(RESIDUAL_CUT, () -> differences(events, all, first));
        ResidualCut cut = ResidualCut.of(first.states().get(0), before.cores(0, 0), limit);
        int acceptedBit = accepted;
        Selection withFinal =
                (toa, tot, mask) -> mask | (cut.keeps(toa, tot) ? ((mask >> acceptedBit) & 1) << (acceptedBit + 1) : 0);
        TimedEvents marked = view(events, first).marked(withFinal).without(new double[0][]);
        Selection survivors = Selection.at(accepted + 1);
        DifferenceSums after = context.step(RESIDUAL_CUT, () -> differences(marked, survivors, first));
        Dataset<Row> table = runs.with(steps.events(), first.delays(), RunColumns.FIRST);
        String sql = cut.sql(boards, runs.columns(first.delays(), RunColumns.FIRST));
        cutflow(
                before.events(0),
                after.events(0),
                cut.isEmpty(),
                "|u_i - u_j - core| <= " + limit + " core widths of each pair",
                sql);
        TimeWalk.Solution solution =
                context.step("time walk, with residual cut", () -> solve(marked, survivors, variances(after, 0, 0)));
        Dataset<Row> kept = runs.with(table.withColumn(KEPT, expr(sql)), solution.delays(), RunColumns.LAST);
        List<Step> all2 = steps.then(BEFORE_RESIDUAL_CUT, Steps.FINAL);
        Walk walk = new Walk(view(marked, solution), solution, col(KEPT), all2, ALL_STEPS);
        return new Found(walk, kept);
    }

    private void cutflow(long before, long after, boolean isEmpty, String text, String sql) {
        long incomplete = events.incomplete(accepted);
        long entering = before + incomplete;
        long passing = after + (isEmpty ? incomplete : 0);
        Cut cut = new Cut(steps.rows(), "residual", text, sql);
        Cutflow.Line line = new Cutflow.Line(cut, entering, passing, passing, entering);
        context.rows(CutflowRow.TABLE, CutflowRow.class, CutflowRow.of(RESIDUAL_CUT, List.of(line)));
    }

    /** The events without the delays that a solution has for their runs. */
    private TimedEvents view(TimedEvents measured, TimeWalk.Solution solution) {
        return measured.without(solution.delays().values(runs.count(), boards.size()));
    }

    private TimeWalk.Solution solve(TimedEvents measured, Selection selected, double[] variances) {
        return new TimeWalk(measured, selected, boards, settings, runs.count()).solve(variances);
    }

    private DifferenceSums differences(TimedEvents measured, Selection selected, TimeWalk.Solution solution) {
        int boardCount = boards.size();
        List<WalkState> states = solution.states();
        return view(measured, solution).sum(selected, () -> new DifferenceSums(boardCount, 1, states));
    }

    /** Variance of each corrected time, from the formula of N boards; NaN for fewer than three. */
    static double[] variances(DifferenceSums sums, int step, int state) {
        double[] widths = sums.deltaWidths(step, state);
        Sigma[] sigmas = ResolutionFormulae.ofDeltas(widths, new double[widths.length]);
        return sigmas == null
                ? TimeWalk.unknown(widths.length)
                : Arrays.stream(sigmas)
                        .mapToDouble(s -> s.variance() > 0 ? s.variance() : Double.NaN)
                        .toArray();
    }
}
