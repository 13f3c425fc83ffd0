package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.CommandRun;
import etroc.ObjectStoreFileSystem;
import etroc.Sqlite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where nothing is renamed, parts are written in place and what says that they are whole comes last. */
class ObjectStoreSparkTest {
    @TempDir
    static Path directory;

    @Test
    void halfWrittenPartsAreNobodys() throws Exception {
        Path input = directory.resolve("beam");
        CommandRun.ok("simulate", "telescope", input, "--events", 3000, "--seed", 6);
        Path expected = directory.resolve("expected");
        CommandRun.ok("telescope", input, "-o", expected, "-q");

        Path out = directory.resolve("out");
        String uri = ObjectStoreFileSystem.SCHEME + "://" + out;
        // what a killed run leaves: a batch without its record, hits of another run in it
        Path half = Files.createDirectories(out.resolve("hits/ingest=1"));
        Files.writeString(half.resolve("part-00000-0.snappy.parquet"), "half");
        CommandRun.ok("telescope", input, "-o", uri, "-q");
        for (String table : List.of("timing_info", "twc_fit_info", "cutflow", "event_info", "quality")) {
            assertThat(Sqlite.lines(out, table, List.of("*"))).isEqualTo(Sqlite.lines(expected, table, List.of("*")));
        }
        assertThat(Sqlite.latest(out).resolve("manifest.json")).exists();
        assertThat(CommandRun.ok("reprocess", uri).out()).contains("nothing to do");
        CommandRun.ok("reprocess", uri, "-q", "--set", "telescope.time-walk.degree=1");
        CommandRun.ok("prune", uri, "--keep", 1);
        assertThat(half).doesNotExist();
        CommandRun.ok("telescope", input, "-o", uri, "-q", "--overwrite");
        assertThat(Sqlite.lines(out, "timing_info", List.of("*")))
                .isEqualTo(Sqlite.lines(expected, "timing_info", List.of("*")));
    }
}
