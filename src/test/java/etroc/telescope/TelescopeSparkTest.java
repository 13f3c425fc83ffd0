package etroc.telescope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import etroc.CommandRun;
import etroc.Golden;
import etroc.SharedSession;
import etroc.Sqlite;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Telescope runs from simulated files with known truth. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TelescopeSparkTest {
    private static final String NAME = "F9P5_F11P5_F5P9_Beam";

    @TempDir
    static Path directory;

    private Path beam;
    private Path cuts;
    private Path timeCuts;

    @BeforeAll
    void simulate() throws Exception {
        beam = directory.resolve("beam");
        CommandRun.ok(
                "simulate",
                "telescope",
                beam,
                "--events",
                8000,
                "--seed",
                3,
                "--noise",
                0.1,
                "--swap",
                0.05,
                "--efficiency",
                0.9,
                "--bias",
                235);
        cuts = Files.writeString(
                directory.resolve("cuts.csv"),
                "board_id,variable,cut_type,cut_value\n*,calibration_code,<,160\n*,calibration_code,>,130\n");
        timeCuts = Files.writeString(
                directory.resolve("time_cuts.csv"),
                "cut_type,cut_direction,variable_1,board_id_1,variable_2,board_id_2,value_1,value_2,value_3,output\n"
                        + "fit-dist,<,time_of_arrival_ns,0,time_of_arrival_ns,1,1,,,line\n"
                        + "diag-dist,<,time_of_arrival_ns,0,time_of_arrival_ns,3,1,,,\n");
    }

    private Path analyse(String name, Path input, Object... more) {
        Object[] withCuts = Stream.concat(Stream.of("--cuts", cuts, "--time-cuts", timeCuts), Stream.of(more))
                .toArray();
        return analyseWithoutCuts(name, input, withCuts);
    }

    private Path analyseWithoutCuts(String name, Path input, Object... more) {
        Path out = directory.resolve(name + "-out");
        CommandRun.ok(Stream.concat(Stream.of("telescope", input, "-o", out, "-q"), Stream.of(more))
                .toArray());
        return out;
    }

    private static void sameToRounding(Path a, Path b, String table) throws Exception {
        List<Map<String, Object>> left = Sqlite.query(a, "select * from " + table);
        List<Map<String, Object>> right = Sqlite.query(b, "select * from " + table);
        assertThat(left).hasSameSizeAs(right).isNotEmpty();
        for (int i = 0; i < left.size(); i++) {
            for (Map.Entry<String, Object> e : left.get(i).entrySet()) {
                Object other = right.get(i).get(e.getKey());
                if (e.getValue() instanceof Double d) {
                    assertThat((Double) other).as(table + " " + e.getKey()).isCloseTo(d, within(1e-9 * Math.abs(d)));
                } else if (!e.getKey().equals("sql")) {
                    assertThat(other).as(table + " " + e.getKey()).isEqualTo(e.getValue());
                }
            }
        }
    }

    @Test
    void resultsDoNotDependOnPartitionsNorOnSplits() throws Exception {
        Path one = analyse("one", beam, "--set", "input.partitions=1");
        Path split = Files.createDirectories(directory.resolve("split"));
        List<String> lines = Files.readAllLines(beam.resolve(NAME + "_HV235.txt"));
        List<String> hits = lines.subList(1, lines.size());
        for (int i = 0; i < 40; i++) {
            Files.write(
                    split.resolve(NAME + "_HV235_Split_" + i + ".txt"),
                    hits.subList(hits.size() * i / 40, hits.size() * (i + 1) / 40));
        }
        for (Path other : List.of(
                analyse("two", beam, "--set", "input.partitions=2"),
                analyse("seven", beam, "--set", "input.partitions=7"),
                analyse("split", split))) {
            for (String table : List.of(
                    "timing_info",
                    "twc_fit_info",
                    "board_info_data",
                    "cutflow",
                    "event_info",
                    "resolution_correlation")) {
                sameToRounding(one, other, table);
            }
        }
        assertThat(Sqlite.query(one, "select distinct bias_voltage v from timing_info")
                        .get(0)
                        .get("v"))
                .isEqualTo(235.0);
        assertThat(Sqlite.query(one, "select distinct step_name s from timing_info")
                        .toString())
                .contains("0-line", "Before residual cut", "Final");
    }

    @Test
    void splitTextAndWordsGiveTheSameEvents() throws Exception {
        for (String layout : List.of("SPLIT", "WORDS")) {
            Path input = directory.resolve(layout);
            CommandRun.ok(
                    "simulate", "telescope", input, "--events", 500, "--seed", 3, "--layout", layout, "--files", 12);
            analyse(layout, input, "--until", "times");
        }
        sameToRounding(directory.resolve("SPLIT-out"), directory.resolve("WORDS-out"), "cutflow");
        sameToRounding(directory.resolve("SPLIT-out"), directory.resolve("WORDS-out"), "board_info_data");
    }

    @Test
    void resolutionsComeNearTheTruth() throws Exception {
        Path clean = directory.resolve("clean");
        CommandRun.ok("simulate", "telescope", clean, "--events", 8000, "--wild-tot", 0, "--wild-cal", 0, "--noise", 0);
        Path out = analyse("clean", clean);
        for (Map<String, String> board : Golden.csv(clean.resolve("truth.csv"))) {
            double truth = Double.parseDouble(board.get("width_with_true_walk_ps")) / 1000;
            Map<String, Object> row = Sqlite.query(
                            out,
                            "select * from timing_info where step_name = 'Final' and twc_iteration = 0 and data_board_id = "
                                    + board.get("board"))
                    .get(0);
            double unc = (Double) row.get("time_resolution_bootstrap_unc");
            assertThat(unc).isBetween(1e-4, 2e-3);
            assertThat((Double) row.get("time_resolution")).isCloseTo(truth, within(5 * unc));
            assertThat((Double) row.get("time_resolution_core")).isCloseTo(truth, within(5 * unc + 1e-3));
            assertThat((Double) row.get("time_resolution_intrinsic")).isLessThan((Double) row.get("time_resolution"));
        }
    }

    /** Efficiency and purity of both builders against the label of every line; the documentation quotes what this prints. */
    @Test
    void buildersFindTheParticles() throws Exception {
        double[] sequence = efficiencyAndPurity("sequence", "telescope.events=sequence");
        double[] coincidence =
                efficiencyAndPurity("coincidence", "telescope.events=coincidence", "telescope.toa-window=50");
        System.out.printf(
                "sequence: efficiency %.3f, purity %.3f; coincidence: efficiency %.3f, purity %.3f%n",
                sequence[0], sequence[1], coincidence[0], coincidence[1]);
        assertThat(coincidence[0]).isGreaterThanOrEqualTo(0.99);
        assertThat(coincidence[1]).isGreaterThanOrEqualTo(0.97);
        assertThat(sequence[0]).isBetween(0.85, 0.97);
        assertThat(sequence[1]).isGreaterThan(0.95);
    }

    private double[] efficiencyAndPurity(String name, String... settings) throws Exception {
        Object[] more = Stream.concat(
                        Stream.of(settings).flatMap(s -> Stream.of("--set", s)), Stream.of("--until", "events"))
                .toArray();
        Path out = analyse(name, beam, more);
        Map<String, Map<String, String>> truth = new HashMap<>();
        for (Map<String, String> line : Golden.csv(beam.resolve("truth_lines.csv"))) {
            truth.computeIfAbsent(line.get("event"), e -> new HashMap<>())
                    .put(line.get("data_board_id"), line.get("line"));
        }
        truth.remove("-1");
        truth.values().removeIf(hits -> hits.size() < 3);
        // an event is right if its three hits are those of one particle: compare by the codes of the truth's lines
        List<String> lines = Files.readAllLines(beam.resolve(NAME + "_HV235.txt"), StandardCharsets.US_ASCII);
        Set<String> particles = new HashSet<>();
        for (Map<String, String> hits : truth.values()) {
            particles.add(codes(lines, hits.get("0")) + codes(lines, hits.get("1")) + codes(lines, hits.get("3")));
        }
        Dataset<Row> events = SharedSession.get()
                .read()
                .parquet(Sqlite.latest(out).resolve("tables/events.parquet").toString());
        List<Row> found = events.selectExpr(Stream.of(0, 1, 3)
                        .map(b -> "concat_ws(' ', time_of_arrival_" + b + ", time_over_threshold_" + b
                                + ", calibration_code_" + b + ", '')")
                        .toArray(String[]::new))
                .collectAsList();
        long right = found.stream()
                .filter(r -> particles.contains(r.getString(0) + r.getString(1) + r.getString(2)))
                .count();
        return new double[] {(double) right / truth.size(), (double) right / found.size()};
    }

    private static String codes(List<String> lines, String line) {
        String[] fields = lines.get(Integer.parseInt(line)).split(" ");
        return fields[1] + " " + fields[2] + " " + fields[3] + " ";
    }

    @Test
    void aPatternCrossesSplitsButNotRuns() throws Exception {
        Path input = Files.createDirectories(directory.resolve("borders"));
        String stamp = " 2022-04-08 01:00:00\n";
        Files.writeString(input.resolve(NAME + "_A_Split_2.txt"), "0 200 60 146 1" + stamp + "1 200 60 146 1" + stamp);
        Files.writeString(input.resolve(NAME + "_A_Split_10.txt"), "3 200 60 141 1" + stamp + "0 210 60 146 1" + stamp);
        Files.writeString(input.resolve(NAME + "_B_Split_0.txt"), "1 210 60 146 1" + stamp + "3 210 60 141 1" + stamp);
        Path out = analyse("borders", input, "--until", "events");
        assertThat(Sqlite.query(out, "select subject, count from event_info where quantity = 'events'")
                        .toString())
                .isEqualTo("[{subject=run " + NAME + "_A, count=1}, {subject=run " + NAME + "_B, count=0}]");
    }

    private Path write(String name, String lines) throws Exception {
        Path input = Files.createDirectories(directory.resolve(name));
        Files.writeString(input.resolve(NAME + ".txt"), lines);
        return input;
    }

    private static String event(int cal, int tot) {
        String stamp = " 2022-04-08 01:00:00\n";
        return "0 200 " + tot + " " + cal + " 1" + stamp + "1 201 " + tot + " 146 1" + stamp + "3 202 " + tot + " 141 1"
                + stamp;
    }

    @Test
    void runsWithTooLittleAreRowsThatSayWhy() throws Exception {
        Path oneEvent = analyseWithoutCuts("one-event", write("one-event", event(146, 60)));
        assertThat(Sqlite.query(oneEvent, "select remark from timing_info where step_name = 'Final'")
                        .get(0)
                        .get("remark")
                        .toString())
                .contains("1 event");
        Path constant =
                analyseWithoutCuts("constant", write("constant", event(146, 60).repeat(50)));
        assertThat(Sqlite.query(constant, "select remark from twc_fit_info")
                        .get(0)
                        .get("remark")
                        .toString())
                .contains("same in all events");
        Path none = analyseWithoutCuts("none", write("none", "0 200 60 146 1 2022-04-08 01:00:00\n"));
        assertThat(Sqlite.query(none, "select remark from timing_info")
                        .get(0)
                        .get("remark")
                        .toString())
                .contains("0 events");
        Path two = analyseWithoutCuts("two-boards", beam, "--set", "telescope.pattern=[0,1]");
        assertThat(Sqlite.query(
                                two,
                                "select distinct remark r from timing_info where step_name = 'Final' and twc_iteration = 0")
                        .get(0)
                        .get("r")
                        .toString())
                .contains("2 boards");
        assertThat(Sqlite.query(
                                two,
                                "select time_diff_width w from timing_info where step_name = 'Final' and twc_iteration = 0")
                        .get(0)
                        .get("w"))
                .isNotNull();
        Path single = analyseWithoutCuts("single-board", beam, "--set", "telescope.pattern=[3]");
        assertThat(Sqlite.query(single, "select text from remarks").toString()).contains("1 board");
        Path allCut = analyseWithoutCuts("all-cut", beam, "--set", "cuts.events=calibration_code_0 < 0");
        assertThat(Sqlite.query(allCut, "select distinct events from timing_info")
                        .toString())
                .contains("events=0");
    }

    @Test
    void aCalibrationCodeOfZeroHasNoTimeAndIsCounted() throws Exception {
        Path out = analyseWithoutCuts(
                "zero",
                write("zero", event(0, 60) + event(146, 70)),
                "--set",
                "telescope.calibration=event",
                "--until",
                "times");
        assertThat(Sqlite.query(out, "select hits_with_code_0 n from board_info_data where data_board_id = 0")
                        .get(0)
                        .get("n"))
                .isEqualTo(1);
        Dataset<Row> events = SharedSession.get()
                .read()
                .parquet(Sqlite.latest(out).resolve("tables/events.parquet").toString());
        assertThat(events.filter("time_of_arrival_ns_0 is null").count()).isEqualTo(1);
    }

    @Test
    void whatIsWrongStopsBeforeAnyJob() throws Exception {
        Path out = directory.resolve("wrong-out");
        String header =
                "cut_type,cut_direction,variable_1,board_id_1,variable_2,board_id_2,value_1,value_2,value_3,output\n";
        Map<String, String> rows = Map.of(
                "oval,<,time_of_arrival_ns,0,,,1,,,", "cut_type is 'oval'",
                "simple,<,time_of_flight,0,,,1,,,", "variable_1 is 'time_of_flight'",
                "simple,<,time_of_arrival_ns,2,,,1,,,", "board_id_1 is '2'",
                "circle,<,time_of_arrival_ns,0,time_of_arrival_ns,1,1,1,1,", "cut_direction is '<'",
                "diagonal,<,time_of_arrival_ns,0,time_of_arrival_ns,*,1,,,", "board_id_2 is '*'",
                "simple,<,time_of_arrival_ns,0,,,early,,,", "value_1 is 'early'");
        for (Map.Entry<String, String> e : rows.entrySet()) {
            Path table = Files.writeString(
                    directory.resolve("wrong.csv"), header + "#simple,<,anything\n" + e.getKey() + "\n");
            CommandRun run = CommandRun.of("telescope", beam, "-o", out, "-q", "--time-cuts", table);
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.err()).contains("wrong.csv, line 3", e.getValue(), "possible");
        }
        assertThat(CommandRun.of("telescope", beam, "-o", out, "-q", "--set", "telescope.pattern=[0,1,0]")
                        .err())
                .contains("repeats a board");
        assertThat(CommandRun.of("telescope", beam, "-o", out, "-q", "--set", "telescope.pattern=[0,2]")
                        .err())
                .contains("[0, 1, 3]");
        assertThat(out.resolve("LATEST")).doesNotExist();
        CommandRun.ok("telescope", beam, "-o", out, "-q", "--set", "telescope.pattern=[0,1,0]", "--until", "events");
    }
}
