package etroc.telescope;

import etroc.pipeline.Context;
import etroc.pipeline.Stage;
import etroc.telescope.resolution.BootstrapSums;
import etroc.telescope.resolution.DifferenceSums;
import etroc.telescope.resolution.Resolution;
import etroc.telescope.walk.WalkState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Time resolution of each board at every step and iteration. */
final class ResolutionStage {
    private final Context context;
    private final TelescopePlan plan;
    private final WalkStage.Walk walk;
    private final List<Integer> boards;
    private final List<TimingInfo> timing = new ArrayList<>();
    private final List<ResolutionCorrelation> correlations = new ArrayList<>();

    private ResolutionStage(Context context, TelescopePlan plan, List<Integer> boards) {
        this.context = context;
        this.plan = plan;
        this.walk = context.find(WalkStage.Walk.class);
        this.boards = boards;
    }

    static Stage stage(TelescopePlan plan) {
        return Stage.of("resolution", ResolutionStage.class, context -> run(context, plan))
                .dependingOn(plan.job(), "telescope.bootstrap");
    }

    private static void run(Context context, TelescopePlan plan) {
        List<Integer> boards = context.find(EventsStage.Events.class).boards();
        if (boards.size() < 2) {
            return;
        }
        ResolutionStage stage = new ResolutionStage(context, plan, boards);
        DifferenceSums sums = stage.resolutions();
        context.rows(TimingInfo.TABLE, TimingInfo.class, stage.timing);
        context.rows(ResolutionCorrelation.TABLE, ResolutionCorrelation.class, stage.correlations);
        new EventBins(context, boards).differences(sums);
        Steps steps = context.find(Steps.class);
        EventsTables.bin(
                context, steps.events(), steps.flags(steps.accepted().and(stage.walk.kept())), stage.walk.last(), sums);
    }

    private DifferenceSums resolutions() {
        List<WalkState> states = new ArrayList<>(List.of(WalkState.UNCORRECTED));
        states.addAll(walk.solution().states());
        int boardCount = boards.size();
        int stepCount = walk.steps().size();
        DifferenceSums sums = context.step(
                "time differences",
                () -> walk.events().sum(walk.selection(), () -> new DifferenceSums(boardCount, stepCount, states)));
        BootstrapSums bootstrap = bootstrap(states, sums);
        double[] bins = context.find(CutsStage.Calibrated.class).calibrations().stream()
                .mapToDouble(c -> c.usedBinWidth(plan.settings().calibration()))
                .toArray();
        for (int k = 0; k < stepCount; k++) {
            for (int s = 0; s < states.size(); s++) {
                for (Resolution r : Resolution.of(sums, k, s, bootstrap)) {
                    add(walk.steps().get(k), s - 1, r, bins[r.board()]);
                }
            }
        }
        return sums;
    }

    private void add(Step step, int iteration, Resolution r, double bin) {
        int board = boards.get(r.board());
        timing.add(TimingInfo.of(step, iteration, board, r, bin, plan.bias()));
        for (int j = 0; j < r.correlation().length; j++) {
            if (j != r.board()) {
                correlations.add(new ResolutionCorrelation(
                        step.order(), step.name(), iteration, board, boards.get(j), r.correlation()[j]));
            }
        }
    }

    /** Null where there is nothing to draw from, or no formula. */
    private @Nullable BootstrapSums bootstrap(List<WalkState> states, DifferenceSums sums) {
        int replicas = plan.settings().bootstrap().replicas();
        int stepCount = walk.steps().size();
        if (boards.size() != 3 || sums.events(stepCount - 1) <= 1 || replicas == 0) {
            return null;
        }
        long seed = plan.settings().bootstrap().seed();
        return context.step("bootstrap", () -> {
            BootstrapSums.Widths widths = BootstrapSums.widths(sums, boards.size(), stepCount, states.size());
            return walk.events().sum(walk.selection(), () -> new BootstrapSums(states, replicas, seed, widths));
        });
    }
}
