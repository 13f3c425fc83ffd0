package etroc.scan;

import etroc.runs.BoardSetting;
import etroc.runs.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which board's threshold moves in which run (src/docs/analysis.md, section 1, step 6).
 *
 * @param resting threshold at rest by board [DAC counts]; a board without one is scanned in all runs
 * @param ofRun scanned boards by run
 * @param ofNoBoard runs in which every board rests and that belong to no scan
 */
public record ScannedBoards(Map<Integer, Integer> resting, Map<String, Set<Integer>> ofRun, List<String> ofNoBoard) {
    /** A threshold rests if at least so many runs share it with the board's other settings ... */
    private static final int MIN_RUNS_AT_REST = 3;
    /** ... and so many times more than share the next one. */
    private static final int REST_DOMINATES = 2;

    /**
     * Finds the scanned boards.
     *
     * @param configured thresholds at rest as the settings name them; other boards are looked at
     */
    public static ScannedBoards find(List<Run> runs, Map<Integer, Integer> configured) {
        Map<Integer, Integer> resting = new TreeMap<>();
        boards(runs).forEach(board -> {
            Integer threshold = configured.containsKey(board) ? configured.get(board) : restingThreshold(runs, board);
            if (threshold != null) {
                resting.put(board, threshold);
            }
        });
        return new Assignment(runs, resting).assign();
    }

    /** Whether a board is scanned in a run. */
    public boolean isScanned(String run, int board) {
        return ofRun.getOrDefault(run, Set.of()).contains(board);
    }

    private static Set<Integer> boards(List<Run> runs) {
        return runs.stream()
                .flatMap(r -> r.boards().stream())
                .map(BoardSetting::board)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static @Nullable Integer restingThreshold(List<Run> runs, int board) {
        record Own(@Nullable Integer phase, BoardSetting setting) {}
        Map<Own, Integer> runsOfSetting = new HashMap<>();
        for (Run run : runs) {
            BoardSetting setting = run.setting(board);
            if (setting != null && setting.threshold() != null) {
                runsOfSetting.merge(new Own(run.phase(), setting), 1, Integer::sum);
            }
        }
        Map<Integer, Integer> mostRuns = new HashMap<>();
        runsOfSetting.forEach((own, n) -> {
            Integer threshold = own.setting().threshold();
            if (threshold != null) {
                mostRuns.merge(threshold, n, Math::max);
            }
        });
        if (mostRuns.size() == 1) {
            return mostRuns.keySet().iterator().next();
        }
        List<Map.Entry<Integer, Integer>> byRuns = mostRuns.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
                .toList();
        boolean rests = byRuns.size() > 1
                && byRuns.get(0).getValue() >= MIN_RUNS_AT_REST
                && byRuns.get(0).getValue() >= REST_DOMINATES * byRuns.get(1).getValue();
        return rests ? byRuns.get(0).getKey() : null;
    }

    private static final class Assignment {
        private final List<Run> runs;
        private final Map<Integer, Integer> resting;
        private final Map<String, Set<Integer>> ofRun = new TreeMap<>();
        private final List<String> ofNoBoard = new ArrayList<>();

        Assignment(List<Run> runs, Map<Integer, Integer> resting) {
            this.runs = runs;
            this.resting = resting;
        }

        ScannedBoards assign() {
            List<Run> allAtRest = new ArrayList<>();
            for (Run run : runs) {
                Set<Integer> boards = run.boards().stream()
                        .filter(b -> !Objects.equals(resting.get(b.board()), b.threshold()))
                        .map(BoardSetting::board)
                        .collect(Collectors.toCollection(TreeSet::new));
                if (boards.isEmpty()) {
                    allAtRest.add(run);
                } else {
                    ofRun.put(run.name(), boards);
                }
            }
            Map<Integer, Integer> restingCharges = restingCharges();
            Map<Curve, IntSummaryStatistics> moved = movedThresholds();
            for (Run run : allAtRest) {
                Set<Integer> boards = boardsOf(run, restingCharges, moved);
                if (boards.isEmpty()) {
                    ofNoBoard.add(run.name());
                } else {
                    ofRun.put(run.name(), boards);
                }
            }
            return new ScannedBoards(resting, ofRun, ofNoBoard);
        }

        private Set<Integer> boardsOf(
                Run run, Map<Integer, Integer> restingCharges, Map<Curve, IntSummaryStatistics> moved) {
            Set<Integer> otherCharge = run.boards().stream()
                    .filter(b -> !Objects.equals(restingCharges.get(b.board()), b.charge()))
                    .map(BoardSetting::board)
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!otherCharge.isEmpty()) {
                return otherCharge;
            }
            return run.boards().stream()
                    .filter(b -> liesWithin(moved.get(Curve.of(run, b)), b.threshold()))
                    .map(BoardSetting::board)
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        /** The charge of most runs at the resting threshold; the smallest of equals. */
        private Map<Integer, Integer> restingCharges() {
            Map<Integer, Map<Integer, Integer>> counts = new TreeMap<>();
            for (Run run : runs) {
                for (BoardSetting b : run.boards()) {
                    if (b.charge() != null && Objects.equals(resting.get(b.board()), b.threshold())) {
                        counts.computeIfAbsent(b.board(), k -> new TreeMap<>()).merge(b.charge(), 1, Integer::sum);
                    }
                }
            }
            Map<Integer, Integer> charges = new TreeMap<>();
            counts.forEach((board, byCharge) -> {
                int most = byCharge.values().stream().mapToInt(n -> n).max().orElse(0);
                byCharge.entrySet().stream()
                        .filter(e -> e.getValue() == most)
                        .findFirst()
                        .ifPresent(e -> charges.put(board, e.getKey()));
            });
            return charges;
        }

        /** Thresholds of each curve in the runs that moved its board. */
        private Map<Curve, IntSummaryStatistics> movedThresholds() {
            Map<Curve, IntSummaryStatistics> thresholds = new HashMap<>();
            for (Run run : runs) {
                Set<Integer> moved = ofRun.getOrDefault(run.name(), Set.of());
                for (BoardSetting b : run.boards()) {
                    if (b.threshold() != null && moved.contains(b.board())) {
                        thresholds
                                .computeIfAbsent(Curve.of(run, b), c -> new IntSummaryStatistics())
                                .accept(b.threshold());
                    }
                }
            }
            return thresholds;
        }

        private static boolean liesWithin(@Nullable IntSummaryStatistics scan, @Nullable Integer threshold) {
            return scan != null && threshold != null && scan.getMin() < threshold && threshold < scan.getMax();
        }
    }

    /** What the points of one curve share. */
    private record Curve(
            @Nullable Integer phase,
            int board,
            @Nullable String pixel,
            @Nullable Integer charge) {
        static Curve of(Run run, BoardSetting b) {
            return new Curve(run.phase(), b.board(), b.pixel(), b.charge());
        }
    }
}
