package etroc.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.CommandRun;
import etroc.Sqlite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random scans through the command and through the plain program: lines, cutflow, scanned boards, scan points and the ends of curves have to
 * be the same. {@code -Ddifferences=1000 -Ddifferences.seed=5} for more.
 */
class ScanDifferenceSparkTest {
    private static final int SCANS = Integer.getInteger("differences", 3);
    private static final long SEED = Long.getLong("differences.seed", 1);

    @TempDir
    Path directory;

    private long runs;

    @Test
    void randomScansAreWhatThePlainProgramMakesOfThem() throws Exception {
        List<String> differences = new ArrayList<>();
        for (long seed = SEED; seed < SEED + SCANS; seed++) {
            Path place = Files.createDirectory(directory.resolve("case" + seed));
            try {
                scan(seed, place);
            } catch (AssertionError | RuntimeException e) {
                differences.add("seed " + seed + ": " + e);
            }
            FileUtils.deleteDirectory(place.toFile());
        }
        System.out.printf("%d scans of %d runs%n", SCANS, runs);
        assertThat(differences).isEmpty();
        assertThat(runs).isPositive();
    }

    private void scan(long seed, Path place) throws Exception {
        RandomScan scan = new RandomScan(seed);
        scan.write(place.resolve("in"));
        List<Event> events = scan.hits.stream()
                .flatMap(List::stream)
                .map(h -> new Event(0, 0, Map.of(h.board(), h), Map.of()))
                .toList();
        if (events.isEmpty()) {
            return;
        }
        List<Integer> boards = List.of(0, 1, 3).subList(0, scan.boards);
        RandomCuts table = new RandomCuts(scan.random, boards, events).ofEvents(1 + scan.random.nextInt(2));
        boolean standard = scan.random.nextBoolean();
        boolean keep = scan.random.nextBoolean() || scan.boards > 1;
        Map<Integer, Predicate<Event>> cuts = standard
                ? Map.of(0, e -> e.hits().values().iterator().next().cal() < 200)
                : table.cuts(new CutOracle(boards, keep, events));
        if (events.stream().noneMatch(e -> CutOracle.holds(cuts, e, r -> true))) {
            return; // an error of the user's
        }
        runs += scan.files.size();
        Path out = place.resolve("out");
        List<Object> command = new ArrayList<>(List.of(
                "scan",
                place.resolve("in"),
                "-o",
                out,
                "-q",
                "--set",
                "input.mode=DROPMALFORMED",
                "--set",
                "input.partitions=" + scan.random.nextInt(9),
                "--set",
                "input.keep-all=" + scan.keepAll,
                "--set",
                "cuts.keep-events-without-data=" + keep));
        if (!standard) {
            command.addAll(List.of("--set", "cuts.events=" + Files.writeString(place.resolve("c.csv"), table.csv())));
        }
        CommandRun.ok(command.toArray());
        checkFiles(scan, out);
        checkCutflow(out, cuts, events);
        checkPoints(scan, out, cuts);
    }

    private static void checkFiles(RandomScan scan, Path out) throws Exception {
        List<String> expected = scan.files.stream()
                .flatMap(List::stream)
                .map(w -> w.crc32c() + "," + w.content().lines + "," + w.content().hits + "," + w.content().noHitLines
                        + "," + w.content().idleWords + "," + w.content().malformed)
                .sorted()
                .toList();
        assertThat(Sqlite.lines(
                        out, "quality", List.of("crc32c", "lines", "hits", "no_hit_lines", "idle_words", "malformed")))
                .isEqualTo(expected);
    }

    private static void checkCutflow(Path out, Map<Integer, Predicate<Event>> cuts, List<Event> events)
            throws Exception {
        List<String> expected = new ArrayList<>();
        CutOracle.cutflow(new TreeMap<>(cuts), events).forEach((row, counts) -> {
            StringBuilder line = new StringBuilder("" + row);
            counts.forEach(c -> line.append(',').append(c));
            expected.add(line.toString());
        });
        Collections.sort(expected);
        assertThat(Sqlite.lines(
                        out,
                        "cutflow",
                        List.of("cut_order", "events", "passing_alone", "passing_cumulative", "passing_all_others")))
                .isEqualTo(expected);
    }

    private static void checkPoints(RandomScan scan, Path out, Map<Integer, Predicate<Event>> cuts) throws Exception {
        ScanOracle oracle = new ScanOracle(scan.settings);
        List<String> scanned = new ArrayList<>();
        List<String> all = new ArrayList<>();
        Map<String, TreeMap<Integer, Long>> curves = new TreeMap<>();
        for (ScanOracle.Setting s : scan.settings) {
            long hits = scan.hits.get(s.run()).stream()
                    .filter(h -> h.board() == s.board())
                    .filter(h -> CutOracle.holds(cuts, new Event(0, 0, Map.of(h.board(), h), Map.of()), r -> true))
                    .count();
            String point =
                    s.phase() + "," + s.board() + "," + s.pixel() + "," + s.charge() + "," + s.threshold() + "," + hits;
            if (oracle.scanned(s.run()).contains(s.board())) {
                scanned.add(point);
                String curve = s.phase() + "," + s.board() + "," + s.pixel() + "," + s.charge();
                curves.computeIfAbsent(curve, c -> new TreeMap<>()).merge(s.threshold(), hits, Long::sum);
            }
            if (hits > 0) {
                all.add(point);
            }
        }
        Collections.sort(scanned);
        Collections.sort(all);
        List<String> columns = List.of(
                "phase_adjust",
                "data_board_id",
                "pixel_id",
                "board_injected_charge",
                "board_discriminator_threshold",
                "hits");
        assertThat(Sqlite.lines(out, "combined_etroc1_data", columns)).isEqualTo(scanned);
        assertThat(Sqlite.lines(out, "combined_etroc1_data_all", columns)).isEqualTo(all);
        List<String> ends = new ArrayList<>();
        curves.forEach((curve, points) -> {
            List<Integer> with = points.entrySet().stream()
                    .filter(p -> p.getValue() > 0)
                    .map(Map.Entry::getKey)
                    .toList();
            if (!with.isEmpty()) {
                int last = with.get(with.size() - 1);
                ends.add(curve + "," + with.get(0) + "," + last + "," + (last == points.lastKey() ? 1 : 0));
            }
        });
        Collections.sort(ends);
        assertThat(Sqlite.lines(
                        out,
                        "dac_points where max_threshold_with_hits is not null",
                        List.of(
                                "phase_adjust",
                                "data_board_id",
                                "pixel_id",
                                "board_injected_charge",
                                "cast(noise_min_dac as int)",
                                "cast(max_threshold_with_hits as int)",
                                "is_lower_limit")))
                .isEqualTo(ends);
    }
}
