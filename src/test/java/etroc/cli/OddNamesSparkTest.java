package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.CommandRun;
import etroc.Sqlite;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An output may have any name: what is a pattern elsewhere is a letter here. */
class OddNamesSparkTest {
    private static final List<String> TABLES = List.of("timing_info", "cutflow", "event_info");

    @TempDir
    Path directory;

    @Test
    void namesAreNoPatterns() throws Exception {
        Path input = directory.resolve("beam");
        CommandRun.ok("simulate", "telescope", input, "--events", 2000, "--seed", 6);
        Path plain = directory.resolve("plain");
        Path odd = directory.resolve("run[1] {a,b} *?");
        for (Path out : List.of(plain, odd)) {
            CommandRun.ok("telescope", input, "-o", out, "-q");
            // reads hits and events again
            CommandRun.ok("reprocess", out, "-q", "--set", "cuts.events=calibration_code_1 > 130");
        }
        for (String table : TABLES) {
            assertThat(Sqlite.lines(odd, table, List.of("*")))
                    .as(table)
                    .isNotEmpty()
                    .isEqualTo(Sqlite.lines(plain, table, List.of("*")));
        }
        assertThat(CommandRun.ok("show", odd).out()).contains("time resolution");
        assertThat(CommandRun.ok("prune", odd, "--keep", 1).out())
                .contains("removed")
                .hasLineCount(1);
    }
}
