package etroc.telescope;

import etroc.passes.HistogramBin;
import etroc.pipeline.Context;
import etroc.pipeline.Stage;
import etroc.telescope.ResolutionRemarks.Remark;
import etroc.telescope.resolution.BootstrapSums;
import etroc.telescope.resolution.Both;
import etroc.telescope.resolution.ClosureSums;
import etroc.telescope.resolution.DifferenceSums;
import etroc.telescope.resolution.Draws;
import etroc.telescope.resolution.PairAxis;
import etroc.telescope.resolution.ParticleTime;
import etroc.telescope.resolution.Resolution;
import etroc.telescope.resolution.TimeQuantiles;
import etroc.telescope.walk.FitFreedom;
import etroc.telescope.walk.WalkState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Time resolution of each board at every step and iteration, and what the data say about it. */
final class ResolutionStage {
    private final Context context;
    private final TelescopePlan plan;
    private final WalkStage.Walk walk;
    private final List<Integer> boards;
    private final List<WalkState> states;
    /** Number of the last step. */
    private final int last;
    /** Number of the last state. */
    private final int end;

    /** Sums over the kept events. */
    private record Sums(
            DifferenceSums differences,
            BootstrapSums bootstrap,
            TimeQuantiles quantiles,
            ParticleTime time,
            Draws draws) {}

    private ResolutionStage(Context context, TelescopePlan plan, List<Integer> boards) {
        this.context = context;
        this.plan = plan;
        this.walk = context.find(WalkStage.Walk.class);
        this.boards = boards;
        this.states = new ArrayList<>(List.of(WalkState.UNCORRECTED));
        states.addAll(walk.solution().states());
        last = walk.steps().size() - 1;
        end = states.size() - 1;
    }

    static Stage stage(TelescopePlan plan) {
        return Stage.of("resolution", ResolutionStage.class, context -> run(context, plan))
                .dependingOn(plan.job(), "telescope.bootstrap", "telescope.systematics");
    }

    private static void run(Context context, TelescopePlan plan) {
        List<Integer> boards = context.find(EventsStage.Events.class).boards();
        if (boards.size() >= 2) {
            new ResolutionStage(context, plan, boards).run();
        }
    }

    private void run() {
        Sums sums = sums();
        List<List<List<Resolution>>> all = new ArrayList<>();
        for (int k = 0; k <= last; k++) {
            all.add(new ArrayList<>());
            for (int s = 0; s <= end; s++) {
                FitFreedom freedom = s == 0 ? FitFreedom.NONE : walk.solution().freedom();
                all.get(k).add(Resolution.of(sums.differences, sums.bootstrap, k, s, freedom));
            }
        }
        context.rows(EventBins.HISTOGRAMS, HistogramBin.class, differences(sums.differences, boards, binWidths()));
        Steps steps = context.find(Steps.class);
        List<EventBins.Flag> flags = steps.flags(steps.accepted().and(walk.kept()));
        Map<String, List<DriftSums.Slice>> slices =
                EventsTables.bin(context, steps.events(), flags, bins(flags.size(), sums.differences));
        List<ClosureRow> closure = end == 0 ? List.of() : closure(sums);
        List<ConstancyRow> constancy = end == 0 ? List.of() : constancy(slices);
        context.rows(ClosureRow.TABLE, ClosureRow.class, closure);
        context.rows(ConstancyRow.TABLE, ConstancyRow.class, constancy);
        Remarks remarks = context.find(Remarks.class);
        for (Remark r : new ResolutionRemarks(boards, all.get(last).get(end), closure, constancy).all()) {
            remarks.say(context, "resolution", r.board() < 0 ? Remarks.ALL : boards.get(r.board()), r.text());
        }
        write(all, remarks);
        if (plan.settings().systematics() && boards.size() == 3 && end > 0) {
            List<Resolution> nominal = all.get(last).get(end);
            Systematics systematics = new Systematics(context, plan, boards, nominal, sums.draws);
            context.rows(Systematic.TABLE, Systematic.class, context.step("systematics", systematics::rows));
        }
    }

    /** Two passes: where the differences lie, then in bins that are fine there. */
    private Sums sums() {
        int boardCount = boards.size();
        int stepCount = last + 1;
        int lastStep = last;
        List<WalkState> of = states;
        DifferenceSums differences = context.step(
                "time differences",
                () -> walk.events().sum(walk.selection(), () -> new DifferenceSums(boardCount, stepCount, of)));
        PairAxis[][][] axes = BootstrapSums.axes(differences, boardCount);
        TelescopeSettings.Bootstrap settings = plan.settings().bootstrap();
        Draws draws = Draws.of(settings.seed(), boardCount == 3 ? settings.replicas() : 0, differences.mostEvents());
        ParticleTime time = ParticleTime.of(states.get(end), WalkStage.variances(differences, last, end));
        Both<BootstrapSums, TimeQuantiles> both = context.step(
                "bootstrap",
                () -> walk.events()
                        .sum(
                                walk.selection(),
                                () -> new Both<>(
                                        new BootstrapSums(of, draws, axes), new TimeQuantiles(time, lastStep))));
        return new Sums(differences, both.first(), both.second(), time, draws);
    }

    /** Width of the TDC's bins of each board [ns]. */
    private double[] binWidths() {
        return context.find(CutsStage.Calibrated.class).calibrations().stream()
                .mapToDouble(c -> c.usedBinWidth(plan.settings().calibration()))
                .toArray();
    }

    private void write(List<List<List<Resolution>>> all, Remarks remarks) {
        double[] bins = binWidths();
        List<TimingInfo> timing = new ArrayList<>();
        List<ResolutionCorrelation> correlations = new ArrayList<>();
        for (int k = 0; k <= last; k++) {
            Step step = walk.steps().get(k);
            for (int s = 0; s <= end; s++) {
                boolean isFinal = k == last && s == end;
                List<Resolution> own = all.get(k).get(s);
                for (Resolution r : own) {
                    int board = boards.get(r.board());
                    String remark = Stream.concat(
                                    Stream.of(r.remark()), isFinal ? remarks.of(board) : Stream.<String>of())
                            .filter(text -> !text.isEmpty())
                            .distinct()
                            .collect(Collectors.joining("; "));
                    timing.add(TimingInfo.of(step, s - 1, board, r, bins[r.board()], plan.bias(), remark));
                    for (Resolution other : r.replicas().length == 0 ? List.<Resolution>of() : own) {
                        if (other.board() != r.board()) {
                            int otherBoard = boards.get(other.board());
                            correlations.add(new ResolutionCorrelation(
                                    step.order(), step.name(), s - 1, board, otherBoard, r.correlation(other)));
                        }
                    }
                }
            }
        }
        context.rows(TimingInfo.TABLE, TimingInfo.class, timing);
        context.rows(ResolutionCorrelation.TABLE, ResolutionCorrelation.class, correlations);
    }

    private List<ClosureRow> closure(Sums sums) {
        int n = boards.size();
        PairAxis[] axes = new PairAxis[n];
        for (int i = 0; i < n; i++) {
            double half = sums.differences.axis(last, end, i).half();
            axes[i] = new PairAxis(sums.differences.deltaMean(last, end, i), half, 1);
        }
        int lastStep = last;
        ParticleTime time = sums.time;
        TimeQuantiles quantiles = sums.quantiles;
        ClosureSums found = context.step(
                "closure",
                () -> walk.events().sum(walk.selection(), () -> new ClosureSums(time, lastStep, quantiles, axes)));
        List<ClosureRow> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            for (String against : n > 2 ? List.of(ProfileBin.TOT, ProfileBin.PARTICLE_TIME) : List.of(ProfileBin.TOT)) {
                boolean againstTime = against.equals(ProfileBin.PARTICLE_TIME);
                int fitted = againstTime ? 0 : plan.settings().timeWalk().degree();
                ClosureSums.Closure closure = found.closure(i, againstTime, fitted);
                rows.add(ClosureRow.of(boards.get(i), against, closure));
                context.rows(ProfileBin.TABLE, ProfileBin.class, ProfileBin.of(against, boards.get(i), closure));
            }
        }
        return rows;
    }

    private List<ConstancyRow> constancy(Map<String, List<DriftSums.Slice>> slices) {
        return Constancy.of(
                slices,
                boards,
                new SliceCodeErrors(
                        context.find(CutsStage.Calibrated.class).all(),
                        plan.settings().calibration(),
                        boards));
    }

    /** Planes of time differences around their means, where there is a correction. */
    private EventHistograms.Plan bins(int steps, DifferenceSums sums) {
        int n = boards.size();
        WalkState corrected = walk.last();
        if (corrected == null || sums.events(last) < 2) {
            return EventHistograms.Plan.ofCodes(n, steps);
        }
        double[] center = new double[n];
        double[] reach = new double[n];
        PairAxis[] pairs = new PairAxis[n];
        for (int b = 0; b < n; b++) {
            center[b] = sums.deltaMean(last, 0, b);
            reach[b] =
                    Math.max(0.05, 5 * sums.deltaWidths(last, 0)[b] + Math.abs(center[b] - sums.deltaMean(last, 1, b)));
            pairs[b] = sums.axis(last, end, b);
        }
        return new EventHistograms.Plan(n, steps, binWidths(), corrected, center, reach, pairs);
    }

    /** The time differences of each board and the next, before and after the correction, around their cores. */
    private static List<HistogramBin> differences(DifferenceSums sums, List<Integer> boards, double[] binWidths) {
        int last = sums.steps() - 1;
        int pairs = boards.size() == 2 ? 1 : boards.size();
        List<HistogramBin> bins = new ArrayList<>();
        for (int state : sums.states() == 1 ? List.of(0) : List.of(0, sums.states() - 1)) {
            for (int b = 0; b < pairs; b++) {
                int board = boards.get(b);
                int next = boards.get((b + 1) % boards.size());
                for (DifferenceSums.Bin bin :
                        sums.coarse(last, state, b, binWidths[b], binWidths[(b + 1) % boards.size()])) {
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
