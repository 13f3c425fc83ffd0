package etroc.cli;

import etroc.Beam;
import etroc.CommandRun;
import etroc.LimitedFileSystem;
import etroc.SharedSession;
import etroc.Sqlite;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables of a telescope depend on neither blocks of events, nor partitions, nor on which task is late. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PartitionsSparkTest {
    private static final String BLOCK_ROWS = "spark.etroc.events.blockRows";
    private static final String SHUFFLE = "spark.sql.shuffle.partitions";
    private static final String ADAPTIVE = "spark.sql.adaptive.coalescePartitions.enabled";

    @TempDir
    static Path directory;

    private SparkSession spark;
    private Path input;

    @BeforeAll
    void simulate() throws Exception {
        spark = SharedSession.get();
        input = Beam.simulate(directory.resolve("beam"), 3, 1000);
        telescope(input.toString(), directory.resolve("sequence").toString(), "sequence", 1);
        telescope(input.toString(), directory.resolve("coincidence").toString(), "coincidence", 1);
        LimitedFileSystem.LEFT.set(Long.MAX_VALUE);
        LimitedFileSystem.delay = 20;
        spark.conf().set(ADAPTIVE, false);
    }

    @AfterAll
    void reset() {
        LimitedFileSystem.delay = 0;
        spark.conf().unset(BLOCK_ROWS);
        spark.conf().set(SHUFFLE, 4);
        spark.conf().unset(ADAPTIVE);
    }

    private static void telescope(String input, String out, String events, int partitions) {
        CommandRun.ok(
                "telescope",
                input,
                "-o",
                out,
                "-q",
                "--set",
                "telescope.events=" + events,
                "--set",
                "telescope.bootstrap.replicas=10",
                "--set",
                "input.partitions=" + partitions);
    }

    private static Stream<Arguments> shapes() {
        return IntStream.of(50, 1000, 65_536)
                .boxed()
                .flatMap(rows -> IntStream.of(1, 2, 7, 64).mapToObj(n -> Arguments.of(rows, n)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void tablesAreEqual(int blockRows, int partitions) throws Exception {
        String events = (blockRows + partitions) % 2 == 0 ? "sequence" : "coincidence";
        spark.conf().set(BLOCK_ROWS, blockRows);
        spark.conf().set(SHUFFLE, partitions);
        Path out = directory.resolve(blockRows + "-" + partitions);
        telescope("limited://" + input, "limited://" + out, events, partitions);
        Sqlite.assertSame(
                Sqlite.latest(directory.resolve(events)).resolve("results.sqlite"),
                Sqlite.latest(out).resolve("results.sqlite"));
    }
}
