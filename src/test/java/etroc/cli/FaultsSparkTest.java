package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.CommandRun;
import etroc.FaultyFileSystem;
import etroc.Sqlite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A scan of which one operation on files fails, each in turn: a whole result or none, one line that names the fault, and the same command
 * succeeds afterwards. Some of the operations here; {@code -Dfaults=1} tries all.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsSparkTest {
    /** Of so many operations one is tried. */
    private static final int STRIDE = Integer.getInteger("faults", 20);

    private static final List<String> TABLES = List.of("run_hits", "quality", "cutflow", "dac_points", "s_curve_fits");

    @TempDir
    static Path directory;

    private Path input;
    private Path expected;
    /** Of the whole command. */
    private int operations;

    @BeforeAll
    void simulate() throws IOException {
        input = directory.resolve("scan");
        CommandRun.ok(
                "simulate", "scan", input, "--boards", 1, "--charges", 20, "--step", 12, "--lines", 50, "--seed", 6);
        Files.delete(input.resolve("truth.csv"));
        expected = directory.resolve("expected");
        FaultyFileSystem.failing = 0;
        FaultyFileSystem.DONE.set(0);
        assertThat(scan(expected).exit()).isZero();
        operations = FaultyFileSystem.DONE.get();
        assertThat(operations).isGreaterThan(100);
    }

    private CommandRun scan(Path out) {
        String scheme = FaultyFileSystem.SCHEME + "://";
        return CommandRun.of("scan", scheme + input, "-o", scheme + out, "-q");
    }

    private void isWhole(Path out) throws Exception {
        for (String table : TABLES) {
            assertThat(Sqlite.lines(out, table, List.of("*"))).isEqualTo(Sqlite.lines(expected, table, List.of("*")));
        }
        assertThat(CommandRun.of("verify", out).out()).contains("all as written");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aResultIsWholeOrNotThere(boolean error) throws Exception {
        int failed = 0;
        int tried = 0;
        for (int n = error ? 1 + STRIDE / 2 : 1; n <= operations; n += STRIDE) {
            Path out = directory.resolve("out-" + error + n);
            FaultyFileSystem.DONE.set(0);
            FaultyFileSystem.error = error;
            FaultyFileSystem.failing = n;
            CommandRun run = scan(out);
            FaultyFileSystem.failing = 0;
            tried++;
            String what = "operation " + n + " of " + operations + ": " + run.err();
            assertThat(run.err()).as(what).doesNotContain("\tat ");
            if (run.exit() == 0) { // what failed was not needed
                isWhole(out);
            } else {
                failed++;
                assertThat(run.exit()).as(what).isIn(Main.INPUT, Main.FAILURE);
                assertThat(run.err()).as(what).contains("Input/output error");
                if (Files.exists(out.resolve("LATEST"))) {
                    isWhole(out);
                } else {
                    assertThat(staged(out)).as(what).isEmpty();
                }
                assertThat(scan(out).exit()).as(what).isZero();
                isWhole(out);
            }
            FileUtils.deleteDirectory(out.toFile());
        }
        System.out.printf(
                "faults (%s): %d of %d operations tried, %d ended the command, %d did not matter%n",
                error ? "errors" : "exceptions", tried, operations, failed, tried - failed);
        assertThat(failed).isGreaterThan(tried / 2);
    }

    /** What was not published, which is to be removed. */
    private static List<Path> staged(Path out) throws IOException {
        try (Stream<Path> files = Files.exists(out) ? Files.walk(out) : Stream.of()) {
            return files.filter(p -> p.getFileName().toString().startsWith("_staging"))
                    .toList();
        }
    }
}
