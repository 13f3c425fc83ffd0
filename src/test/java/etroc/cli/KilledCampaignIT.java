package etroc.cli;

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

    private String datasets = "";

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
        this.datasets = String.join("\n", datasets);
    }

    private Path campaign(String output) throws IOException {
        return Files.writeString(
                directory.resolve(output + ".conf"),
                "etroc.report.formats = []\ncampaign { output = %s, parallel = 2, datasets = [\n%s\n] }"
                        .formatted(output, datasets));
    }

    /** Polls what LATEST names, and looks whether it is whole. */
    private static final class Reader implements Runnable {
        private final Path out;
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private final Set<Path> seen = new HashSet<>();
        private volatile boolean stop;

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
        SubmitProcess.Finished undisturbed = SubmitProcess.run(directory, "campaign", campaign("undisturbed"));
        assertThat(undisturbed.exit()).as(undisturbed.output()).isZero();
        double seconds = (System.nanoTime() - start) / 1e9;

        long seed = Long.getLong("etroc.kills.seed", System.nanoTime());
        Random random = new Random(seed);
        int kills = 0;
        int rounds = 0;
        while (kills < KILLS) {
            kills += round("killed" + rounds++, random, KILLS - kills, seconds);
        }
        System.out.printf(
                "%d kills (seed %d) in %d campaigns of %d datasets, undisturbed %.1f s%n",
                kills, seed, rounds, DATASETS, seconds);
    }

    /** One campaign, killed until it is through or often enough; then its results are looked at. @return number of kills */
    private int round(String name, Random random, int most, double seconds) throws Exception {
        Path out = directory.resolve(name);
        Path file = campaign(name);
        Reader reader = new Reader(out);
        Thread polling = new Thread(reader);
        polling.start();
        int kills = 0;
        Process process;
        do {
            process = SubmitProcess.start(Files.createTempFile(directory, name, ".txt"), "campaign", file);
            // a JVM and a session take a while until there is anything to break
            long wait = (long) (1000 * (2 + random.nextDouble() * Math.max(2, seconds - 2)));
            if (kills < most && !process.waitFor(wait, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                kills++;
            }
        } while (process.waitFor() == 137);
        assertThat(process.exitValue()).isZero();
        reader.stop = true;
        polling.join();
        assertThat(reader.failure.get()).isNull();
        assertThat(reader.seen).isNotEmpty();
        for (int i = 0; i < DATASETS; i++) {
            Path dataset = out.resolve("d" + i);
            assertThat(tables(dataset))
                    .as(dataset.toString())
                    .isEqualTo(tables(directory.resolve("undisturbed").resolve("d" + i)));
            // nothing that was finished was done again
            try (Stream<Path> results = Files.list(dataset.resolve("results"))) {
                assertThat(results.map(p -> p.getFileName().toString())).hasSize(1);
            }
            checkWhole(Sqlite.latest(dataset));
        }
        return kills;
    }
}
