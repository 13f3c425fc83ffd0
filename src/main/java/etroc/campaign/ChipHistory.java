package etroc.campaign;

import etroc.store.Tables;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a campaign has of a telescope of ETROC2: the resolutions of the largest set of boards, as those of any telescope. */
record ChipHistory(long hits, long events, List<Resolution> resolutions) {
    private record Flow(long hits) {}

    private record HitCount(String per, @Nullable Integer dataBoardId, long count) {}

    private record Step(
            String boards,
            String step,
            int dataBoardId,
            long events,
            double sigmaNs,
            double sigmaUncNs,
            double intrinsicNs,
            String remark) {}

    /** Whether a result is of such a telescope. */
    static boolean has(Tables tables) {
        return tables.has("hit_flow");
    }

    static ChipHistory of(Tables tables) {
        List<Step> steps = tables.has("board_resolution") ? tables.as("board_resolution", Step.class) : List.of();
        return new ChipHistory(
                tables.as("hit_flow", Flow.class).stream().mapToLong(Flow::hits).sum(),
                tables.as("hit_counts", HitCount.class).stream()
                        .filter(c -> c.per.equals("event") && c.dataBoardId == null)
                        .mapToLong(HitCount::count)
                        .sum(),
                steps.stream()
                        .filter(s -> s.step.equals("core") && s.boards.equals(steps.get(0).boards))
                        .map(core -> resolution(core, steps))
                        .toList());
    }

    private static Resolution resolution(Step core, List<Step> steps) {
        Step walk = steps.stream()
                .filter(s -> s.step.equals("walk") && s.boards.equals(core.boards) && s.dataBoardId == core.dataBoardId)
                .findFirst()
                .orElse(null);
        return new Resolution(
                core.dataBoardId,
                core.events,
                core.sigmaNs,
                core.sigmaUncNs,
                Double.NaN,
                walk == null ? Double.NaN : walk.sigmaNs,
                walk == null ? Double.NaN : walk.sigmaUncNs,
                Double.NaN,
                walk == null ? Double.NaN : walk.intrinsicNs,
                Double.NaN,
                core.remark);
    }
}
