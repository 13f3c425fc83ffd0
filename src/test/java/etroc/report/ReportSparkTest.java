package etroc.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import etroc.CommandRun;
import etroc.SharedSession;
import etroc.Sqlite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers on the page are those of results.sqlite. */
class ReportSparkTest {
    @TempDir
    Path directory;

    private static String html(Path out) throws Exception {
        return Files.readString(Sqlite.latest(out).resolve("report/index.html"));
    }

    /** What Plotly gets, by the figure's id. */
    private static Map<String, JsonNode> figures(String html) throws Exception {
        Map<String, JsonNode> figures = new HashMap<>();
        Matcher json = Pattern.compile("data-for=\"([^\"]*)\">(.*?)</script>").matcher(html);
        while (json.find()) {
            figures.put(json.group(1), new JsonMapper().readTree(json.group(2)));
        }
        return figures;
    }

    private static List<Double> numbers(JsonNode array) {
        return array.valueStream().map(JsonNode::asDouble).toList();
    }

    private static JsonNode trace(JsonNode figure, String name) {
        return figure.get("data")
                .valueStream()
                .filter(t -> t.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aScan() throws Exception {
        Path out = directory.resolve("out");
        Path input = directory.resolve("in");
        CommandRun.ok("simulate", "scan", input, "--seed", 5, "--charges", "14,20,26", "--step", 4, "--lines", 200);
        CommandRun.ok("scan", input, "-o", out, "-q");
        String page = html(out);
        Map<String, JsonNode> figures = figures(page);
        JsonNode points = trace(figures.get("hits-board-0-F9P5-phase-0"), "20 fC");
        List<Map<String, Object>> rows = Sqlite.query(
                out,
                "select * from combined_etroc1_data where data_board_id = 0 and board_injected_charge = 20"
                        + " order by board_discriminator_threshold");
        assertThat(numbers(points.get("x")))
                .isEqualTo(column(rows, "board_discriminator_threshold"))
                .hasSizeGreaterThan(10);
        assertThat(numbers(points.get("y"))).isEqualTo(column(rows, "hits"));
        for (Map<String, Object> line : Sqlite.query(out, "select * from dac_vs_charge where slope is not null")) {
            assertThat(page)
                    .contains(
                            "<td>" + Rounded.of((Double) line.get("slope"), (Double) line.get("slope_unc")) + "</td>");
        }
        long hits = ((Number) Sqlite.query(out, "select sum(hits) n from quality")
                        .get(0)
                        .get("n"))
                .longValue();
        assertThat(page).contains(String.format(java.util.Locale.ROOT, "%,d hits", hits));
        long binned = ((Number) Sqlite.query(
                                out,
                                "select sum(count) n from histograms where variable = 'calibration_code' and step_order = 0")
                        .get(0)
                        .get("n"))
                .longValue();
        assertThat(binned).isEqualTo(hits);
    }

    private static List<Double> column(List<Map<String, Object>> rows, String name) {
        return rows.stream().map(r -> ((Number) r.get(name)).doubleValue()).toList();
    }

    private static void checkLast(JsonNode figure, String name, double expected) {
        List<Double> y = numbers(trace(figure, name).get("y"));
        assertThat(y.get(y.size() - 1)).isCloseTo(expected, Percentage.withPercentage(1e-4));
    }

    @Test
    void aTelescopeRun() throws Exception {
        Path out = directory.resolve("out");
        Path input = directory.resolve("in");
        CommandRun.ok("simulate", "telescope", input, "--events", 4000, "--seed", 2);
        Path timeCuts = Files.writeString(directory.resolve("time.csv"), """
                cut_type,cut_direction,variable_1,board_id_1,variable_2,board_id_2,value_1,value_2,value_3,output
                diag-dist,<,time_of_arrival_ns,0,time_of_arrival_ns,1,1,,,near
                """);
        CommandRun.ok(
                "telescope", input, "-o", out, "-q", "--time-cuts", timeCuts, "--set", "report.formats=[png,svg,pdf]");
        String page = html(out);
        Map<String, JsonNode> figures = figures(page);
        List<Map<String, Object>> timing = Sqlite.query(out, "select * from timing_info where step_name = 'Final'");
        assertThat(timing).hasSize(6);
        for (Map<String, Object> row : timing) {
            double ps = 1000 * (Double) row.get("time_resolution");
            double unc = 1000 * (Double) row.get("time_resolution_bootstrap_unc");
            assertThat(page).contains("<td>" + Rounded.of(ps, unc) + "</td>");
            double core = 1000 * (Double) row.get("time_resolution_core");
            double coreUnc = 1000 * (Double) row.get("time_resolution_core_bootstrap_unc");
            assertThat(page).contains("<td>" + Rounded.of(core, coreUnc) + "</td>");
            if (((Number) row.get("twc_iteration")).intValue() == 0) {
                String board = "board " + row.get("data_board_id");
                checkLast(figures.get("resolution"), board + ", Gaussian core", core);
                checkLast(figures.get("resolution"), board + ", Gaussian core: standard deviation", ps);
            }
        }
        // every event of a step is in its histograms, and in the slices
        for (int board : new int[] {0, 1, 3}) {
            assertThat(count(
                            out,
                            "histograms where variable = 'time_of_arrival' and step_name = 'Final' and data_board_id = "
                                    + board))
                    .isEqualTo(((Number) timing.get(0).get("events")).longValue());
            assertThat(count(
                            out,
                            "histograms where variable = 'time_of_arrival' and step_name like '%near' and data_board_id = "
                                    + board))
                    .isPositive();
        }
        assertThat(Sqlite.query(out, "select sum(events) n from drift where data_board_id = 0")
                        .get(0)
                        .get("n"))
                .isEqualTo(timing.get(0).get("events"));
        assertThat(count(out, "planes where variable_y = 'time_of_arrival_ns' and data_board_id = 0"))
                .isEqualTo(((Number) timing.get(0).get("events")).longValue());

        Path report = Sqlite.latest(out).resolve("report");
        try (Stream<Path> files = Files.list(report.resolve("figures"))) {
            assertThat(files).hasSizeGreaterThan(80);
        }
        CommandRun.ok("report", out, "--set", "report.label=module 7", "--formats", "svg");
        assertThat(Files.readString(report.resolve("figures/resolution.svg"))).contains("module 7");
        assertThat(report.resolve("figures/resolution.png")).doesNotExist();
        assertThat(CommandRun.of("report", out, "--formats", "bmp").exit()).isEqualTo(1);
        exports(out, ((Number) timing.get(0).get("events")).longValue());
        JsonNode json =
                new JsonMapper().readTree(CommandRun.ok("show", out, "--json").out());
        assertThat(json.at("/tables/timing_info")).hasSizeGreaterThanOrEqualTo(6);
    }

    /** Events as CSV and as one Parquet file, the same rows; and nothing hidden is left. */
    private void exports(Path out, long events) throws Exception {
        Path csv = directory.resolve("events.csv");
        CommandRun.ok("export", out, "events", "-o", csv);
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines).hasSizeGreaterThan((int) events);
        assertThat(lines.get(0)).startsWith("run,").contains("time_of_arrival_ns_0", "accepted");
        assertThat(CommandRun.of("export", out, "events", "-o", csv).exit()).isEqualTo(1);
        Path parquet = directory.resolve("events.parquet");
        CommandRun.ok("export", out, "events", "-o", parquet);
        Dataset<Row> read = SharedSession.get().read().parquet(parquet.toString());
        assertThat(read.count()).isEqualTo(lines.size() - 1);
        assertThat(read.schema().apply("time_of_arrival_ns_3").getComment().get())
                .isEqualTo("time of arrival before the correction [ns], board 3");
        assertThat(lines.get(0)).contains("time_of_arrival_ns_0,time_of_arrival_ns_1,time_of_arrival_ns_3");
        // the one-liner of src/docs/sharing.md, "Several outputs together"
        String line = Files.readString(Path.of("src/docs/sharing.md"))
                .lines()
                .filter(l -> l.contains("selectExpr("))
                .findFirst()
                .orElseThrow();
        String dataset = line.replaceFirst(".*\"\\*\", \"(.*)\"\\)", "$1");
        List<Row> together = SharedSession.get()
                .read()
                .parquet(directory + "/*/latest/tables/events.parquet")
                .selectExpr("*", dataset)
                .groupBy("dataset")
                .count()
                .collectAsList();
        assertThat(together).singleElement().satisfies(r -> {
            assertThat(r.getString(0)).isEqualTo("out");
            assertThat(r.getLong(1)).isEqualTo(lines.size() - 1);
        });
        CommandRun.ok("export", out, "timing_info", "-o", directory.resolve("timing.parquet"));
        assertThat(CommandRun.of("export", out, "event").exit()).isEqualTo(2);
        try (Stream<Path> files = Files.walk(out)) {
            assertThat(files.filter(f -> f.toString().endsWith(".crc"))).isEmpty();
        }
    }

    private static long count(Path out, String from) throws Exception {
        return ((Number) Sqlite.query(out, "select sum(count) n from " + from)
                        .get(0)
                        .get("n"))
                .longValue();
    }
}
