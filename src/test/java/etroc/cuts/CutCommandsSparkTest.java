package etroc.cuts;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.CommandRun;
import etroc.Sqlite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cuts on whole command lines: wrong ones end with exit code 1 before anything is made, odd data fail the cut and not the job. */
class CutCommandsSparkTest {
    @TempDir
    Path directory;

    private Path input;
    private Path out;

    @BeforeEach
    void smallScan() throws IOException {
        input = Files.createDirectories(directory.resolve("scan"));
        out = directory.resolve("out");
        for (int t = 400; t < 412; t++) {
            Files.writeString(
                    input.resolve("TDC_Data_PhaseAdj0_F9P5_QSel20_DAC" + t + "_Split_0.dat"),
                    " 0 390  70 147 1\n".repeat(t < 404 ? 100 : t > 408 ? 0 : 50) + " 0 390  70   0 1\n".repeat(20));
        }
    }

    private void refused(CommandRun run, String hint) {
        assertThat(run.err()).startsWith("etroc: ").contains(hint).hasLineCount(1);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(out).doesNotExist();
    }

    @Test
    void cutsThatCannotWork() throws IOException {
        for (String cut : List.of(
                "hit_flag",
                "abs(1, 2) > 0",
                "run < 5",
                "calibration_code < date'2020-01-01'",
                "calibration_code < 200 -- only good",
                "(".repeat(1500) + "calibration_code < 200" + ")".repeat(1500))) {
            for (String more : List.of("-q", "--dry-run")) {
                refused(CommandRun.of("scan", input, "-o", out, "--set", "scan.cut=" + cut, more), "scan.cut: '");
            }
        }
        Path table = Files.writeString(
                directory.resolve("cuts.csv"), "board_id,variable,cut_type,cut_value\n*,pixel_id,==,5\n");
        refused(CommandRun.of("scan", input, "-o", out, "-q", "--cuts", table), "cuts.csv, line 2: variable is");

        Path beam = directory.resolve("beam");
        CommandRun.ok("simulate", "telescope", beam, "--events", 10);
        refused(
                CommandRun.of("telescope", beam, "-o", out, "-q", "--set", "cuts.events=hit_flag_0"),
                "etroc.cuts.events (--set cuts.events: 1): 'hit_flag_0' is INT");
        refused(
                CommandRun.of("telescope", beam, "-o", out, "-q", "--set", "cuts.times=time_of_arrival_ns_0 + run > 1"),
                "takes run, which is STRING, for DOUBLE");
        Files.writeString(table, "board_id,variable,cut_type,cut_value\n*,datetime,<,5\n");
        refused(CommandRun.of("telescope", beam, "-o", out, "-q", "--cuts", table), "cuts.csv, line 2: variable is");
    }

    @Test
    void aCodeOfZeroFailsADivisionForThatHitAlone() throws Exception {
        CommandRun.ok("scan", input, "-o", out, "-q", "--set", "scan.cut=time_of_arrival / calibration_code > 2");
        assertThat(Sqlite.query(
                                out,
                                "select cut, sql, events, passing_alone, passing_cumulative, passing_all_others from cutflow")
                        .toString())
                .isEqualTo("[{cut=time_of_arrival / calibration_code > 2,"
                        + " sql=coalesce((try_divide(time_of_arrival, calibration_code) > 2), false),"
                        + " events=890, passing_alone=650, passing_cumulative=650, passing_all_others=890}]");
    }
}
