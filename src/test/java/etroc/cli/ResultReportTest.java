package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import etroc.report.ReportSettings;
import etroc.store.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultReportTest {
    private static final String HOSTILE = "</script><script>alert(1)</script>\"'&ü/..\\" + "x".repeat(200);

    @TempDir
    Path directory;

    private static List<Table> telescope(String step) {
        return List.of(
                Table.of("board_info_data", "data_board_id:i", "calibration_code_mean:r")
                        .row(0, 140.0),
                Table.of(
                                "timing_info",
                                "step_name:t",
                                "twc_iteration:i",
                                "data_board_id:i",
                                "events:i",
                                "time_resolution:r",
                                "time_resolution_bootstrap_unc:r",
                                "time_resolution_core:r",
                                "time_resolution_core_bootstrap_unc:r",
                                "time_resolution_intrinsic:r",
                                "remark:t")
                        .row(step, -1, 0, 10, 0.04, 0.001, null, null, 0.039, ""),
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
                Table.of("twc_fit_info", "board_id:i", "remark:t").row(0, "constant TOT " + step),
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
