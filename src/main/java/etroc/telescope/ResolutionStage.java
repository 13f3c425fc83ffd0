package etroc.telescope;

import etroc.passes.HistogramBin;
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
        context.rows(EventBins.HISTOGRAMS, HistogramBin.class, differences(sums, boards));
        Steps steps = context.find(Steps.class);
        List<EventBins.Flag> flags = steps.flags(steps.accepted().and(stage.walk.kept()));
        EventsTables.bin(context, steps.events(), flags, stage.bins(flags.size(), sums));
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

    /** Planes of time differences around their means, where there is a correction. */
    private EventHistograms.Plan bins(int steps, DifferenceSums sums) {
        int n = boards.size();
        WalkState corrected = walk.last();
        if (corrected == null || sums.events(sums.steps() - 1) < 2) {
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

    /** The time differences of each board and the next, before and after the correction, around their cores. */
    private static List<HistogramBin> differences(DifferenceSums sums, List<Integer> boards) {
        int last = sums.steps() - 1;
        int pairs = boards.size() == 2 ? 1 : boards.size();
        List<HistogramBin> bins = new ArrayList<>();
        for (int state : sums.states() == 1 ? List.of(0) : List.of(0, sums.states() - 1)) {
            for (int b = 0; b < pairs; b++) {
                int board = boards.get(b);
                int next = boards.get((b + 1) % boards.size());
                for (DifferenceSums.Bin bin : sums.coarse(last, state, b)) {
                    bins.add(new HistogramBin(
                            "time_difference_ns",
                            Math.min(state, 1),
                            state == 0 ? "uncorrected" : "corrected",
                            board,
                            next,
                            bin.low(),
                            bin.high(),
                            bin.count()));
                }
            }
        }
        return bins;
    }
}
