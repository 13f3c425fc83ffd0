package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import etroc.report.ReportSettings;
import etroc.store.Table;
import etroc.store.Table.Column;
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

    /** A table of one row of a record; numbers that are not given are 0 or missing. */
    private static Table table(String name, String record, Map<String, Object> values) throws Exception {
        List<Column> columns = Table.of(name, Class.forName("etroc." + record).asSubclass(Record.class), List.of())
                .columns();
        Object[] row = columns.stream()
                .map(c -> values.getOrDefault(c.name(), c.type() == Table.Type.INTEGER ? (Object) 0L : null))
                .toArray();
        return Table.of(name, columns, List.<Object[]>of(row));
    }

    private static List<Table> telescope(String step) throws Exception {
        return List.of(
                table("board_info_data", "telescope.BoardInfo", Map.of("calibration_code_mean", 140.0)),
                table(
                        "timing_info",
                        "telescope.TimingInfo",
                        Map.of(
                                "step_name",
                                step,
                                "twc_iteration",
                                -1,
                                "events",
                                10,
                                "time_resolution",
                                0.04,
                                "time_resolution_bootstrap_unc",
                                0.001,
                                "time_resolution_intrinsic",
                                0.039)),
                table(
                        "histograms",
                        "passes.HistogramBin",
                        Map.of(
                                "variable",
                                "calibration_code",
                                "step_name",
                                step,
                                "low",
                                139.5,
                                "high",
                                140.5,
                                "count",
                                10)),
                table("twc_fit_info", "telescope.TwcFit", Map.of("remark", "constant TOT " + step)),
                table("remarks", "pipeline.Context$Remark", Map.of("kind", "run", "text", step)),
                table(
                        "provenance",
                        "pipeline.Provenance$Fact",
                        Map.of("section", "settings", "key", "etroc.cuts.events", "value", step)));
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
            found |= figure.at("/layout/xaxis/ticktext/0").asText().contains("&lt;/script&gt;");
        }
        assertThat(found).as("a step has the name").isTrue();
        assertThat(directory.resolve("figures/resolution.svg")).exists();
        assertThat(Files.readString(directory.resolve("figures/calibration_code.csv")))
                .contains("139.5,140.5");
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
                Table.of("dac_vs_charge", List.of(), List.of()),
                Table.of("combined_etroc1_data", List.of(), List.of())));
        assertThat(nothing).contains("Nothing to draw: no board was scanned");
    }

    private String page2(List<Table> tables) throws Exception {
        Path other = Files.createDirectory(directory.resolve("other"));
        ResultReport.of("empty", tables, new ReportSettings("label", List.of("png")))
                .write(other);
        return Files.readString(other.resolve("index.html"));
    }
}
