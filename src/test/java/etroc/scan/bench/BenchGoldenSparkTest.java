package etroc.scan.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import etroc.CommandRun;
import etroc.Golden;
import etroc.Sqlite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folders of three pixels against a plain implementation of the formulas, and against what was simulated. */
class BenchGoldenSparkTest {
    private static final double MEAN = 1e-9;
    private static final double FIT = 1e-6;

    @TempDir
    static Path directory;

    private static final Path CASE = Golden.mini("etroc2-scans");
    private static Path out = Path.of("");

    static Path unpacked(Path into) throws IOException {
        for (Map.Entry<String, String> file :
                Golden.files(CASE.resolve("input.txt")).entrySet()) {
            Path path = into.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue(), StandardCharsets.US_ASCII);
        }
        return into;
    }

    @BeforeAll
    static void scan() throws IOException {
        out = directory.resolve("out");
        CommandRun.ok("scan", unpacked(directory.resolve("input")), "-o", out, "-q");
    }

    /** Rows of a table by what is unique in the expected one, each compared with it. */
    private static void compare(
            String table, String expected, List<String> keys, Map<String, String> names, double relative)
            throws Exception {
        List<Map<String, Object>> rows = Sqlite.query(out, "select * from " + table);
        List<Map<String, String>> all = Golden.csv(CASE.resolve("expected").resolve(expected));
        assertThat(all).isNotEmpty();
        for (Map<String, String> row : all) {
            List<Map<String, Object>> ours = rows.stream()
                    .filter(r -> keys.stream()
                            .allMatch(k -> String.valueOf(r.get(names.getOrDefault(k, k)))
                                    .equals(row.get(k))))
                    .toList();
            assertThat(ours).as(table + " " + row).hasSize(1);
            row.forEach((name, value) -> {
                Object found = ours.get(0).get(names.getOrDefault(name, name));
                if (value == null || value.isEmpty()) {
                    assertThat(found).as(name + " of " + row).isNull();
                } else if (!keys.contains(name)) {
                    assertThat(found)
                            .as(name + " of " + row + " in " + ours.get(0))
                            .isInstanceOf(Number.class);
                    double wanted = Double.parseDouble(value);
                    assertThat(((Number) found).doubleValue())
                            .as(name + " of " + row)
                            .isCloseTo(wanted, within(Math.max(relative * Math.abs(wanted), 1e-12)));
                }
            });
        }
    }

    @Test
    void baselines() throws Exception {
        compare(
                "baselines",
                "baselines.csv",
                List.of("row", "col", "method"),
                Map.of("col", "column", "baseline_error", "baseline_unc", "width_error", "width_unc"),
                FIT);
    }

    @Test
    void turnOffs() throws Exception {
        compare(
                "turn_off",
                "turn_off.csv",
                List.of("row", "col", "charge"),
                Map.of("col", "column", "threshold_error", "threshold_unc"),
                MEAN);
    }

    @Test
    void lines() throws Exception {
        compare(
                "(select * from charge_lines where method = 'turn-off')",
                "charge_lines.csv",
                List.of("row", "col"),
                Map.of("col", "column", "intercept_minus_baseline", "intercept_minus_baseline"),
                FIT);
    }

    @Test
    void points() throws Exception {
        compare(
                "tdc_points",
                "tdc_points.csv",
                List.of("row", "col", "charge", "threshold"),
                Map.of(
                        "col", "column",
                        "triggers", "frames",
                        "toa_mean_ns", "toa_mean_ns"),
                MEAN);
    }

    @Test
    void edges() throws Exception {
        compare(
                "tdc_edges",
                "tdc_edges.csv",
                List.of("row", "col", "charge"),
                Map.of("col", "column", "t50_error", "t50_unc", "s_error", "s_unc"),
                FIT);
    }

    @Test
    void numbersAgreeWithTheTruth() throws Exception {
        JsonNode truth = Golden.json(CASE.resolve("truth.json"));
        for (JsonNode pixel : truth.get("pixels")) {
            String where = " where \"row\" = " + pixel.get("row") + " and \"column\" = " + pixel.get("col");
            double baseline = pixel.get("baseline").asDouble();
            assertThat(Sqlite.query(out, "select * from baselines" + where))
                    .hasSize(2)
                    .allSatisfy(b -> {
                        near(b, "baseline", baseline);
                        near(b, "width", pixel.get("noise_sigma").asDouble());
                    });
            assertThat(Sqlite.query(out, "select * from charge_lines" + where))
                    .isNotEmpty()
                    .allSatisfy(l -> {
                        near(l, "intercept", baseline);
                        near(l, "slope", pixel.get("gain_dac_per_fc").asDouble());
                    });
            assertThat(Sqlite.query(out, "select * from tdc_edges" + where))
                    .allSatisfy(e -> near(e, "s", pixel.get("edge_sigma").asDouble()));
        }
    }

    private static void near(Map<String, Object> row, String name, double truth) {
        double unc = ((Number) row.get(name + "_unc")).doubleValue();
        assertThat(((Number) row.get(name)).doubleValue()).as(name).isCloseTo(truth, within(5 * unc));
    }

    @Test
    void nothingDependsOnPartitions() throws Exception {
        for (int partitions : new int[] {1, 7}) {
            Path other = directory.resolve("out" + partitions);
            CommandRun.ok(
                    "scan", directory.resolve("input"), "-o", other, "-q", "--set", "input.partitions=" + partitions);
            for (String table :
                    List.of("baselines", "turn_off", "charge_lines", "tdc_points", "tdc_edges", "quality")) {
                assertThat(Sqlite.lines(other, table, List.of("*")))
                        .as(table)
                        .isEqualTo(Sqlite.lines(out, table, List.of("*")));
            }
        }
    }
}
