package etroc.telescope;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.xxhash64;

import etroc.cuts.CheckedCuts;
import etroc.cuts.Cutflow;
import etroc.cuts.FittedLine;
import etroc.pipeline.Context;
import etroc.telescope.calibration.Calibration;
import etroc.telescope.calibration.Calibrations;
import etroc.telescope.calibration.TimeColumns;
import etroc.telescope.calibration.TimedEvents;
import etroc.telescope.calibration.TimedEvents.Selection;
import etroc.telescope.events.EventVariables;
import etroc.telescope.resolution.BootstrapSums;
import etroc.telescope.resolution.DifferenceSums;
import etroc.telescope.resolution.Draws;
import etroc.telescope.resolution.PairAxis;
import etroc.telescope.resolution.Resolution;
import etroc.telescope.walk.ResidualCut;
import etroc.telescope.walk.TimeWalk;
import etroc.telescope.walk.TimeWalkSettings;
import etroc.telescope.walk.WalkState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The final resolutions with one thing changed at a time that an analysis may choose (src/docs/analysis.md, section 2, step 8). The same weights
 * of the same events in all bootstraps make the uncertainties of the differences.
 */
final class Systematics {
    private static final List<Double> RESIDUAL_CUTS = List.of(3.0, 7.0);
    private static final Column PASSES = col(CutsStage.PASSES_EVENT_CUTS);

    private final Context context;
    private final TelescopePlan plan;
    private final List<Integer> boards;
    private final List<Resolution> nominal;
    private final Draws draws;
    private final TimeWalkSettings walk;
    private final List<Systematic> rows = new ArrayList<>();

    /** Something that was changed, and to what. */
    record Variation(String what, String value) {}

    /** The events of all steps with times of another calibration. */
    interface Times {
        Steps of(Calibration.Method method);
    }

    /** @param nominal final resolutions */
    Systematics(Context context, TelescopePlan plan, List<Integer> boards, List<Resolution> nominal, Draws draws) {
        this.context = context;
        this.plan = plan;
        this.boards = boards;
        this.nominal = nominal;
        this.draws = draws;
        this.walk = plan.settings().timeWalk();
    }

    List<Systematic> rows() {
        add(new Variation("nominal", ""), nominal);
        walks();
        calibrations();
        otherEvents();
        Times times = context.find(Times.class);
        Steps steps = times.of(plan.settings().calibration());
        if (steps.cutCount() > 0) {
            events(new Variation("time cuts", "none"), steps.events(), PASSES);
        }
        Dataset<Row> numbered = EventBins.withRun(
                steps.events(), context.find(EventsStage.Events.class).ofRun());
        Column first = col(EventVariables.EVENT).multiply(lit(2)).lt(col(EventBins.EVENTS_OF_RUN));
        events(
                new Variation("half of each run", "first"),
                numbered,
                steps.accepted().and(first));
        events(
                new Variation("half of each run", "second"),
                numbered,
                steps.accepted().and(not(first)));
        return rows;
    }

    /** Other degrees and residual cuts, with the events and times that are kept. */
    private void walks() {
        TimedEvents kept = context.find(WalkStage.Walk.class).events();
        Selection accepted = Selection.at(context.find(Steps.class).steps().size());
        for (int degree : new int[] {walk.degree() - 1, walk.degree() + 1}) {
            if (degree >= 0) {
                vary(new Variation("degree", Integer.toString(degree)), kept, accepted, walk.withDegree(degree));
            }
        }
        if (walk.fit() != TimeWalkSettings.Fit.JOINT) {
            return;
        }
        List<@Nullable Double> cuts = new ArrayList<>(RESIDUAL_CUTS);
        cuts.add(null);
        cuts.remove(walk.residualCut());
        for (Double cut : cuts) {
            String value = cut == null ? "none" : cut.toString();
            vary(new Variation("residual cut", value), kept, accepted, walk.withResidualCut(cut));
        }
    }

    private void calibrations() {
        for (Calibration.Method method : Calibration.Method.values()) {
            if (method != plan.settings().calibration()) {
                Steps steps = context.find(Times.class).of(method);
                String value = method.name().toLowerCase(Locale.ROOT);
                events(new Variation("calibration", value), steps.events(), steps.accepted());
            }
        }
    }

    /** Events by the other builder, with cuts and calibration of their own. */
    private void otherEvents() {
        TelescopeSettings.Events other = plan.settings().events() == TelescopeSettings.Events.SEQUENCE
                ? TelescopeSettings.Events.COINCIDENCE
                : TelescopeSettings.Events.SEQUENCE;
        String value = other.name().toLowerCase(Locale.ROOT);
        try {
            context.find(EventsStage.OtherEvents.class).look(other, built -> {
                Steps steps = steps(built);
                events(new Variation("event builder", value), steps.events(), steps.accepted());
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Steps steps(Dataset<Row> built) {
        Dataset<Row> flagged = built.withColumn(CutsStage.PASSES_EVENT_CUTS, expr(Cutflow.all(plan.eventCuts(boards))));
        Calibrations calibrations = Calibrations.of(
                flagged.filter(PASSES), boards, plan.runs(), plan.settings().calibrationSlice());
        Dataset<Row> timed = TimeColumns.withTimes(flagged, calibrations, plan.conversion());
        CheckedCuts checked = plan.timeCuts(boards);
        return Steps.of(timed, checked.cuts(FittedLine.fit(timed, checked.lines())), checked.rows());
    }

    /** Other times, or other events. */
    private void events(Variation variation, Dataset<Row> events, Column accepted) {
        Column key = xxhash64(col(EventVariables.RUN), col(EventVariables.EVENT));
        try (TimedEvents timed = TimedEvents.of(events.filter(PASSES), boards, List.of(accepted), key)) {
            vary(variation, timed, Selection.at(0), walk);
        }
    }

    /** Fits and widths as {@link WalkStage} and {@link ResolutionStage} have them, at the end only. */
    private void vary(Variation variation, TimedEvents events, Selection accepted, TimeWalkSettings settings) {
        Selection only = Selection.at(0);
        TimedEvents kept = events.without(new double[0][]).marked(accepted);
        TimeWalk.Solution solution = solve(kept, settings);
        Double limit = settings.residualCut();
        if (settings.fit() == TimeWalkSettings.Fit.JOINT
                && limit != null
                && !solution.states().isEmpty()) {
            TimedEvents before = view(kept, solution);
            List<WalkState> states = solution.states();
            DifferenceSums all = before.sum(only, () -> new DifferenceSums(3, 1, states));
            ResidualCut cut = ResidualCut.of(states.get(0), all.cores(0, 0), limit);
            kept = before.marked((toa, tot, mask) -> cut.keeps(toa, tot) ? accepted.steps(toa, tot, mask) : 0)
                    .without(new double[0][]);
            solution = solve(kept, settings);
        }
        if (solution.states().isEmpty()) {
            String why = solution.remark();
            boards.forEach(b -> rows.add(Systematic.none(variation, b, why)));
            return;
        }
        List<WalkState> end = List.of(solution.states().get(solution.states().size() - 1));
        TimedEvents seen = view(kept, solution);
        DifferenceSums differences = seen.sum(only, () -> new DifferenceSums(3, 1, end));
        PairAxis[][][] axes = BootstrapSums.axes(differences, 3);
        Draws weights = draws;
        BootstrapSums bootstrap = seen.sum(only, () -> new BootstrapSums(end, weights, axes));
        add(variation, Resolution.of(differences, bootstrap, 0, 0, solution.freedom()));
    }

    private TimeWalk.Solution solve(TimedEvents events, TimeWalkSettings settings) {
        return new TimeWalk(events, Selection.at(0), boards, settings, plan.alignedRuns()).solve(TimeWalk.unknown(3));
    }

    private TimedEvents view(TimedEvents events, TimeWalk.Solution solution) {
        return events.without(solution.delays().values(plan.alignedRuns(), 3));
    }

    private void add(Variation variation, List<Resolution> found) {
        for (Resolution r : found) {
            rows.add(Systematic.of(variation, boards.get(r.board()), r, nominal.get(r.board())));
        }
    }
}
