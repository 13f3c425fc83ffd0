package etroc.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.CommandRun;
import etroc.Sqlite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignSparkTest {
    @TempDir
    Path directory;

    private Path out;
    private Path file;

    @BeforeEach
    void simulate() throws Exception {
        out = directory.resolve("out");
        file = directory.resolve("campaign.conf");
        for (int i = 0; i < 2; i++) {
            CommandRun.ok(
                    "simulate",
                    "scan",
                    directory.resolve("scan" + i),
                    "--seed",
                    i,
                    "--charges",
                    "14,20",
                    "--step",
                    10,
                    "--lines",
                    100);
        }
        CommandRun.ok("simulate", "telescope", directory.resolve("beam"), "--events", 2000, "--seed", 3, "--bias", 235);
        write("scan.noise.edge-offset = 4");
    }

    private void write(String settingsOfScan1) throws Exception {
        Files.writeString(file, """
                campaign {
                  output = out
                  datasets = [
                    { name = scan0, kind = scan, inputs = [scan0] , tags { date = 2026-11-01 } }
                    { name = scan1, kind = scan, inputs = [scan1], settings { %s } }
                    { name = beam, kind = telescope, inputs = ["beam/*.txt"], tags { bias_voltage = 235 V } }
                  ]
                }
                etroc { telescope.bootstrap.replicas = 20, report.formats = [] }
                """.formatted(settingsOfScan1));
    }

    private Map<String, String> latest() throws Exception {
        Map<String, String> ids = new HashMap<>();
        for (String name : List.of("scan0", "scan1", "beam")) {
            ids.put(name, Files.readString(out.resolve(name).resolve("LATEST")));
        }
        return ids;
    }

    private List<Map<String, Object>> campaign(String sql) throws Exception {
        return Sqlite.queryFile(out.resolve("campaign.sqlite"), sql);
    }

    @Test
    void onlyWhatChangedRunsAgain() throws Exception {
        CommandRun.ok("campaign", file, "-q");
        Map<String, String> first = latest();
        assertThat(campaign("select dataset, status from datasets"))
                .extracting(r -> r.get("dataset") + " " + r.get("status"))
                .containsExactly("scan0 done", "scan1 done", "beam done");
        CommandRun.ok("campaign", file, "-q");
        assertThat(latest()).isEqualTo(first);
        assertThat(campaign("select distinct status from datasets where files > 0"))
                .extracting(r -> r.get("status"))
                .containsExactly("unchanged");

        write("scan.cut = calibration_code < 100");
        assertThat(CommandRun.ok("campaign", file, "--dry-run").out())
                .contains("counts     runs: cuts changed", "ingest     unchanged");
        CommandRun.ok("campaign", file, "-q");
        Map<String, String> second = latest();
        assertThat(second.get("scan0")).isEqualTo(first.get("scan0"));
        assertThat(second.get("beam")).isEqualTo(first.get("beam"));
        assertThat(second.get("scan1")).isNotEqualTo(first.get("scan1"));
    }

    @Test
    void resultsStandSideBySide() throws Exception {
        CommandRun.ok("campaign", file, "-q", "--parallel", 3);
        List<Map<String, Object>> resolutions = campaign("select * from resolutions order by data_board_id");
        assertThat(resolutions)
                .hasSize(3)
                .allSatisfy(r -> assertThat(r.get("tag_bias_voltage_v")).isEqualTo(235.0));
        List<Map<String, Object>> own = Sqlite.query(
                out.resolve("beam"),
                "select * from timing_info where step_name = 'Final' and twc_iteration = 0 order by data_board_id");
        for (int i = 0; i < 3; i++) {
            assertThat(resolutions.get(i).get("time_resolution"))
                    .isNotNull()
                    .isEqualTo(own.get(i).get("time_resolution"));
        }
        assertThat(campaign("select distinct dataset, measured from thresholds where dataset = 'scan0'"))
                .singleElement()
                .satisfies(r -> assertThat(r.get("measured")).isEqualTo("2026-11-01"));
        assertThat(campaign("select * from thresholds where dataset = 'scan1'")).isNotEmpty();
        // in parallel or alone, through a campaign or not
        Path alone = directory.resolve("alone");
        CommandRun.ok("scan", directory.resolve("scan1"), "-o", alone, "-q");
        for (String table : List.of("combined_etroc1_data", "dac_vs_charge", "s_curve_fits", "quality")) {
            assertThat(Sqlite.lines(out.resolve("scan1"), table, List.of("*")))
                    .isEqualTo(Sqlite.lines(alone, table, List.of("*")));
        }
        String page = Files.readString(out.resolve("campaign.html"));
        String report = "beam/results/" + latest().get("beam").trim() + "/report/index.html";
        assertThat(page).contains("scan0", "235", "<a href=\"" + report + "\">beam</a>");
        assertThat(out.resolve(report)).exists();
        assertThat(page)
                .contains("data-for=\"resolution-bias-voltage\"", "bias voltage [V]", "time resolution [ps]")
                .contains("data-for=\"threshold-date\"");
        assertThat(out.resolve("plotly-cartesian.min.js")).exists();
    }

    @Test
    void oneThatFailsDoesNotStopTheOthers() throws Exception {
        Files.writeString(directory.resolve("scan1/odd.dat"), "x");
        CommandRun run = CommandRun.of("campaign", file);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("scan1 failed", "odd.dat");
        assertThat(campaign("select dataset, status, message from datasets where status = 'failed'"))
                .singleElement()
                .satisfies(r -> assertThat(r.get("message").toString()).contains("odd.dat"));
        assertThat(out.resolve("scan0/LATEST")).exists();
        assertThat(out.resolve("beam/LATEST")).exists();
        Files.delete(directory.resolve("scan1/odd.dat"));
        CommandRun.ok("campaign", file, "-q");
        assertThat(out.resolve("scan1/LATEST")).exists();
    }

    @Test
    void selections() throws Exception {
        CommandRun.ok("campaign", file, "-q", "--only", "scan*", "--since", "2020-01-01");
        assertThat(out.resolve("beam/LATEST")).doesNotExist();
        assertThat(out.resolve("scan1/LATEST")).exists();
        CommandRun.ok("campaign", file, "-q", "--since", "2999-01-01");
        assertThat(campaign("select distinct status from datasets"))
                .extracting(r -> r.get("status"))
                .containsExactly("not selected");
        CommandRun wrong = CommandRun.of("campaign", file, "--only", "laser*");
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.err()).contains("there are scan0, scan1, beam");
        assertThat(CommandRun.of("campaign", file, "--since", "tomorrow").exit())
                .isEqualTo(1);
    }

    @Test
    void whatTheFileAsksForIsCheckedBeforeAnythingRuns() throws Exception {
        Files.writeString(file, """
                campaign {
                  output = out
                  datasets = [
                    { name = a, kind = scan, inputs = [scan0, "nothing*"] }
                    { name = b, kind = scan, inputs = [scan0], settings { scan.cut = colour < 3 } }
                    { name = c, kind = laser, inputs = [scan0] }
                    { name = d, kind = scan, inputs = [scan0], until = walk }
                  ]
                }
                """);
        CommandRun run = CommandRun.of("campaign", file);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .contains(
                        "4 errors",
                        "line 4: dataset 'a'",
                        "nothing*' matches nothing",
                        "line 5: dataset 'b'",
                        "'colour'",
                        "line 6: dataset 'c'",
                        "'laser'; possible: ingest, scan, telescope",
                        "line 7: dataset 'd'",
                        "the stages are ingest, counts");
        assertThat(out).doesNotExist();
    }
}
