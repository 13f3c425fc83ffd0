package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.CommandRun;
import etroc.FaultyFileSystem;
import etroc.FaultyFileSystem.Fault;
import etroc.Sqlite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every operation of a scan's file system fails in turn: a whole result or none, the exit code of a failure, one line, and a second run
 * that gives what an undisturbed one gives. The build tries some of the operations, {@code -Dfaults=1} all.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsSparkTest {
    private static final int STEP = Integer.getInteger("faults", 60);

    @TempDir
    static Path directory;

    private Path input;
    private Path expected;

    @BeforeAll
    void simulate() throws IOException {
        input = directory.resolve("scan");
        CommandRun.ok(
                "simulate", "scan", input, "--boards", 1, "--charges", 20, "--step", 12, "--lines", 50, "--seed", 6);
        Files.delete(input.resolve("truth.csv"));
        Path undisturbed = directory.resolve("undisturbed");
        CommandRun.ok("scan", uri(input), "-o", uri(undisturbed), "-q");
        expected = Sqlite.latest(undisturbed).resolve("results.sqlite");
    }

    @AfterEach
    void heal() {
        FaultyFileSystem.heal();
    }

    private static String uri(Path path) {
        return FaultyFileSystem.SCHEME + "://" + path;
    }

    private static boolean hasResult(Path out) {
        return Files.exists(out.resolve("LATEST"));
    }

    /** What was not published and is to be removed. */
    private static List<Path> staged(Path out) throws IOException {
        try (Stream<Path> files = Files.exists(out) ? Files.walk(out) : Stream.of()) {
            return files.filter(p -> p.getFileName().toString().startsWith("_staging"))
                    .toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFaultAtAnyOperationLeavesAWholeResultOrNone(Fault fault) throws Exception {
        Map<String, Integer> outcomes = new TreeMap<>();
        List<String> broken = new ArrayList<>();
        int tried = 0;
        boolean reached = true;
        for (int operation = 0; reached; operation += STEP) {
            Path out = directory.resolve(fault + "-" + operation);
            FaultyFileSystem.failAt(operation, fault);
            CommandRun run = CommandRun.of("scan", uri(input), "-o", uri(out), "-q");
            FaultyFileSystem.heal();
            String failed = FaultyFileSystem.failed();
            reached = !failed.isEmpty();
            if (reached) {
                tried++;
                outcomes.merge(failed.split(" ", 2)[0] + ", exit " + run.exit(), 1, Integer::sum);
                try {
                    check(run, failed, out);
                    if (fault != Fault.GONE) { // whose staging this process, alive as it is, still claims
                        assertThat(staged(out)).isEmpty();
                    }
                } catch (AssertionError e) {
                    broken.add(operation + " " + failed + ": " + e.getMessage());
                }
            }
            FileUtils.deleteDirectory(out.toFile());
        }
        System.out.printf("%s: %d operations failed in turn, %s%n", fault, tried, outcomes);
        assertThat(broken).isEmpty();
        assertThat(tried).isPositive();
    }

    private void check(CommandRun run, String failed, Path out) throws Exception {
        boolean ofInput = failed.contains(input.toString());
        if (run.exit() == 0) {
            Sqlite.assertSame(expected, Sqlite.latest(out).resolve("results.sqlite"));
        } else {
            assertThat(run.exit()).as(run.err()).isIn(ofInput ? List.of(2, 3) : List.of(3));
            assertThat(run.err()).contains(FaultyFileSystem.MESSAGE).doesNotContain("\tat ");
            assertThat(run.err().strip().lines()).as(run.err()).hasSize(1);
        }
        if (hasResult(out)) {
            CommandRun.ok("verify", out);
            CommandRun.ok("reprocess", uri(out), "-q");
        } else {
            CommandRun.ok("scan", uri(input), "-o", uri(out), "-q");
        }
        Sqlite.assertSame(expected, Sqlite.latest(out).resolve("results.sqlite"));
        CommandRun.ok("verify", out);
    }
}
