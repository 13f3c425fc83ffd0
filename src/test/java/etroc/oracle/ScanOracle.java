package etroc.oracle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which boards a run scans, by the words of the specification. */
final class ScanOracle {
    /** How a board is set in a run; runs differ in their place. */
    record Setting(int run, int phase, int board, String pixel, int charge, int threshold) {
        String curve() {
            return phase + " " + board + " " + pixel + " " + charge;
        }
    }

    private final List<Setting> settings;
    private final Map<Integer, Integer> resting = new HashMap<>();
    private final Map<Integer, Integer> restingCharge = new HashMap<>();
    /** Scanned boards of the runs that are not at rest. */
    private final Map<Integer, Set<Integer>> moved = new TreeMap<>();

    ScanOracle(List<Setting> settings) {
        this.settings = settings;
        boards().forEach(b -> {
            Integer threshold = restingThreshold(b);
            if (threshold != null) {
                resting.put(b, threshold);
            }
        });
        boards().forEach(b -> charge(b));
        for (Setting s : settings) {
            if (!Objects.equals(resting.get(s.board), s.threshold)) {
                moved.computeIfAbsent(s.run, r -> new TreeSet<>()).add(s.board);
            }
        }
    }

    private Set<Integer> boards() {
        return settings.stream().map(Setting::board).collect(Collectors.toCollection(TreeSet::new));
    }

    private Integer restingThreshold(int board) {
        Map<Integer, Map<String, Integer>> counts = new HashMap<>();
        settings.stream()
                .filter(s -> s.board == board)
                .forEach(s -> counts.computeIfAbsent(s.threshold, t -> new HashMap<>())
                        .merge(s.curve(), 1, Integer::sum));
        if (counts.size() == 1) {
            return counts.keySet().iterator().next();
        }
        Map<Integer, Integer> most = new HashMap<>();
        counts.forEach((t, of) ->
                most.put(t, of.values().stream().max(Comparator.naturalOrder()).orElseThrow()));
        List<Integer> order = new ArrayList<>(most.keySet());
        order.sort(Comparator.comparing((Integer t) -> -most.get(t)));
        int first = most.get(order.get(0));
        return first >= 3 && first >= 2 * most.get(order.get(1)) ? order.get(0) : null;
    }

    private void charge(int board) {
        Map<Integer, Long> counts = settings.stream()
                .filter(s -> s.board == board && Objects.equals(resting.get(board), s.threshold))
                .collect(Collectors.groupingBy(Setting::charge, TreeMap::new, Collectors.counting()));
        counts.entrySet().stream()
                .max(Map.Entry.<Integer, Long>comparingByValue().thenComparing(e -> -e.getKey()))
                .ifPresent(e -> restingCharge.put(board, e.getKey()));
    }

    /** Boards that a run counts for. */
    Set<Integer> scanned(int run) {
        if (moved.containsKey(run)) {
            return moved.get(run);
        }
        List<Setting> own = settings.stream().filter(s -> s.run == run).toList();
        Set<Integer> otherCharge = own.stream()
                .filter(s -> restingCharge.get(s.board) != s.charge)
                .map(Setting::board)
                .collect(Collectors.toSet());
        if (!otherCharge.isEmpty()) {
            return otherCharge;
        }
        return own.stream()
                .filter(s -> onSide(s, -1) && onSide(s, 1))
                .map(Setting::board)
                .collect(Collectors.toSet());
    }

    private boolean onSide(Setting s, int side) {
        return settings.stream()
                .anyMatch(o -> moved.getOrDefault(o.run, Set.of()).contains(o.board)
                        && o.curve().equals(s.curve())
                        && Integer.signum(o.threshold - s.threshold) == side);
    }
}
