package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import etroc.report.ReportSettings;
import etroc.store.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultReportTest {
    private static final String HOSTILE = "</script><script>alert(1)</script>\"'&ü/..\\" + "x".repeat(200);

    @TempDir
    Path directory;

    private static final List<String> BOARD_INFO = columns("board_info_data");
    private static final List<String> TIMING_INFO = columns("timing_info");
    private static final List<String> TWC_FIT_INFO = columns("twc_fit_info");

    /** Names and types of a table's columns, as src/docs/tables.md has them. */
    private static List<String> columns(String table) {
        return switch (table) {
            case "board_info_data" ->
                List.of(
                        "data_board_id:i calibration_code_mean:r calibration_code_median:r fbin_mean:r fbin_median:r calibration_code_mode:r calibration_code_spread:r hits:i hits_with_code_0:i pixel_id:t bias_voltage:r"
                                .split(" "));
            case "timing_info" ->
                List.of(
                        "data_board_id:i time_delta_width:r time_diff_width:r time_delta_width_unc:r time_diff_width_unc:r step_order:i step_name:t twc_iteration:i time_resolution:r time_resolution_unc:r time_resolution_new:r time_resolution_new_unc:r events:i time_diff_core_mean:r time_diff_core_width:r time_resolution_bootstrap_unc:r time_resolution_low:r time_resolution_high:r time_resolution_core:r time_resolution_core_unc:r time_resolution_core_bootstrap_unc:r time_resolution_core_low:r time_resolution_core_high:r time_resolution_intrinsic:r fbin:r remark:t bias_voltage:r"
                                .split(" "));
            default ->
                List.of(
                        "twc_iteration:i board_id:i twc_applied:i p0:r p0_unc:r residual_variance_ns2:r events:i tot_min_ns:r tot_max_ns:r remark:t bias_voltage:r tot_clamped:i"
                                .split(" "));
        };
    }

    /** A table of one row, whose other values are 0 for whole numbers and missing else. */
    private static Table row(String name, List<String> columns, Map<String, Object> given) {
        Object[] values = columns.stream()
                .map(c -> given.getOrDefault(c.substring(0, c.indexOf(':')), c.endsWith(":i") ? 0 : null))
                .toArray();
        return Table.of(name, columns.toArray(String[]::new)).row(values);
    }

    private static List<Table> telescope(String step) {
        return List.of(
                row(
                        "board_info_data",
                        BOARD_INFO,
                        Map.of("data_board_id", 0, "calibration_code_mean", 140.0, "hits", 10)),
                row(
                        "timing_info",
                        TIMING_INFO,
                        Map.of(
                                "step_name",
                                step,
                                "step_order",
                                0,
                                "twc_iteration",
                                -1,
                                "data_board_id",
                                0,
                                "events",
                                10,
                                "time_resolution",
                                0.04,
                                "time_resolution_bootstrap_unc",
                                0.001,
                                "time_resolution_intrinsic",
                                0.039)),
                Table.of(
                                "histograms",
                                "variable:t",
                                "step_order:i",
                                "step_name:t",
                                "data_board_id:i",
                                "other_board_id:i",
                                "low:r",
                                "high:r",
                                "count:i")
                        .row("calibration_code", 0, step, 0, null, 139.5, 140.5, 10),
                row(
                        "twc_fit_info",
                        TWC_FIT_INFO,
                        Map.of(
                                "twc_iteration", 0,
                                "board_id", 0,
                                "twc_applied", 0,
                                "events", 10,
                                "tot_clamped", 1,
                                "remark", "constant TOT " + step)),
                Table.of("remarks", "kind:t", "text:t").row("run", step),
                Table.of("provenance", "section:t", "key:t", "value:t").row("settings", "etroc.cuts.events", step));
    }

    private String page(List<Table> tables, String label) throws Exception {
        assertThat(ResultReport.of(HOSTILE, tables, new ReportSettings(label, List.of("png", "svg", "pdf")))
                        .write(directory))
                .isEmpty();
        return Files.readString(directory.resolve("index.html"));
    }

    @Test
    void namesNeitherBreakNorInject() throws Exception {
        String html = page(telescope(HOSTILE), HOSTILE);
        assertThat(html).doesNotContain("<script>alert").contains("&lt;script&gt;alert(1)", "ü");
        // as many elements as the page makes
        assertThat(html.split("<script", -1)).hasSize(1 + 2 + figures(html));
        Matcher json = Pattern.compile("<script type=\"application/json\"[^>]*>(.*?)</script>")
                .matcher(html);
        boolean found = false;
        while (json.find()) {
            JsonNode figure = new JsonMapper().readTree(json.group(1));
            found |= figure.at("/data/0/name").asText().contains("&lt;/script&gt;");
        }
        assertThat(found).as("a series has the name").isTrue();
        assertThat(directory.resolve("figures/resolution.svg")).exists();
        assertThat(Files.readString(directory.resolve("figures/calibration_code-board-0.csv")))
                .contains("\"\"'&ü", "139.5,140.5");
    }

    private static int figures(String html) {
        return html.split("data-for=", -1).length - 1;
    }

    @Test
    void whatCannotBeDrawnSaysWhy() throws Exception {
        String html = page(telescope("Final"), "label");
        assertThat(html)
                .contains("Nothing to draw: constant TOT Final", "Nothing to draw: fewer than two events are left");
        String nothing = page2(List.of(
                Table.of("dac_vs_charge", "data_board_id:i"), Table.of("combined_etroc1_data", "data_board_id:i")));
        assertThat(nothing).contains("Nothing to draw: no board was scanned");
    }

    private String page2(List<Table> tables) throws Exception {
        Path other = Files.createDirectory(directory.resolve("other"));
        ResultReport.of("empty", tables, new ReportSettings("label", List.of("png")))
                .write(other);
        return Files.readString(other.resolve("index.html"));
    }
}
