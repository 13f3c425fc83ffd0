package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.CommandRun;
import etroc.FailingFileSystem;
import etroc.FailingFileSystem.Fault;
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
 * Every operation of an ingest's file system fails in turn: a whole result or none, the exit code of a failure, one line, and a second run
 * that gives what an undisturbed one gives. The build tries some of the operations, {@code -Dfaults.step=1} all.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IngestFaultsSparkTest {
    private static final int STEP = Integer.getInteger("faults.step", 47);

    @TempDir
    static Path directory;

    private Path input;
    private Path expected;

    @BeforeAll
    void simulate() throws IOException {
        input = directory.resolve("beam");
        CommandRun.ok("simulate", "telescope", input, "--events", 200, "--seed", 6);
        Path undisturbed = directory.resolve("undisturbed");
        CommandRun.ok("ingest", uri(input), "-o", uri(undisturbed), "-q");
        expected = Sqlite.latest(undisturbed).resolve("results.sqlite");
    }

    @AfterEach
    void heal() {
        FailingFileSystem.heal();
    }

    private static String uri(Path path) {
        return FailingFileSystem.SCHEME + "://" + path;
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
            FailingFileSystem.failAt(operation, fault);
            CommandRun run = CommandRun.of("ingest", uri(input), "-o", uri(out), "-q");
            FailingFileSystem.heal();
            String failed = FailingFileSystem.failed();
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
            assertThat(run.err()).contains(FailingFileSystem.MESSAGE).doesNotContain("\tat ");
            assertThat(run.err().strip().lines()).as(run.err()).hasSize(1);
        }
        if (hasResult(out)) {
            CommandRun.ok("verify", out);
            CommandRun.ok("reprocess", uri(out), "-q");
        } else {
            CommandRun.ok("ingest", uri(input), "-o", uri(out), "-q");
        }
        Sqlite.assertSame(expected, Sqlite.latest(out).resolve("results.sqlite"));
        CommandRun.ok("verify", out);
    }
}
