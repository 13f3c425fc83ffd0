package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import etroc.CommandRun;
import etroc.Golden;
import etroc.Sqlite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Golden scans through the command line, with the hand-typed settings of the old scripts. */
class GoldenScanIT {
    private static final List<String> POINTS = List.of(
            "phase_adjust",
            "data_board_id",
            "pixel_id",
            "board_injected_charge",
            "board_discriminator_threshold",
            "hits");
    private static final Map<String, String> OLD_NAMES = Map.of(
            "hit_center", "plateau",
            "hit_window", "plateau-window",
            "difference_from_mean", "flatness",
            "rolling_mean", "rolling-mean",
            "noise_edge_offset", "edge-offset",
            "noise_with_charge", "charge",
            "trigger_board_hit_center", "trigger-plateau",
            "trigger_board_hit_window", "trigger-plateau-window");

    @TempDir
    static Path inputs;

    @TempDir
    Path out;

    /** The data files of a mini-case. */
    private static Path input(Path golden) throws IOException {
        Path directory = inputs.resolve(golden.getFileName());
        if (!Files.exists(directory)) {
            Files.createDirectories(directory);
            for (Map.Entry<String, String> file :
                    Golden.files(golden.resolve("input.txt")).entrySet()) {
                Files.writeString(directory.resolve(file.getKey()), file.getValue());
            }
        }
        return directory;
    }

    @ParameterizedTest
    @CsvSource({"scan-three-boards,0", "scan-three-boards,1", "scan-three-boards,2", "scan-trigger-leak,0"})
    void agreesWithTheOldScripts(String name, int analysis) throws Exception {
        Path golden = Golden.mini(name);
        JsonNode expectation = Golden.json(golden.resolve("case.json"));
        CommandRun.ok(arguments(golden, expectation, expectation.get("analyses").get(analysis))
                .toArray());

        assertThat(Sqlite.lines(out, "combined_etroc1_data", POINTS))
                .isEqualTo(expected(golden, "combined_etroc1_data.scanned_board.csv"));
        assertThat(Sqlite.lines(out, "combined_etroc1_data_all", POINTS))
                .isEqualTo(expected(golden, "combined_etroc1_data.all_boards.csv"));
        assertThat(Sqlite.lines(
                        out,
                        "dac_charge_data",
                        List.of("data_board_id", "board_injected_charge", "board_discriminator_threshold")))
                .isEqualTo(expected(golden, "dac_charge_data.csv"));
        checkLines(golden, analysis);
    }

    private List<Object> arguments(Path golden, JsonNode expectation, JsonNode analysis) throws Exception {
        Path cuts = out.resolveSibling(out.getFileName() + "-cuts.csv");
        Files.writeString(
                cuts,
                "board_id,variable,cut_type,cut_value\n"
                        + expectation.get("cut").asText() + "\n");
        List<Object> arguments = new ArrayList<>(List.of("scan", input(golden), "-o", out, "-q", "--cuts", cuts));
        List<String> thresholds = new ArrayList<>();
        expectation
                .get("default_thresholds")
                .properties()
                .forEach(e -> thresholds.add(e.getKey() + "=" + e.getValue()));
        set(arguments, "scan.resting-thresholds", "{" + String.join(",", thresholds) + "}");
        set(arguments, "scan.lower-limits", "keep");
        set(arguments, "scan.trigger-board", expectation.get("trigger_board").asText());
        analysis.properties()
                .forEach(e -> set(
                        arguments,
                        "scan.noise." + OLD_NAMES.get(e.getKey()),
                        e.getValue().asText()));
        return arguments;
    }

    private static void set(List<Object> arguments, String key, String value) {
        arguments.addAll(List.of("--set", "etroc." + key + "=" + value));
    }

    private static List<String> expected(Path golden, String file) {
        return Golden.csv(golden.resolve("expected").resolve(file)).stream()
                .map(r -> String.join(",", r.values()))
                .sorted()
                .toList();
    }

    private void checkLines(Path golden, int analysis) throws Exception {
        List<Map<String, String>> expected = Golden.csv(golden.resolve("expected/dac_vs_charge.csv")).stream()
                .filter(r -> r.get("analysis").equals("" + analysis))
                .toList();
        assertThat(expected).isNotEmpty();
        for (Map<String, String> row : expected) {
            Map<String, Object> ours = Sqlite.query(
                            out,
                            "select * from dac_vs_charge where method = 'last-hit' and data_board_id = "
                                    + row.get("data_board_id"))
                    .get(0);
            for (String column : List.of("noise_min_dac", "noise_max_dac", "charge_0", "charge_1", "charge_2")) {
                assertThat(number(ours, column)).as(column).isEqualTo(Double.parseDouble(row.get(column)));
            }
            for (String column : List.of("intercept", "slope", "r_squared", "min_charge")) {
                double value = Double.parseDouble(row.get(column));
                assertThat(number(ours, column)).as(column).isCloseTo(value, within(1e-9 * Math.abs(value)));
            }
            for (int i = 0; i < 3; i++) {
                double before = number(ours, "intercept") + number(ours, "slope") * number(ours, "charge_" + i);
                double tolerance = Math.abs(before - Math.rint(before)) < 1e-9 ? 1 : 0;
                assertThat(number(ours, "suggested_threshold_" + i))
                        .isCloseTo(Double.parseDouble(row.get("suggested_threshold_" + i)), within(tolerance));
            }
        }
    }

    private static double number(Map<String, Object> row, String column) {
        return ((Number) row.get(column)).doubleValue();
    }

    /** The measured scan as files of hits, all settings automatic. */
    @Test
    void findsPlateauAndEdgesOfTheMeasuredScan() throws Exception {
        List<Map<String, String>> measured =
                Golden.csv(Golden.mini("measured-scan").resolve("hits_vs_threshold.csv"));
        Path input = Files.createDirectories(out.resolveSibling(out.getFileName() + "-measured"));
        for (Map<String, String> row : measured) {
            Files.writeString(
                    input.resolve("TDC_Data_PhaseAdj0_F9P5_QSel20_DAC" + row.get("dac") + "_Split_0.dat"),
                    " 0 390  70 172 1\n".repeat(Integer.parseInt(row.get("hits"))) + " 0   0   0 134 0\n".repeat(10));
        }
        CommandRun.ok("scan", input, "-o", out, "-q");

        Map<String, Object> noise =
                Sqlite.query(out, "select * from noise_limit_data").get(0);
        assertThat(noise.get("plateau")).isEqualTo(625.0);
        assertThat(noise.get("noise_min_dac")).isEqualTo(399.0);
        Map<String, Object> point =
                Sqlite.query(out, "select * from dac_points").get(0);
        assertThat(number(point, "settled_dac")).isBetween(411.0, 412.0);
        assertThat(number(noise, "noise_max_dac")).isEqualTo(number(point, "settled_dac") - 4);
        Map<String, Object> curve =
                Sqlite.query(out, "select * from s_curve_fits").get(0);
        assertThat(number(curve, "t50")).isCloseTo(483.5, within(0.5));
        assertThat(number(curve, "noise")).isCloseTo(0.8, within(0.3));
        assertThat(Sqlite.query(out, "select * from dac_vs_charge")).hasSize(2).allSatisfy(line -> {
            assertThat(line.get("slope")).isNull();
            assertThat((String) line.get("remark")).contains("1 charge");
        });
    }

    /** The automatic settings find what the hand-typed ones do. */
    @ParameterizedTest
    @CsvSource({"scan-three-boards", "scan-trigger-leak"})
    void automaticSettingsFindBoardsAndPlateau(String name) throws Exception {
        Path golden = Golden.mini(name);
        CommandRun.ok("scan", input(golden), "-o", out, "-q");
        assertThat(Sqlite.lines(out, "combined_etroc1_data", POINTS))
                .isEqualTo(expected(golden, "combined_etroc1_data.scanned_board.csv"));
        double typed = Golden.json(golden.resolve("case.json"))
                .get("analyses")
                .get(0)
                .get("hit_center")
                .asDouble();
        assertThat(Sqlite.query(out, "select plateau, noise_max_dac from noise_limit_data"))
                .isNotEmpty()
                .allSatisfy(row -> {
                    assertThat(number(row, "plateau")).isCloseTo(typed, within(0.02 * typed));
                    assertThat(row.get("noise_max_dac")).isNotNull();
                });
    }
}
