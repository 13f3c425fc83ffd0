package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.CommandRun;
import etroc.LimitedFileSystem;
import etroc.Sqlite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A disk that is full at some moment: a clear error, nothing that looks whole, and the next run succeeds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FullDiskSparkTest {
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

    /** Results, after a look that no directory is there without what says that it is whole. */
    private static long published(Path out) throws IOException {
        long results = 0;
        for (String part :
                List.of("hits/_batch.json", "files/_files.json", "events/_events.json", "results/manifest.json")) {
            Path place = out.resolve(part).getParent();
            if (Files.exists(place)) {
                try (Stream<Path> children = Files.list(place)) {
                    for (Path child : children.filter(
                                    p -> !p.getFileName().toString().startsWith("_"))
                            .toList()) {
                        assertThat(child.resolve(out.resolve(part).getFileName()))
                                .exists();
                        results += part.startsWith("results") ? 1 : 0;
                    }
                }
            }
        }
        return results;
    }

    /** What was not published, which is to be removed. */
    private static List<Path> staged(Path out) throws IOException {
        try (Stream<Path> files = Files.exists(out) ? Files.walk(out) : Stream.of()) {
            return files.filter(p -> p.getFileName().toString().startsWith("_staging"))
                    .toList();
        }
    }

    /** The first file, the hits, the events, the result: something else does not fit each time; told by an exception or an error. */
    @ParameterizedTest
    @CsvSource({
        "100, false",
        "30000, false",
        "30000, true",
        "120000, false",
        "120000, true",
        "300000, false",
        "300000, true"
    })
    void aFullDiskPublishesNothing(long bytes, boolean error) throws Exception {
        Path out = directory.resolve("out" + bytes + error);
        String uri = LimitedFileSystem.SCHEME + "://" + out;
        LimitedFileSystem.LEFT.set(bytes);
        LimitedFileSystem.error = error;
        CommandRun full = CommandRun.of("telescope", input, "-o", uri);
        LimitedFileSystem.error = false;
        assertThat(full.exit()).as(full.err()).isEqualTo(3);
        assertThat(full.err()).contains("No space left on device").doesNotContain("\tat ");
        assertThat(out.resolve("LATEST")).doesNotExist();
        assertThat(published(out)).isZero();
        assertThat(staged(out)).isEmpty();

        LimitedFileSystem.LEFT.set(Long.MAX_VALUE / 2);
        CommandRun.ok("telescope", input, "-o", uri, "-q");
        for (String table : List.of("timing_info", "twc_fit_info", "cutflow", "event_info", "quality")) {
            assertThat(Sqlite.lines(out, table, List.of("*"))).isEqualTo(Sqlite.lines(expected, table, List.of("*")));
        }
    }

    @Test
    void aFullDiskLeavesTheOldResult() throws Exception {
        Path out = directory.resolve("twice");
        String uri = LimitedFileSystem.SCHEME + "://" + out;
        LimitedFileSystem.LEFT.set(Long.MAX_VALUE / 2);
        CommandRun.ok("telescope", input, "-o", uri, "-q");
        String id = Files.readString(out.resolve("LATEST"));
        for (Object[] command : new Object[][] {
            {"reprocess", uri, "--set", "telescope.time-walk.degree=1"}, {"telescope", input, "-o", uri, "--overwrite"}
        }) {
            LimitedFileSystem.LEFT.set(50_000);
            assertThat(CommandRun.of(command).exit()).isEqualTo(3);
            assertThat(Files.readString(out.resolve("LATEST"))).isEqualTo(id);
            assertThat(published(out)).isEqualTo(1);
        }
        LimitedFileSystem.LEFT.set(Long.MAX_VALUE / 2);
        CommandRun.ok("telescope", input, "-o", uri, "--overwrite", "-q");
        assertThat(Sqlite.lines(out, "timing_info", List.of("*")))
                .isEqualTo(Sqlite.lines(expected, "timing_info", List.of("*")));
    }

    @Test
    void aPlaceWithoutWritePermissionIsNamed() {
        LimitedFileSystem.writable = false;
        try {
            CommandRun run =
                    CommandRun.of("telescope", input, "-o", LimitedFileSystem.SCHEME + "://" + directory + "/no");
            assertThat(run.exit()).isEqualTo(3);
            assertThat(run.err()).contains("Permission denied", "/no").doesNotContain("\tat ");
        } finally {
            LimitedFileSystem.writable = true;
        }
    }
}
