package etroc.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Events of one run, from all of its hits in a list. An event is an array of hits by slot of the pattern, null where it has none. */
final class Builder {
    private final List<Hit> hits;
    private final List<Integer> pattern;

    Builder(List<Hit> hits, List<Integer> pattern) {
        this.hits = hits;
        this.pattern = pattern;
    }

    /** Places where consecutive boards equal the pattern; the earliest of those that overlap. */
    List<Hit[]> sequence() {
        List<Hit[]> events = new ArrayList<>();
        int at = 0;
        while (at + pattern.size() <= hits.size()) {
            List<Hit> some = hits.subList(at, at + pattern.size());
            boolean found = some.stream().map(Hit::board).toList().equals(pattern);
            if (found) {
                events.add(some.toArray(Hit[]::new));
            }
            at += found ? pattern.size() : 1;
        }
        return events;
    }

    /** The best candidates first, each hit once, then with a board fewer. */
    List<Hit[]> coincidence(int window, int toaWindow, int required) {
        TreeMap<Integer, Hit[]> events = new TreeMap<>();
        Set<Integer> used = new HashSet<>();
        for (int boards = pattern.size(); boards >= required; boards--) {
            List<int[]> candidates = new ArrayList<>();
            for (int mask = 0; mask < 1 << pattern.size(); mask++) {
                if (Integer.bitCount(mask) == boards) {
                    grow(candidates, slots(mask), new int[0], window, toaWindow, used);
                }
            }
            candidates.sort(best());
            for (int[] c : candidates) {
                if (Arrays.stream(c).noneMatch(used::contains)) {
                    Arrays.stream(c).forEach(used::add);
                    Hit[] event = new Hit[pattern.size()];
                    Arrays.stream(c)
                            .forEach(row -> event[pattern.indexOf(hits.get(row).board())] = hits.get(row));
                    events.put(Arrays.stream(c).min().orElseThrow(), event);
                }
            }
        }
        return new ArrayList<>(events.values());
    }

    private int[] slots(int mask) {
        return IntStream.range(0, pattern.size())
                .filter(s -> (mask >> s & 1) == 1)
                .toArray();
    }

    /** Candidates as rows in the order of the pattern. */
    private void grow(List<int[]> candidates, int[] slots, int[] rows, int window, int toaWindow, Set<Integer> used) {
        if (rows.length == slots.length) {
            candidates.add(rows);
            return;
        }
        int from = rows.length == 0 ? 0 : Math.max(0, rows[0] - window);
        int to = rows.length == 0 ? hits.size() : Math.min(hits.size(), rows[0] + window + 1);
        for (int row = from; row < to; row++) {
            int[] more = Arrays.copyOf(rows, rows.length + 1);
            more[rows.length] = row;
            boolean fits = hits.get(row).board() == pattern.get(slots[rows.length])
                    && !used.contains(row)
                    && spread(Arrays.stream(more)) <= window
                    && (toaWindow < 0
                            || spread(Arrays.stream(more).map(r -> hits.get(r).toa())) <= toaWindow);
            if (fits) {
                grow(candidates, slots, more, window, toaWindow, used);
            }
        }
    }

    private static int spread(IntStream values) {
        int[] sorted = values.sorted().toArray();
        return sorted[sorted.length - 1] - sorted[0];
    }

    private Comparator<int[]> best() {
        return Comparator.comparing(
                        (int[] c) -> !Arrays.equals(c, Arrays.stream(c).sorted().toArray()))
                .thenComparing(c -> spread(Arrays.stream(c)))
                .thenComparing(c -> Arrays.stream(c).min().orElseThrow())
                .thenComparing(this::byBoard, Arrays::compare);
    }

    private int[] byBoard(int[] rows) {
        return Arrays.stream(rows)
                .boxed()
                .sorted(Comparator.comparing(r -> hits.get(r).board()))
                .mapToInt(r -> r)
                .toArray();
    }
}
