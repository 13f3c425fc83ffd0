package etroc.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import etroc.CommandRun;
import etroc.Sqlite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A campaign whose process is killed again and again costs time and nothing else. System property {@code etroc.kills} says how often
 * (3); src/test/scripts/kill-campaign.sh does it 20 times.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledCampaignIT {
    private static final int DATASETS = 12;
    private static final int KILLS = Integer.getInteger("etroc.kills", 3);

    @TempDir
    static Path directory;

    @BeforeAll
    void simulate() throws Exception {
        List<String> datasets = new ArrayList<>();
        for (int i = 0; i < DATASETS; i++) {
            Path input = directory.resolve("in" + i);
            if (i % 4 == 3) {
                CommandRun.ok("simulate", "telescope", input, "--events", 2000, "--seed", i);
            } else {
                CommandRun.ok(
                        "simulate", "scan", input, "--charges", "14,20", "--step", 10, "--lines", 100, "--seed", i);
            }
            datasets.add("{ name = d%d, kind = %s, inputs = [\"in%d/*.%s\"] }"
                    .formatted(i, i % 4 == 3 ? "telescope" : "scan", i, i % 4 == 3 ? "txt" : "dat"));
        }
        for (String name : List.of("undisturbed", "killed")) {
            Files.writeString(
                    directory.resolve(name + ".conf"),
                    "campaign { output = %s, parallel = 2, datasets = [\n%s\n] }"
                            .formatted(name, String.join("\n", datasets)));
        }
    }

    /** Polls what LATEST names, and looks whether it is whole. */
    private static final class Reader implements Runnable {
        private final Path out;
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private final Set<Path> seen = new HashSet<>();
        private volatile boolean stop;
        private long looks;

        Reader(Path out) {
            this.out = out;
        }

        @Override
        public void run() {
            try {
                while (!stop) {
                    for (int i = 0; i < DATASETS; i++) {
                        look(out.resolve("d" + i));
                    }
                    Thread.sleep(5);
                }
            } catch (Throwable e) {
                failure.set(e);
            }
        }

        private void look(Path dataset) throws Exception {
            Path result;
            try {
                result = Sqlite.latest(dataset);
            } catch (NoSuchFileException e) {
                return; // nothing is published
            }
            looks++;
            if (seen.add(result)) {
                checkWhole(result);
            }
        }
    }

    /** Every file that the manifest names is there, with the bytes that it says. */
    private static void checkWhole(Path result) throws Exception {
        JsonNode files = new JsonMapper()
                .readTree(result.resolve("manifest.json").toFile())
                .get("files");
        assertThat(files.has("results.sqlite")).isTrue();
        for (Map.Entry<String, JsonNode> e : files.properties()) {
            byte[] content = Files.readAllBytes(result.resolve(e.getKey()));
            CRC32C crc = new CRC32C();
            crc.update(content);
            assertThat("%08x".formatted(crc.getValue()))
                    .as(e.getKey())
                    .isEqualTo(e.getValue().get("crc32c").asText());
        }
        assertThat(Sqlite.queryFile(result.resolve("results.sqlite"), "select * from provenance"))
                .isNotEmpty();
    }

    private static Map<String, List<String>> tables(Path dataset) throws Exception {
        Map<String, List<String>> tables = new TreeMap<>();
        for (Map<String, Object> row :
                Sqlite.query(dataset, "select name from sqlite_master where type = 'table' and name <> 'provenance'")) {
            String name = row.get("name").toString();
            tables.put(name, Sqlite.lines(dataset, name, List.of("*")));
        }
        return tables;
    }

    @Test
    void whatIsKilledIsResumed() throws Exception {
        long start = System.nanoTime();
        SubmitProcess.Finished undisturbed =
                SubmitProcess.run(directory, "campaign", directory.resolve("undisturbed.conf"));
        assertThat(undisturbed.exit()).as(undisturbed.output()).isZero();
        double seconds = (System.nanoTime() - start) / 1e9;

        Path out = directory.resolve("killed");
        Reader reader = new Reader(out);
        Thread polling = new Thread(reader);
        polling.start();
        long seed = Long.getLong("etroc.kills.seed", System.nanoTime());
        Random random = new Random(seed);
        int killed = 0;
        Process process = null;
        for (int i = 0; i < KILLS; i++) {
            process = SubmitProcess.start(
                    directory.resolve("kill" + i + ".txt"), "campaign", directory.resolve("killed.conf"));
            // a JVM and a session take a while until there is anything to break
            long wait = (long) (1000 * (2 + random.nextDouble() * Math.max(2, seconds - 3)));
            if (!process.waitFor(wait, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                killed++;
            }
            process.waitFor();
        }
        SubmitProcess.Finished last = SubmitProcess.run(directory, "campaign", directory.resolve("killed.conf"));
        assertThat(last.exit()).as(last.output()).isZero();
        reader.stop = true;
        polling.join();

        System.out.printf(
                "%d of %d processes killed (seed %d), undisturbed %.1f s, %d looks at %d results%n",
                killed, KILLS, seed, seconds, reader.looks, reader.seen.size());
        assertThat(reader.failure.get()).isNull();
        assertThat(killed).isPositive();
        for (int i = 0; i < DATASETS; i++) {
            String name = "d" + i;
            assertThat(tables(out.resolve(name)))
                    .as(name)
                    .isEqualTo(tables(directory.resolve("undisturbed").resolve(name)));
            try (Stream<Path> results = Files.list(out.resolve(name).resolve("results"))) {
                assertThat(finished(results)).as("results of " + name).hasSize(1);
            }
            checkWhole(Sqlite.latest(out.resolve(name)));
        }
    }

    private static List<String> finished(Stream<Path> results) throws IOException {
        return results.map(p -> p.getFileName().toString())
                .filter(n -> !n.startsWith("_"))
                .toList();
    }
}
