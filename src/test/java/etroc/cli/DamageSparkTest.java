package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.CommandRun;
import etroc.Sqlite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outputs of which something is not as it was written: no other number comes out of them, and the message says what to do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamageSparkTest {
    @TempDir
    static Path directory;

    private Path whole;
    private int copies;

    @BeforeAll
    void analyse() {
        Path input = directory.resolve("beam");
        whole = directory.resolve("whole");
        CommandRun.ok("simulate", "telescope", input, "--events", 1500, "--seed", 3);
        CommandRun.ok("telescope", input, "-o", whole, "-q", "--set", "telescope.bootstrap.replicas=5");
    }

    /** A copy without Hadoop's checksum files, as {@code cp *} makes it. */
    private Path copy() throws IOException {
        Path copy = directory.resolve("copy" + copies++);
        FileUtils.copyDirectory(whole.toFile(), copy.toFile());
        for (Path file : files(copy, ".crc")) {
            Files.delete(file);
        }
        return copy;
    }

    private static List<Path> files(Path out, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(out)) {
            return all.filter(p -> Files.isRegularFile(p) && p.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static void flip(Path file, long place) throws IOException {
        byte[] content = Files.readAllBytes(file);
        content[(int) place] ^= 4;
        Files.write(file, content);
    }

    private static CommandRun fails(Object... command) {
        CommandRun run = CommandRun.of(command);
        assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(2);
        return run;
    }

    @Test
    void everyFlippedBitIsFound() throws Exception {
        assertThat(CommandRun.ok("verify", whole).out()).contains("all as written");
        Path copy = copy();
        List<Path> files = Stream.of(".parquet", ".sqlite", ".html")
                .flatMap(ending -> {
                    try {
                        return files(copy, ending).stream();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .filter(p -> !p.startsWith(copy.resolve("latest")))
                .toList();
        assertThat(files).hasSizeGreaterThan(15);
        for (Path file : files) {
            long place = Files.size(file) / 3;
            flip(file, place);
            assertThat(fails("verify", copy).out()).contains(file.getFileName().toString(), " is damaged: ");
            flip(file, place);
        }
        CommandRun.ok("verify", copy);
    }

    @Test
    void tablesThatChangedAreNotShownAndAreMadeAgain() throws Exception {
        Path copy = copy();
        Path tables = Sqlite.latest(copy).resolve("results.sqlite");
        flip(tables, Files.size(tables) / 2);
        for (List<Object> command : List.of(
                List.<Object>of("show", copy),
                List.<Object>of("export", copy, "timing_info"),
                List.<Object>of("report", copy))) {
            assertThat(fails(command.toArray()).err()).contains("results.sqlite is damaged", "reprocess");
        }
        CommandRun.ok("reprocess", copy);
        assertThat(CommandRun.ok("export", copy, "timing_info").out())
                .isEqualTo(CommandRun.ok("export", whole, "timing_info").out());
        Files.delete(Sqlite.latest(copy).resolve("results.sqlite"));
        assertThat(fails("show", copy).err()).contains("results.sqlite is missing", "reprocess");
        CommandRun.ok("reprocess", copy);
        CommandRun.ok("show", copy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "20200101T000000Z-abcdef", "../..", "..", "\u001b[31mred"})
    void whatIsNoResultIsNotFollowed(String latest) throws Exception {
        Path copy = copy();
        Files.writeString(copy.resolve("LATEST"), latest);
        for (List<Object> command :
                List.of(List.<Object>of("show", copy), List.<Object>of("prune", copy, "--keep", 1))) {
            assertThat(fails(command.toArray()).err())
                    .contains("LATEST says '", "--overwrite")
                    .doesNotContain("\u001b");
        }
        CommandRun.ok("telescope", directory.resolve("beam"), "-o", copy, "-q", "--overwrite", "--until", "cuts");
        CommandRun.ok("show", copy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hits", "events"})
    void aDamagedPageIsNoOtherNumber(String part) throws Exception {
        Path copy = copy();
        for (Path file : files(copy.resolve(part), ".parquet")) {
            flip(file, Files.size(file) / 3);
        }
        String change = part.equals("hits") ? "telescope.pattern=[0,3,1]" : "telescope.bootstrap.replicas=6";
        CommandRun run = CommandRun.of("reprocess", copy, "--set", change, "--set", "cuts.events=[]");
        assertThat(run.exit()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(part, "--overwrite").doesNotContain("\tat ");
    }
}
