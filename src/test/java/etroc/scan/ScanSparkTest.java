package etroc.scan;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.CommandRun;
import etroc.Sqlite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a scan's tables must not depend on, and what they must say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScanSparkTest {
    @TempDir
    static Path directory;

    private Path scan;
    private Map<String, List<String>> reference = Map.of();

    @BeforeAll
    void simulate() throws Exception {
        scan = directory.resolve("scan");
        CommandRun.ok(
                "simulate", "scan", scan, "--seed", 5, "--charges", "14,20,26", "--step", 4, "--lines", 300, "--leak");
        reference = tables(analyse("reference", scan));
    }

    private static Path analyse(String name, Path input, Object... more) {
        Path out = directory.resolve(name + "-out");
        Object[] arguments = Stream.concat(Stream.of("scan", input, "-o", out, "-q"), Stream.of(more))
                .toArray();
        CommandRun.ok(arguments);
        return out;
    }

    private static Map<String, List<String>> tables(Path out) throws Exception {
        Map<String, List<String>> tables = new TreeMap<>();
        for (String table : List.of(
                "combined_etroc1_data",
                "combined_etroc1_data_all",
                "dac_points",
                "dac_vs_charge",
                "s_curve_fits",
                "noise_limit_data",
                "cutflow")) {
            tables.put(table, Sqlite.lines(out, table, List.of("*")));
        }
        return tables;
    }

    @Test
    void tablesDoNotDependOnPartitions() throws Exception {
        for (int partitions : new int[] {1, 2, 7}) {
            Path out = analyse("partitions" + partitions, scan, "--set", "input.partitions=" + partitions);
            assertThat(tables(out)).isEqualTo(reference);
        }
    }

    @Test
    void tablesDoNotDependOnSplitsOrTheOrderOfTheListing() throws Exception {
        Path split = Files.createDirectories(directory.resolve("split"));
        int directoryNumber = 0;
        try (Stream<Path> files = Files.list(scan)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".dat")).toList()) {
                List<String> lines = Files.readAllLines(file);
                for (int i = 0; i < 5; i++) {
                    // numbers 8 to 12, in both spellings, in directories that change the order
                    Path target = Files.createDirectories(split.resolve("d" + (directoryNumber++ % 3)));
                    String name = file.getFileName()
                            .toString()
                            .replace("_Split_0", i % 2 == 0 ? "_Split_" + (8 + i) : "_" + (8 + i) + "_Split");
                    Files.write(target.resolve(name), lines.subList(lines.size() * i / 5, lines.size() * (i + 1) / 5));
                }
            }
        }
        assertThat(tables(analyse("split", split))).isEqualTo(reference);
        assertThat(Sqlite.query(directory.resolve("split-out"), "select distinct files from runs"))
                .containsExactly(Map.of("files", 5));
    }

    @Test
    void everyRunIsThereAndLinesAddUp() throws Exception {
        Path out = directory.resolve("reference-out");
        long files;
        try (Stream<Path> list = Files.list(scan)) {
            files = list.filter(f -> f.toString().endsWith(".dat")).count();
        }
        assertThat(Sqlite.query(out, "select * from runs")).hasSize((int) files);
        assertThat(Sqlite.query(out, "select * from quality"))
                .hasSize((int) files)
                .allSatisfy(row -> {
                    long sum = Stream.of("hits", "no_hit_lines", "idle_words", "malformed")
                            .mapToLong(c -> ((Number) row.get(c)).longValue())
                            .sum();
                    assertThat(row.get("lines")).isEqualTo((int) sum);
                    Path file = Path.of(java.net.URI.create(row.get("path").toString()));
                    assertThat(sum).isEqualTo(Files.readAllLines(file).size());
                    assertThat(row.get("crc32c")).isEqualTo(crc32c(file));
                });
        assertThat(Sqlite.query(out, "select count(*) n from combined_etroc1_data where hits = 0")
                        .get(0)
                        .get("n"))
                .isNotEqualTo(0);
    }

    private static String crc32c(Path file) throws IOException {
        java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(Files.readAllBytes(file));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }

    @Test
    void rawWordsSayTheSame() throws Exception {
        Path words = directory.resolve("words");
        CommandRun.ok(
                "simulate",
                "scan",
                words,
                "--seed",
                5,
                "--charges",
                "14,20,26",
                "--step",
                4,
                "--lines",
                300,
                "--leak",
                "--words",
                "--splits",
                2);
        Path out = analyse("words", words);
        assertThat(Sqlite.query(out, "select sum(idle_words) n from quality")
                        .get(0)
                        .get("n"))
                .isNotEqualTo(0);
        assertThat(Sqlite.query(out, "select * from dac_vs_charge where remark = ''"))
                .hasSize(6);
    }

    @Test
    void linesAgreeWithTheTruth() throws Exception {
        Map<String, Map<String, String>> truth = new TreeMap<>();
        etroc.Golden.csv(scan.resolve("truth.csv")).forEach(r -> truth.put(r.get("board"), r));
        assertThat(Sqlite.query(
                        directory.resolve("reference-out"), "select * from dac_vs_charge where method = 's-curve'"))
                .hasSize(3)
                .allSatisfy(line -> {
                    Map<String, String> board =
                            truth.get(line.get("data_board_id").toString());
                    double slope = Double.parseDouble(board.get("slope"));
                    double unc = ((Number) line.get("slope_unc")).doubleValue();
                    assertThat(((Number) line.get("slope")).doubleValue()).isBetween(slope - 5 * unc, slope + 5 * unc);
                    assertThat(unc).isLessThan(0.1);
                });
    }

    @Test
    void manifestAndParquetTellTheSame() throws Exception {
        Path out = directory.resolve("reference-out");
        var manifest = etroc.Golden.json(Sqlite.latest(out).resolve("manifest.json"));
        assertThat(manifest.get("inputs").get(0).get("crc32c").asText()).hasSize(8);
        assertThat(manifest.get("settings").get("scan.noise.rolling-mean").asText())
                .isEqualTo("3");
        assertThat(manifest.get("spark_version").asText()).startsWith("4.");
        var points = etroc.SharedSession.get()
                .read()
                .parquet(Sqlite.latest(out)
                        .resolve("tables/combined_etroc1_data.parquet")
                        .toString());
        assertThat(points.count())
                .isEqualTo(reference.get("combined_etroc1_data").size());
        var hits = etroc.SharedSession.get().read().parquet(out.resolve("hits").toString());
        assertThat(hits.count())
                .isEqualTo(
                        Sqlite.query(out, "select sum(hits) n from quality")
                                                .get(0)
                                                .get("n")
                                        instanceof Number n
                                ? n.longValue()
                                : -1);
    }
}
