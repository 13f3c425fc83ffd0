package etroc.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import etroc.CommandRun;
import etroc.SharedSession;
import etroc.Sqlite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random telescope runs through the command and through the plain program: lines, events, cuts, calibration and times have to be the same.
 * The build tries some; {@code -Ddifferences=1000 -Ddifferences.seed=5} so many analyses from that seed on.
 */
class TelescopeDifferenceSparkTest {
    private static final int ANALYSES = Integer.getInteger("differences", 2);
    private static final long SEED = Long.getLong("differences.seed", 1);
    private static final int RUNS = 40;
    private static final String BLOCK_ROWS = "spark.etroc.events.blockRows";
    private static final String PARTITIONS = "spark.sql.shuffle.partitions";

    @TempDir
    Path directory;

    private final SparkSession spark = SharedSession.get();
    private final String usualPartitions = spark.conf().get(PARTITIONS);
    private long runs;
    private long events;

    @AfterEach
    void asUsual() {
        spark.conf().unset(BLOCK_ROWS);
        spark.conf().set(PARTITIONS, usualPartitions);
    }

    @Test
    void randomRunsAreWhatThePlainProgramMakesOfThem() throws Exception {
        List<String> differences = new ArrayList<>();
        for (long seed = SEED; seed < SEED + ANALYSES; seed++) {
            Path place = Files.createDirectory(directory.resolve("case" + seed));
            try {
                analysis(seed, place);
            } catch (AssertionError | RuntimeException e) {
                differences.add("seed " + seed + ": " + e);
            }
            FileUtils.deleteDirectory(place.toFile());
        }
        System.out.printf("%d telescope analyses of %d runs and %d events%n", ANALYSES, runs, events);
        assertThat(differences).isEmpty();
        assertThat(events).isPositive();
    }

    private void analysis(long seed, Path place) throws Exception {
        RandomTelescope telescope = new RandomTelescope(seed);
        telescope.write(place.resolve("in"), RUNS);
        if (telescope.events.isEmpty()) {
            return; // the command has nothing to say of it
        }
        runs += RUNS;
        events += telescope.events.size();
        Random random = telescope.random;
        spark.conf().set(BLOCK_ROWS, 16 + random.nextInt(random.nextBoolean() ? 60 : 5000));
        spark.conf().set(PARTITIONS, 1 + random.nextInt(6));
        new Comparison(telescope, place).check();
    }

    /** One analysis by both programs. */
    private final class Comparison {
        private final RandomTelescope telescope;
        private final Path out;
        private final List<String> names;
        private final RandomCuts eventCuts;
        private final Path place;
        private final String method;
        private final boolean drop;
        private final boolean keep;
        private final List<Integer> present;

        Comparison(RandomTelescope telescope, Path place) {
            this.telescope = telescope;
            this.place = place;
            out = place.resolve("out");
            names = List.copyOf(telescope.hits.keySet());
            present = telescope.boards().stream()
                    .filter(b ->
                            telescope.events.stream().anyMatch(e -> e.hits().containsKey(b)))
                    .toList();
            Random random = telescope.random;
            method = List.of("slices", "mean", "median", "mode", "event").get(random.nextInt(5));
            drop = random.nextBoolean();
            keep = random.nextInt(3) == 0;
            eventCuts = new RandomCuts(random, present, telescope.events).ofEvents(1 + random.nextInt(3));
        }

        void check() throws Exception {
            CutOracle oracle = new CutOracle(present, keep, telescope.events);
            Map<Integer, Predicate<Event>> onCodes = eventCuts.cuts(oracle);
            List<Event> passing = telescope.events.stream()
                    .filter(e -> CutOracle.holds(onCodes, e, r -> true))
                    .toList();
            times(passing);
            RandomCuts timeCuts = new RandomCuts(telescope.random, present, telescope.events)
                    .ofTimes(1 + telescope.random.nextInt(6));
            Map<Integer, Predicate<Event>> onTimes = timeCuts.cuts(oracle);
            run(timeCuts);
            checkQuality();
            checkEventInfo();
            checkCutflow("event cuts", onCodes, telescope.events);
            checkCutflow("time cuts, all events", onTimes, telescope.events);
            checkCutflow("time cuts, after event cuts", onTimes, passing);
            checkLines(timeCuts.lines(oracle));
            checkCalibration(passing);
            checkEvents(onCodes, onTimes, timeCuts.steps());
        }

        private void run(RandomCuts timeCuts) throws Exception {
            telescope.settings.put(
                    "cuts.events",
                    Files.writeString(place.resolve("events.csv"), eventCuts.csv())
                            .toString());
            telescope.settings.put(
                    "cuts.times",
                    Files.writeString(place.resolve("times.csv"), timeCuts.csv())
                            .toString());
            telescope.settings.put("cuts.keep-events-without-data", "" + keep);
            telescope.settings.put("telescope.calibration", method);
            telescope.settings.put("telescope.saturated-codes", drop ? "drop" : "keep");
            List<Object> command =
                    new ArrayList<>(List.of("telescope", place.resolve("in"), "-o", out, "-q", "--until", "times"));
            telescope.settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
            CommandRun.ok(command.toArray());
        }

        private void checkQuality() throws Exception {
            Map<String, List<Object>> expected = new HashMap<>();
            for (RandomText.Written w : telescope.files) {
                TextFile c = w.content();
                expected.put(
                        w.path().getFileName().toString(),
                        List.of(
                                w.crc32c(),
                                (int) c.lines,
                                (int) c.hits,
                                (int) c.noHitLines,
                                (int) c.idleWords,
                                (int) c.malformed,
                                (int) c.headerLines));
            }
            Map<String, List<Object>> found = new HashMap<>();
            for (Map<String, Object> r : Sqlite.query(
                    out,
                    "select path, crc32c, lines, hits, no_hit_lines, idle_words, malformed, header_lines from quality")) {
                String path = r.remove("path").toString();
                found.put(path.substring(path.lastIndexOf('/') + 1), new ArrayList<>(r.values()));
            }
            assertThat(found).isEqualTo(expected);
        }

        private void checkEventInfo() throws Exception {
            Map<String, Integer> expected = new TreeMap<>();
            telescope.events.forEach(e -> expected.merge("run " + names.get(e.run()) + " events", 1, Integer::sum));
            for (int board : new int[] {0, 1, 3}) {
                int all = (int) telescope.hits.values().stream()
                        .flatMap(List::stream)
                        .filter(h -> h.board() == board)
                        .count();
                if (all > 0) {
                    expected.put("board " + board + " hits", all);
                }
            }
            Map<String, Integer> found = new TreeMap<>();
            Sqlite.query(out, "select * from event_info where quantity in ('events', 'hits') and count > 0")
                    .forEach(r -> found.put(r.get("subject") + " " + r.get("quantity"), (Integer) r.get("count")));
            assertThat(found).isEqualTo(expected);
        }

        private void checkCutflow(String stage, Map<Integer, Predicate<Event>> cuts, List<Event> of) throws Exception {
            Map<Integer, List<Long>> found = new TreeMap<>();
            Sqlite.query(out, "select * from cutflow where stage = '" + stage + "'")
                    .forEach(r -> found.put(
                            (Integer) r.get("cut_order"),
                            List.of("events", "passing_alone", "passing_cumulative", "passing_all_others").stream()
                                    .map(c -> ((Number) r.get(c)).longValue())
                                    .toList()));
            assertThat(found).as(stage).isEqualTo(CutOracle.cutflow(cuts, of));
        }

        private void checkLines(List<double[]> lines) throws Exception {
            List<Map<String, Object>> found = Sqlite.query(out, "select slope, intercept from cut_lines");
            assertThat(found).hasSameSizeAs(lines);
            for (int i = 0; i < lines.size(); i++) {
                same("slope", lines.get(i)[0], found.get(i).get("slope"));
                same("intercept", lines.get(i)[1], found.get(i).get("intercept"));
            }
        }

        private void same(String what, double expected, Object found) {
            if (Double.isNaN(expected)) {
                assertThat(found).as(what).isNull();
            } else {
                assertThat(((Number) found).doubleValue())
                        .as(what)
                        .isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
            }
        }

        private List<CalibrationOracle> calibrations(List<Event> passing) {
            return telescope.boards().stream()
                    .map(b -> new CalibrationOracle(b, telescope.slice, passing))
                    .toList();
        }

        private void checkCalibration(List<Event> passing) throws Exception {
            List<CalibrationOracle> boards = calibrations(passing);
            List<Map<String, Object>> found = Sqlite.query(out, "select * from board_info_data order by data_board_id");
            assertThat(found).hasSameSizeAs(boards);
            int slices = 0;
            for (int i = 0; i < boards.size(); i++) {
                CalibrationOracle b = boards.get(i);
                double[] codes = b.codes();
                Map<String, Object> row = found.get(i);
                assertThat(row).containsEntry("hits", codes.length);
                same(
                        "mean",
                        java.util.Arrays.stream(codes).average().orElse(Double.NaN),
                        row.get("calibration_code_mean"));
                same("median", CalibrationOracle.median(codes), row.get("calibration_code_median"));
                same("mode", CalibrationOracle.mode(codes), row.get("calibration_code_mode"));
                for (int run = 0; run < names.size(); run++) {
                    slices += checkSlices(b, run);
                }
            }
            assertThat(Sqlite.query(out, "select * from calibration_slices")).hasSize(slices);
        }

        private int checkSlices(CalibrationOracle b, int run) throws Exception {
            List<CalibrationOracle.Slice> slices = b.slices(run);
            for (CalibrationOracle.Slice s : slices) {
                Map<String, Object> row = Sqlite.query(
                                out,
                                "select * from calibration_slices where run = '" + names.get(run)
                                        + "' and data_board_id = " + b.board + " and slice = " + s.number())
                        .get(0);
                assertThat(row)
                        .containsEntry("codes", s.events().size())
                        .containsEntry("codes_used", s.used().size())
                        .containsEntry("first_event", s.events().get(0).intValue())
                        .containsEntry(
                                "last_event",
                                s.events().get(s.events().size() - 1).intValue());
                same("median", s.median(), row.get("code_median"));
                same("mean", s.mean(1), row.get("code_mean"));
                same("middle", s.mean(0), row.get("middle_event"));
            }
            return slices.size();
        }

        /** Times of all events, by the calibration of those that pass. */
        private void times(List<Event> passing) {
            for (CalibrationOracle b : calibrations(passing)) {
                double[] codes = b.codes();
                double one = switch (method) {
                    case "mean" -> java.util.Arrays.stream(codes).average().orElse(Double.NaN);
                    case "median" -> CalibrationOracle.median(codes);
                    case "mode" -> CalibrationOracle.mode(codes);
                    default -> Double.NaN;
                };
                Map<Integer, List<CalibrationOracle.Slice>> slices = new HashMap<>();
                for (Event e : telescope.events) {
                    Hit hit = e.hits().get(b.board);
                    if (hit == null) {
                        continue;
                    }
                    double code = switch (method) {
                        case "event" -> hit.cal();
                        case "slices" ->
                            CalibrationOracle.code(slices.computeIfAbsent(e.run(), b::counting), e.number());
                        default -> one;
                    };
                    boolean stop = Set.of(0, 1023).contains(hit.toa())
                            || Set.of(0, 511).contains(hit.tot());
                    if (code > 0 && !(drop && stop)) {
                        double bin = 3.125 / code;
                        e.times().put("time_of_arrival_ns_" + b.board, 12.5 - hit.toa() * bin);
                        e.times().put("time_over_threshold_ns_" + b.board, (2 * hit.tot() - hit.tot() / 32) * bin);
                    }
                }
            }
        }

        private void checkEvents(
                Map<Integer, Predicate<Event>> onCodes,
                Map<Integer, Predicate<Event>> onTimes,
                Map<String, Integer> steps)
                throws Exception {
            Map<String, Row> found = new HashMap<>();
            spark.read()
                    .parquet(Sqlite.latest(out).resolve("tables/events.parquet").toString())
                    .collectAsList()
                    .forEach(r -> found.put(r.getAs("run") + " " + r.getAs("event"), r));
            Set<String> seen = new HashSet<>();
            for (Event e : telescope.events) {
                String key = names.get(e.run()) + " " + e.number();
                Row row = Objects.requireNonNull(found.get(key), key);
                seen.add(key);
                boolean codes = CutOracle.holds(onCodes, e, r -> true);
                assertThat((boolean) row.getAs("accepted_event_cuts")).as(key).isEqualTo(codes);
                assertThat((boolean) row.getAs("accepted"))
                        .as(key)
                        .isEqualTo(codes && CutOracle.holds(onTimes, e, r -> true));
                steps.forEach((step, last) -> assertThat((boolean) row.getAs("accepted_step_" + step))
                        .as(key)
                        .isEqualTo(CutOracle.holds(onTimes, e, r -> r <= last)));
                telescope.boards().forEach(b -> checkHit(key, e, b, row));
            }
            assertThat(seen).hasSameSizeAs(found.keySet());
        }

        private void checkHit(String key, Event e, int board, Row row) {
            Hit hit = e.hits().get(board);
            for (String variable : Hit.CODES) {
                Number code = row.getAs(variable + "_" + board);
                assertThat(code == null ? null : Integer.valueOf(code.intValue()))
                        .as(key + " " + variable)
                        .isEqualTo(hit == null ? null : Integer.valueOf(hit.code(variable)));
            }
            for (String variable : List.of("time_of_arrival_ns", "time_over_threshold_ns")) {
                Double time = e.value(variable, board);
                same(key + " " + variable, time == null ? Double.NaN : time, row.getAs(variable + "_" + board));
            }
        }
    }
}
