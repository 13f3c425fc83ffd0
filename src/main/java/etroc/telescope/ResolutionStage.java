package etroc.telescope;

import etroc.pipeline.Context;
import etroc.store.Table;
import etroc.telescope.calibration.Calibration;
import etroc.telescope.calibration.TimedEvents;
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
    private final TelescopeSettings settings;
    private final TimedEvents events;
    private final List<Integer> boards;

    ResolutionStage(Context context, TelescopeSettings settings, TimedEvents events, List<Integer> boards) {
        this.context = context;
        this.settings = settings;
        this.events = events;
        this.boards = boards;
    }

    /**
     * What was found.
     *
     * @param tables {@code timing_info} and {@code resolution_correlation}
     * @param sums of all steps, uncorrected and after each iteration
     */
    record Found(List<Table> tables, DifferenceSums sums) {}

    Found find(WalkStage.Walk walk, List<Calibration> calibrations, TelescopeTables all) {
        List<WalkState> states = new ArrayList<>(List.of(WalkState.UNCORRECTED));
        states.addAll(walk.solution().states());
        int boardCount = boards.size();
        int stepCount = walk.steps().size();
        DifferenceSums sums = context.step(
                "time differences",
                () -> events.sum(walk.selection(), () -> new DifferenceSums(boardCount, stepCount, states)));
        BootstrapSums bootstrap = bootstrap(walk, states, sums);
        Table timing = TelescopeTables.timing();
        Table correlations = TelescopeTables.correlations();
        double[] bins = binWidths(calibrations);
        for (int k = 0; k < stepCount; k++) {
            for (int s = 0; s < states.size(); s++) {
                List<Resolution> resolutions = Resolution.of(sums, k, s, bootstrap);
                all.addTiming(timing, correlations, walk.steps().get(k), s - 1, resolutions, bins);
            }
        }
        return new Found(List.of(timing, correlations), sums);
    }

    /** Null where there is nothing to draw from, or no formula. */
    private @Nullable BootstrapSums bootstrap(WalkStage.Walk walk, List<WalkState> states, DifferenceSums sums) {
        int replicas = settings.bootstrap().replicas();
        int stepCount = walk.steps().size();
        if (boards.size() != 3 || sums.events(stepCount - 1) <= 1 || replicas == 0) {
            return null;
        }
        long seed = settings.bootstrap().seed();
        return context.step("bootstrap", () -> {
            BootstrapSums.Widths widths = BootstrapSums.widths(sums, boards.size(), stepCount, states.size());
            return events.sum(walk.selection(), () -> new BootstrapSums(states, replicas, seed, widths));
        });
    }

    private double[] binWidths(List<Calibration> calibrations) {
        boolean mode = settings.calibration() == TelescopeSettings.CalibrationMethod.MODE;
        return calibrations.stream()
                .mapToDouble(c -> Calibration.binWidth(mode ? c.mode() : c.mean()))
                .toArray();
    }
}
