package etroc.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import etroc.CommandRun;
import etroc.Sqlite;
import etroc.store.Output;
import etroc.store.ResultSetWriter;
import etroc.store.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results of which a file is changed, cut or another's: commands say so, or print what they print of the whole one. */
class OutputsFuzzTest {
    private static final int MUTATIONS = Integer.getInteger("fuzz.mutations", 60);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final int DAMAGED = 2;

    @TempDir
    static Path directory;

    private static Path out = Path.of("");
    private static Path other = Path.of("");
    private static List<CommandRun> whole = List.of();

    private record Row(int board, double slope, String text) {}

    @BeforeAll
    static void write() throws IOException {
        out = output("out", 4.8);
        other = output("other", 4.55);
        whole = run();
        assertThat(whole).allMatch(r -> r.exit() == 0);
        assertThat(whole.get(0).out()).contains("4.8").doesNotContain("4.55");
    }

    private static Path output(String name, double slope) throws IOException {
        Path place = directory.resolve(name);
        List<Row> rows = IntStream.range(0, 40)
                .mapToObj(i -> new Row(i, slope + i, "point " + i))
                .toList();
        try (ResultSetWriter writer =
                new ResultSetWriter(new Output(place.toString(), new Configuration()), Instant.now())) {
            writer.write(List.of(
                    Table.of("dac_vs_charge", Row.class, rows), Table.of("more", Row.class, rows.subList(0, 3))));
            writer.publish(Map.of(
                    "stages", Map.of("ingest", Map.of("fingerprint", "0123abcd")), "settings", Map.of("scan.cut", "")));
        }
        return place;
    }

    /** Without verify, which tells how much it read. */
    private static List<CommandRun> run() {
        return List.of(
                CommandRun.of("show", out, "--json"),
                CommandRun.of("show", out, "--tables"),
                CommandRun.of("export", out, "dac_vs_charge"));
    }

    private static byte[] changed(long seed, byte[] valid, byte[] others) {
        Random random = new Random(seed);
        byte[] bytes = valid.clone();
        switch (random.nextInt(8)) {
            case 0 -> {
                return others;
            }
            case 1 -> {
                return Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            case 2, 3, 4 -> {
                return new Mutation(seed).of(valid, others);
            }
            default -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static boolean sameJson(byte[] a, byte[] b) throws IOException {
        try {
            return new JsonMapper().readTree(a).equals(new JsonMapper().readTree(b));
        } catch (JacksonException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest.json", "results.sqlite", "tables/dac_vs_charge.parquet"})
    void whatIsPrintedIsWhatWasWritten(String name) throws IOException {
        Path file = Sqlite.latest(out).resolve(name);
        byte[] valid = Files.readAllBytes(file);
        byte[] others = Files.readAllBytes(Sqlite.latest(other).resolve(name));
        int told = 0;
        for (long seed = SEED; seed < SEED + MUTATIONS; seed++) {
            byte[] changed = changed(seed, valid, others);
            Files.write(file, changed);
            List<CommandRun> runs = run();
            for (int i = 0; i < runs.size(); i++) {
                CommandRun run = runs.get(i);
                if (run.exit() == 0) {
                    assertThat(run.out())
                            .as("seed " + seed)
                            .isEqualTo(whole.get(i).out());
                } else {
                    assertThat(run.exit()).as("seed " + seed + run.err()).isEqualTo(DAMAGED);
                    assertThat(run.err().lines().count())
                            .as("seed " + seed + run.err())
                            .isEqualTo(1);
                    assertThat(run.err()).containsAnyOf(file.getFileName().toString(), "results.sqlite");
                }
            }
            boolean same = Arrays.equals(changed, valid) || name.endsWith(".json") && sameJson(changed, valid);
            CommandRun verify = CommandRun.of("verify", out);
            assertThat(verify.exit())
                    .as("seed " + seed + verify.out() + verify.err())
                    .isEqualTo(same ? 0 : DAMAGED);
            told += verify.exit() == 0 ? 0 : 1;
        }
        Files.write(file, valid);
        System.out.printf("%s: %d mutations, %d of them told by verify%n", name, MUTATIONS, told);
    }
}
