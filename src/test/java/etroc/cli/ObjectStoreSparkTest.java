package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.CommandRun;
import etroc.ObjectStoreFileSystem;
import etroc.Sqlite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Where nothing is renamed, parts are written in place and what says that they are whole comes last. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObjectStoreSparkTest {
    private static final List<String> TABLES =
            List.of("timing_info", "twc_fit_info", "cutflow", "event_info", "quality");

    @TempDir
    static Path directory;

    private Path input;
    private Path expected;

    @BeforeAll
    void simulate() {
        input = directory.resolve("beam");
        CommandRun.ok("simulate", "telescope", input, "--events", 3000, "--seed", 6);
        expected = directory.resolve("expected");
        CommandRun.ok("telescope", input, "-o", expected, "-q");
    }

    @AfterEach
    void revive() {
        ObjectStoreFileSystem.revive();
    }

    private static List<String> children(Path path) throws Exception {
        try (Stream<Path> all = Files.list(path)) {
            return all.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    private void assertSameTables(Path out) throws Exception {
        for (String table : TABLES) {
            assertThat(Sqlite.lines(out, table, List.of("*")))
                    .as(table)
                    .isEqualTo(Sqlite.lines(expected, table, List.of("*")));
        }
    }

    @Test
    void aRunThatIsKilledAgainAndAgainComesToItsEnd() throws Exception {
        Path out = directory.resolve("out");
        String uri = ObjectStoreFileSystem.SCHEME + "://" + out;
        for (String at : List.of("_batch.json", "/tables/events.parquet/part", "/manifest.json")) {
            ObjectStoreFileSystem.dieAt(at);
            CommandRun killed = CommandRun.of("telescope", input, "-o", uri, "-q");
            ObjectStoreFileSystem.revive();
            assertThat(killed.exit()).as(killed.err()).isEqualTo(3);
            assertThat(out.resolve("LATEST")).doesNotExist();
        }
        assertThat(children(out.resolve("results"))).hasSize(3);
        assertThat(children(out.resolve("hits"))).containsExactly("ingest=1", "ingest=2");

        CommandRun.ok("telescope", input, "-o", uri, "-q");
        assertSameTables(out);
        assertThat(Sqlite.latest(out).resolve("manifest.json")).exists();
        assertThat(CommandRun.ok("reprocess", uri).out()).contains("nothing to do");

        CommandRun.ok("reprocess", uri, "-q", "--set", "telescope.time-walk.degree=1");
        assertThat(CommandRun.ok("prune", uri, "--keep", 1).out()).contains("/ingest=1", "died within the last day");
        assertThat(children(out.resolve("results"))).hasSize(5);
        try (Stream<Path> all = Files.walk(out)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
            }
        }
        CommandRun.ok("prune", uri, "--keep", 1);
        assertThat(children(out.resolve("results")))
                .containsExactly(Files.readString(out.resolve("LATEST")).trim());
        assertThat(children(out.resolve("hits"))).containsExactly("ingest=2");
        assertThat(children(out.resolve("events"))).hasSize(1);

        CommandRun.ok("telescope", input, "-o", uri, "-q", "--overwrite");
        assertThat(children(out.resolve("hits"))).containsExactly("ingest=3");
        assertSameTables(out);
    }

    @Test
    void twoRunsAtOnceGiveTwoResults() throws Exception {
        Path out = directory.resolve("two");
        Object[] command = {"telescope", input, "-o", ObjectStoreFileSystem.SCHEME + "://" + out, "-q", "--overwrite"};
        CompletableFuture<CommandRun> other = CompletableFuture.supplyAsync(() -> CommandRun.ok(command));
        CommandRun.ok(command);
        other.get();
        assertThat(children(out.resolve("results")))
                .hasSize(2)
                .contains(Files.readString(out.resolve("LATEST")).trim());
        assertThat(children(out.resolve("hits"))).containsExactly("ingest=1", "ingest=2");
        assertThat(children(out.resolve("files"))).containsExactly("ingest=1", "ingest=2");
        assertSameTables(out);
        CommandRun.ok("prune", ObjectStoreFileSystem.SCHEME + "://" + out, "--keep", 1);
        assertThat(children(out.resolve("hits"))).hasSize(1);
        assertSameTables(out);
    }
}
