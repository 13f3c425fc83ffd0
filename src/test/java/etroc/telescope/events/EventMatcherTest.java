package etroc.telescope.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import etroc.telescope.events.EventMatcher.Matches;
import etroc.telescope.events.EventMatcher.NeighboursMatter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Matchers against builders that take a whole run at once and share no code with them; and blocks against whole runs. */
class EventMatcherTest {
    private static final int[] IDS = {0, 1, 3};

    private static int[][] run(long seed, int hits) {
        return run(seed, hits, IDS);
    }

    private static int[][] run(long seed, int hits, int[] ids) {
        Random random = new Random(seed);
        int[] board = new int[hits];
        int[] toa = new int[hits];
        int time = 250;
        for (int i = 0; i < hits; i++) {
            // mostly 0 1 3 of one time, now and then anything
            board[i] = random.nextInt(5) == 0 ? ids[random.nextInt(ids.length)] : ids[i % ids.length];
            time = i % ids.length == 0 ? 100 + random.nextInt(400) : time;
            toa[i] = random.nextInt(8) == 0 ? 100 + random.nextInt(400) : time + random.nextInt(20);
        }
        return new int[][] {board, toa};
    }

    private static HitBlock whole(int[][] run) {
        return new HitBlock(0, run[0], run[1], 0, run[0].length, true, true);
    }

    private static List<String> text(List<int[]> events, int offset) {
        return events.stream()
                .map(e -> Arrays.stream(e)
                        .mapToObj(i -> i < 0 ? "-" : "" + (i + offset))
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    /** Scans from the left, as the old script does. */
    private static List<String> sequenceOracle(int[] board, List<Integer> pattern) {
        List<String> events = new ArrayList<>();
        int i = 0;
        while (i + pattern.size() <= board.length) {
            List<Integer> here =
                    Arrays.stream(board, i, i + pattern.size()).boxed().toList();
            if (here.equals(pattern)) {
                List<String> rows = new ArrayList<>();
                for (int k = 0; k < pattern.size(); k++) {
                    rows.add("" + (i + k));
                }
                events.add(String.join(" ", rows));
                i += pattern.size();
            } else {
                i++;
            }
        }
        return events;
    }

    @ParameterizedTest
    @ValueSource(strings = {"0,1,3", "0,1", "0,3,1", "0,0", "0,1,0", "1"})
    void sequenceAgreesWithAScanFromTheLeft(String pattern) throws Exception {
        List<Integer> ids =
                Arrays.stream(pattern.split(",")).map(Integer::valueOf).toList();
        for (int seed = 0; seed < 50; seed++) {
            int[][] run = run(seed, 300);
            assertThat(text(new SequenceMatcher(ids).match(whole(run)).events(), 0))
                    .isEqualTo(sequenceOracle(run[0], ids));
        }
    }

    private record Found(List<String> events, long lost) {}

    /** Every set of hits, every order of the specification, taken one by one over the whole run. */
    private static Found coincidenceOracle(
            int[][] run, List<Integer> pattern, int window, int toaWindow, int required) {
        Set<Integer> used = new HashSet<>();
        Set<Integer> inCandidate = new HashSet<>();
        List<int[]> events = new ArrayList<>();
        for (int n = pattern.size(); n >= required; n--) {
            List<TreeSet<Integer>> candidates = new ArrayList<>();
            sets(run, pattern, window, toaWindow, n, 0, new TreeSet<>(), used, candidates);
            candidates.forEach(inCandidate::addAll);
            candidates.sort(Comparator.comparing((TreeSet<Integer> c) -> {
                        List<Integer> order =
                                c.stream().map(r -> pattern.indexOf(run[0][r])).toList();
                        return order.equals(order.stream().sorted().toList()) ? 0 : 1;
                    })
                    .thenComparing(c -> c.last() - c.first())
                    .thenComparing(TreeSet::first)
                    .thenComparing(c -> c.stream()
                            .sorted(Comparator.comparing(r -> run[0][r]))
                            .map(r -> String.format(Locale.ROOT, "%08d", r))
                            .collect(Collectors.joining())));
            for (TreeSet<Integer> c : candidates) {
                if (c.stream().noneMatch(used::contains)) {
                    used.addAll(c);
                    int[] event = new int[pattern.size()];
                    Arrays.fill(event, -1);
                    c.forEach(r -> event[pattern.indexOf(run[0][r])] = r);
                    events.add(event);
                }
            }
        }
        events.sort(Comparator.comparing(
                e -> Arrays.stream(e).filter(i -> i >= 0).min().orElseThrow()));
        inCandidate.removeAll(used);
        return new Found(text(events, 0), inCandidate.size());
    }

    private static void sets(
            int[][] run,
            List<Integer> pattern,
            int window,
            int toaWindow,
            int n,
            int from,
            TreeSet<Integer> chosen,
            Set<Integer> used,
            List<TreeSet<Integer>> out) {
        if (chosen.size() == n) {
            out.add(new TreeSet<>(chosen));
            return;
        }
        int to = chosen.isEmpty() ? run[0].length - 1 : Math.min(run[0].length - 1, chosen.first() + window);
        for (int r = from; r <= to; r++) {
            int row = r;
            boolean fits = !used.contains(r)
                    && pattern.contains(run[0][r])
                    && chosen.stream()
                            .allMatch(c -> run[0][c] != run[0][row]
                                    && (toaWindow < 0 || Math.abs(run[1][c] - run[1][row]) <= toaWindow));
            if (fits) {
                chosen.add(r);
                sets(run, pattern, window, toaWindow, n, r + 1, chosen, used, out);
                chosen.remove(r);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "3,50,3,013",
        "3,-1,3,103",
        "5,50,2,013",
        "2,-1,2,103",
        "4,30,1,013",
        "12,-1,3,103",
        "9,40,2,0132",
        "6,-1,3,2013"
    })
    void coincidenceAgreesWithAnExhaustiveSearch(int window, int toaWindow, int required, String ids) throws Exception {
        List<Integer> pattern = ids.chars().mapToObj(c -> c - '0').toList();
        long lost = 0;
        for (int seed = 0; seed < 30; seed++) {
            int[][] run = run(seed, pattern.size() > 3 ? 60 : 120, pattern.size() > 3 ? new int[] {0, 1, 3, 2} : IDS);
            Matches found = new CoincidenceMatcher(pattern, window, toaWindow, required).match(whole(run));
            Found expected = coincidenceOracle(run, pattern, window, toaWindow, required);
            assertThat(text(found.events(), 0)).as("seed " + seed).isEqualTo(expected.events());
            assertThat(found.lost()).as("lost, seed " + seed).isEqualTo(expected.lost());
            lost += found.lost();
        }
        assertThat(lost).isGreaterThan(required == 1 ? -1 : 0);
    }

    /** A window of 100 rows has 73 million candidates a block; the memory is that of the block. */
    @ParameterizedTest
    @CsvSource({"100,-1,3", "100,50,2", "1000,-1,3"})
    void memoryDoesNotGrowWithTheWindow(int window, int toaWindow, int required) throws Exception {
        Random random = new Random(5);
        int[] board = random.ints(1 << 16, 0, 3).map(i -> IDS[i]).toArray();
        int[] toa = random.ints(1 << 16, 100, 500).toArray();
        HitBlock block = new HitBlock(0, board, toa, 0, board.length, true, true);
        CoincidenceMatcher matcher = new CoincidenceMatcher(List.of(0, 1, 3), window, toaWindow, required);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(matcher.match(block).events().size()).isGreaterThan(19_000);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(200L << 20);
    }

    /** A board that is dead: no pair of the others is looked between for a hit of it. */
    @Test
    @Timeout(60)
    void aMissingBoardCostsNoSearch() throws Exception {
        int[] board = new Random(6).ints(1 << 16, 0, 2).toArray();
        HitBlock block = new HitBlock(0, board, new int[board.length], 0, board.length, true, true);
        assertThat(new CoincidenceMatcher(List.of(0, 1, 3), 1000, -1, 3)
                        .match(block)
                        .events())
                .isEmpty();
    }

    @Test
    void nearestHitsOfThePreviousEventAreNotTaken() throws Exception {
        int[] board = {0, 1, 3, 0, 1, 3, 0, 1, 3};
        HitBlock block = new HitBlock(0, board, new int[9], 0, 9, true, true);
        assertThat(text(
                        new CoincidenceMatcher(List.of(0, 1, 3), 3, -1, 3)
                                .match(block)
                                .events(),
                        0))
                .containsExactly("0 1 2", "3 4 5", "6 7 8");
    }

    private static List<EventMatcher> matchers() {
        return List.of(
                new SequenceMatcher(List.of(0, 1, 3)),
                new SequenceMatcher(List.of(0, 1, 0)),
                new CoincidenceMatcher(List.of(0, 1, 3), 3, 50, 3),
                new CoincidenceMatcher(List.of(0, 1, 3), 3, -1, 2),
                new CoincidenceMatcher(List.of(0, 1, 3), 6, 20, 2));
    }

    private static int head(String event) {
        return Arrays.stream(event.split(" "))
                .filter(r -> !r.equals("-"))
                .mapToInt(Integer::parseInt)
                .min()
                .orElseThrow();
    }

    /** Blocks with a halo find what the whole run does, or say that the halo is too small. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 16, 128})
    void blocksAgreeWithTheWholeRun(int halo) throws Exception {
        int decided = 0;
        for (EventMatcher matcher : matchers()) {
            int[][] run = run(11, 2000);
            Matches all = matcher.match(whole(run));
            List<String> wholeRun = text(all.events(), 0);
            int block = 37;
            long lost = 0;
            boolean allDecided = true;
            for (int from = 0; from < 2000; from += block) {
                int first = Math.max(0, from - halo);
                int last = Math.min(2000, from + block + halo);
                int to = Math.min(2000, from + block);
                int start = from;
                try {
                    Matches found = matcher.match(new HitBlock(
                            first,
                            Arrays.copyOfRange(run[0], first, last),
                            Arrays.copyOfRange(run[1], first, last),
                            from - first,
                            to - first,
                            first == 0,
                            last == 2000));
                    List<String> expected = wholeRun.stream()
                            .filter(e -> head(e) >= start && head(e) < to)
                            .toList();
                    assertThat(text(found.events(), first)).isEqualTo(expected);
                    lost += found.lost();
                    decided++;
                } catch (NeighboursMatter e) {
                    assertThat(halo).as("a large halo decides").isLessThan(128);
                    allDecided = false;
                }
            }
            if (allDecided) {
                assertThat(lost).isEqualTo(all.lost());
            }
        }
        assertThat(decided).isGreaterThan(halo > 3 ? 150 : 0);
    }
}
