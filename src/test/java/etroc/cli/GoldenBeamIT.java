package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import etroc.CommandRun;
import etroc.Golden;
import etroc.SharedSession;
import etroc.Sqlite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Golden beam runs through the command line; tolerances are those of the golden cases' README. Each mini-case is analysed once; where the whole
 * case is there, which has the same input and more answers, the same output is compared with it too.
 */
class GoldenBeamIT {
    private static final String CASES =
            "beam-three-boards, beam-cubic-walk, beam-all-cut-kinds, beam-two-boards, beam-missing-boards-kept, beam-single-hits";
    private static final Map<String, Path> OUTPUTS = new HashMap<>();

    @TempDir
    static Path directory;

    private Path golden;
    private Path out;
    private JsonNode expectation;
    private Dataset<Row> events;

    static Stream<String> cases() {
        return Stream.of(CASES.split(", "));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithTheOldScripts(String name) throws Exception {
        check(name, Golden.mini(name));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithTheWholeCase(String name) throws Exception {
        check(name, Golden.whole(name));
    }

    private void check(String name, Path answers) throws Exception {
        golden = answers;
        expectation = Golden.json(golden.resolve("case.json"));
        out = analysed(name);
        events = SharedSession.get()
                .read()
                .parquet(Sqlite.latest(out).resolve("tables/events.parquet").toString());

        checkHits();
        checkAccepted("accepted_after_event_cuts", "accepted_event_cuts");
        checkAccepted("accepted_by_time_cuts", "accepted_time_cuts");
        try (Stream<Path> files = Files.list(golden.resolve("expected"))) {
            for (Path file : files.filter(f -> f.toString().contains("_step_")).toList()) {
                String step = file.getFileName().toString().replaceAll("accepted_by_time_cuts_step_|\\.csv|\\.gz", "");
                checkAccepted("accepted_by_time_cuts_step_" + step, "`accepted_step_" + step + "`");
            }
        }
        checkCalibration();
        checkTimes("times", List.of("time_of_arrival_ns", "time_over_threshold_ns"), 1e-9, "true");
        int iterations = expectation.path("twc_iterations").asInt();
        if (iterations > 0) {
            List<String> columns = new ArrayList<>();
            for (int k = 0; k < iterations; k++) {
                columns.add("time_of_arrival_twc_iteration_" + k);
            }
            checkTimes("times_twc", columns, 1e-4, "accepted");
            checkCurves();
            checkTiming();
        }
    }

    private boolean expects(String file) {
        return Golden.has(golden.resolve("expected").resolve(file + ".csv"));
    }

    private List<Map<String, String>> expected(String file) {
        return Golden.csv(golden.resolve("expected").resolve(file + ".csv"));
    }

    /** The output of a case, which is analysed when it is asked for first. */
    private Path analysed(String name) {
        return OUTPUTS.computeIfAbsent(name, n -> {
            Path output = directory.resolve(n);
            CommandRun.ok(arguments(Golden.mini(n).resolve("input"), output).toArray());
            return output;
        });
    }

    private List<Object> arguments(Path input, Path output) {
        List<Object> arguments = new ArrayList<>(List.of(
                "telescope",
                input.resolve("F9P5_F11P5_F5P9_Beam.txt.gz"),
                "-o",
                output,
                "-q",
                "--cuts",
                input.resolve("cuts.csv")));
        Map<String, String> settings = new TreeMap<>();
        settings.put("telescope.pattern", expectation.get("pattern").toString());
        settings.put(
                "cuts.keep-events-without-data",
                expectation.get("keep_events_without_data").asText());
        settings.put("input.keep-all", expectation.get("keep_all").asText());
        settings.put("telescope.calibration", expectation.path("calibration").asText("mean"));
        settings.put("telescope.saturated-codes", "keep");
        settings.put("telescope.align", "none");
        settings.put("telescope.time-walk.fit", "odr");
        settings.put(
                "telescope.time-walk.degree",
                expectation.path("twc_polynomial_order").asText("2"));
        settings.put(
                "telescope.time-walk.iterations",
                expectation.path("twc_iterations").asText("1"));
        settings.put("telescope.bootstrap.replicas", "20");
        settings.forEach((k, v) -> arguments.addAll(List.of("--set", "etroc." + k + "=" + v)));
        if (Files.exists(input.resolve("time_cuts.csv"))) {
            arguments.addAll(List.of("--time-cuts", input.resolve("time_cuts.csv")));
        }
        arguments.addAll(List.of("--until", expectation.has("twc_iterations") ? "resolution" : "times"));
        return arguments;
    }

    private List<Integer> boards() {
        return expected("etroc1_data").stream()
                .map(r -> Integer.parseInt(r.get("data_board_id")))
                .distinct()
                .sorted()
                .toList();
    }

    /** The hits of all events, or of those that a mini-case has. */
    private void checkHits() {
        int every = expectation.path("etroc1_data_every").asInt(1);
        List<String> ours = new ArrayList<>();
        for (int b : boards()) {
            events.filter("time_of_arrival_" + b + " is not null and event % " + every + " = 0")
                    .selectExpr("concat_ws(',', event, " + b + ", time_of_arrival_" + b + ", time_over_threshold_" + b
                            + ", calibration_code_" + b + ", hit_flag_" + b + ", date_format(datetime_" + b
                            + ", 'yyyy-MM-dd HH:mm:ss'), pixel_id_" + b + ")")
                    .collectAsList()
                    .forEach(r -> ours.add(r.getString(0)));
        }
        List<String> theirs = expected("etroc1_data").stream()
                .map(r -> String.join(",", r.values()))
                .toList();
        assertThat(ours).containsExactlyInAnyOrderElementsOf(theirs);
    }

    private void checkAccepted(String file, String column) {
        if (expects(file)) {
            List<Long> ours = events.filter(column).select("event").orderBy("event").collectAsList().stream()
                    .map(r -> r.getLong(0))
                    .toList();
            assertThat(ours)
                    .as(file)
                    .isEqualTo(expected(file).stream()
                            .map(r -> Long.valueOf(r.get("event")))
                            .sorted()
                            .toList());
        }
    }

    private void checkCalibration() throws Exception {
        if (expects("board_info_data")) {
            for (Map<String, String> row : expected("board_info_data")) {
                Map<String, Object> ours = Sqlite.query(
                                out, "select * from board_info_data where data_board_id = " + row.get("data_board_id"))
                        .get(0);
                row.forEach((column, value) -> near(ours.get(column), value, 0, 1e-12, column));
            }
        }
    }

    private void checkTimes(String file, List<String> variables, double tolerance, String filter) {
        if (!expects(file)) {
            return;
        }
        Map<String, Row> byEvent = new HashMap<>();
        events.filter(filter).collectAsList().forEach(r -> byEvent.put("" + r.<Long>getAs("event"), r));
        int compared = 0;
        for (Map<String, String> row : expected(file)) {
            Row ours = byEvent.get(row.get("event"));
            for (String variable : ours == null ? List.<String>of() : variables) {
                near(ours.getAs(variable + "_" + row.get("data_board_id")), row.get(variable), tolerance, 0, variable);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(100);
    }

    /** Curves over the TOT range of accepted events, which the fits themselves store. */
    private void checkCurves() throws Exception {
        int degree = expectation.get("twc_polynomial_order").asInt();
        for (Map<String, String> row : expected("twc_fit_info")) {
            Map<String, Object> ours = Sqlite.query(
                            out,
                            "select * from twc_fit_info where twc_iteration = " + row.get("twc_iteration")
                                    + " and board_id = " + row.get("board_id") + " and twc_applied = "
                                    + row.get("twc_applied"))
                    .get(0);
            double from = (Double) ours.get("tot_min_ns");
            double to = (Double) ours.get("tot_max_ns");
            assertThat(to).isGreaterThan(from);
            for (int i = 0; i <= 50; i++) {
                double x = from + (to - from) * i / 50;
                double difference = 0;
                for (int k = degree; k >= 0; k--) {
                    difference = difference * x + (Double) ours.get("p" + k) - Double.parseDouble(row.get("p" + k));
                }
                assertThat(difference)
                        .as(row + " at " + x)
                        .isCloseTo(0, within(row.get("twc_applied").equals("1") ? 2e-4 : 1e-4));
            }
        }
    }

    private void checkTiming() throws Exception {
        for (Map<String, String> row : expected("timing_info")) {
            List<Map<String, Object>> rows = Sqlite.query(
                    out,
                    "select * from timing_info where twc_iteration = " + row.get("twc_iteration")
                            + " and data_board_id = " + row.get("data_board_id") + " and step_name = '"
                            + row.get("step_name") + "'");
            assertThat(rows).as(row.toString()).hasSize(1);
            Map<String, Object> ours = rows.get(0);
            near(ours.get("step_order"), row.get("step_order"), 0, 0, "step_order");
            for (String column : List.of("time_delta_width", "time_diff_width")) {
                near(ours.get(column), row.get(column), 5e-5, 1e-4, column);
                near(ours.get(column + "_unc"), row.get(column + "_unc"), 0, 1e-3, column);
            }
            for (String column : List.of("time_resolution", "time_resolution_new")) {
                near(ours.get(column), row.get(column), 1e-4, 0, column);
                near(ours.get(column + "_unc"), row.get(column + "_unc"), 0, 1e-3, column);
            }
        }
    }

    private static void near(Object ours, String theirs, double absolute, double relative, String what) {
        if (theirs.isEmpty()) {
            assertThat(ours).as(what).isNull();
            return;
        }
        double value = Double.parseDouble(theirs);
        assertThat(((Number) ours).doubleValue())
                .as(what)
                .isCloseTo(value, within(absolute + relative * Math.abs(value)));
    }
}
