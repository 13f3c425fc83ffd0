package etroc.scan.laser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import etroc.CommandRun;
import etroc.Golden;
import etroc.Sqlite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A laser scan through the command line: the golden case, and what its tables must not depend on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LaserSparkTest {
    private static final Path GOLDEN = Golden.mini("etroc1-laser");

    @TempDir
    static Path directory;

    private Path input = directory;
    private Path out = directory;

    @BeforeAll
    void analyseGolden() throws IOException {
        input = Files.createDirectories(directory.resolve("golden"));
        for (Map.Entry<String, String> file :
                Golden.files(GOLDEN.resolve("input.txt")).entrySet()) {
            Files.writeString(input.resolve(file.getKey()), file.getValue());
        }
        out = analyse("golden-out", input);
    }

    private static Path analyse(String name, Path input, Object... more) {
        Path out = directory.resolve(name);
        CommandRun.ok(Stream.concat(Stream.of("scan", input, "-o", out, "-q"), Stream.of(more))
                .toArray());
        return out;
    }

    private static String name(int threshold, int attenuation, String more) {
        return "Array_Data_Pixel=5_DAC_P5=" + threshold + "_LaserAttenuation=" + attenuation + "_PhaseAdj=0_B1" + more
                + ".dat";
    }

    private static double number(Map<String, Object> row, String column) {
        Object value = row.get(column);
        return value == null ? Double.NaN : ((Number) value).doubleValue();
    }

    @Test
    void pointsAreThoseOfTheGoldenCase() throws Exception {
        Map<String, Map<String, Object>> rows = new HashMap<>();
        for (Map<String, Object> row : Sqlite.query(out, "select * from laser_points")) {
            rows.put(row.get("laser_attenuation") + " " + row.get("board_discriminator_threshold"), row);
        }
        JsonNode expected =
                Golden.json(GOLDEN.resolve("expected/laser_points.json")).get("points");
        assertThat(rows).hasSize(expected.size());
        for (JsonNode point : expected) {
            Map<String, Object> row = rows.get(point.get("attenuation").asDouble() + " " + point.get("threshold"));
            assertThat(row).as(point.toString()).isNotNull();
            assertThat(row).containsEntry("hits", point.get("lines").asInt()).containsEntry("pixel_id", "0");
            assertThat(number(row, "kept")).isEqualTo(point.get("hits").asDouble(0));
            for (String column :
                    List.of("fbin_ns", "toa_mean_ns", "toa_std_ns", "tot_mean_ns", "tot_std_ns", "cal_mode")) {
                double want = point.path(column).asDouble(Double.NaN);
                if (Double.isNaN(want)) {
                    assertThat(row.get(column)).as(column).isNull();
                } else {
                    assertThat(number(row, column)).as(column).isCloseTo(want, within(1e-9 * Math.abs(want)));
                }
            }
        }
    }

    @Test
    void jitterIsWithinFiveErrorsOfTheTruth() throws Exception {
        for (JsonNode point : Golden.json(GOLDEN.resolve("truth.json")).get("points")) {
            Map<String, Object> row = Sqlite.query(
                            out,
                            "select * from laser_points where laser_attenuation = " + point.get("attenuation")
                                    + " and board_discriminator_threshold = " + point.get("threshold"))
                    .get(0);
            if (number(row, "hits") > 0) {
                double truth = point.get("jitter_ns").asDouble();
                double quantised = Math.hypot(truth, number(row, "fbin_ns") / Math.sqrt(12));
                assertThat(number(row, "jitter"))
                        .as(point.toString())
                        .isCloseTo(quantised, within(5 * number(row, "jitter_unc")));
                assertThat(number(row, "intrinsic"))
                        .isCloseTo(truth, within(5 * number(row, "jitter_unc") * quantised / truth));
                assertThat(number(row, "toa_core_ns"))
                        .isCloseTo(number(row, "jitter"), within(0.15 * number(row, "jitter")));
            }
        }
    }

    @Test
    void showAndPageHaveThem() throws Exception {
        CommandRun show = CommandRun.ok("show", out);
        assertThat(show.out()).contains("half height [DAC]", "jitter [ps]", "2 of 15 points: no hits");
        Path page = Sqlite.latest(out).resolve("report/index.html");
        assertThat(page).content().contains("Jitter against attenuation", "Hits against threshold");
    }

    @Test
    void emptyFilesArePointsThatSaySo() throws Exception {
        assertThat(Sqlite.query(out, "select hits, cal_mode, jitter, remark from laser_points where hits = 0"))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row)
                        .containsEntry("remark", "no hits")
                        .containsEntry("cal_mode", null)
                        .containsEntry("jitter", null));
        assertThat(Sqlite.query(out, "select t50, remark from laser_curves"))
                .hasSize(5)
                .allSatisfy(row -> {
                    assertThat(row.get("t50")).isNull();
                    assertThat(row.get("remark").toString()).isNotEmpty();
                });
    }

    @Test
    void tablesDoNotDependOnPartitions() throws Exception {
        List<String> reference = Sqlite.lines(out, "laser_points", List.of("*"));
        for (int partitions : new int[] {1, 7}) {
            Path other = analyse("partitions-" + partitions, input, "--set", "input.partitions=" + partitions);
            assertThat(Sqlite.lines(other, "laser_points", List.of("*"))).isEqualTo(reference);
        }
    }

    /** Times that are out of step with the clock, of two boards, some of whose hits have no partner. */
    private static void writePair(Path file, double jitter, double triggerJitter, Random random) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int event = 0; event < 4000; event++) {
            double time = 2 + 8 * random.nextDouble();
            boolean lost = event % 10 == 3;
            boolean wild = event % 10 == 7;
            text.append(line(0, time + jitter * random.nextGaussian(), 0.018, wild ? 400 : 174, random));
            if (!lost) {
                text.append(line(3, time + triggerJitter * random.nextGaussian(), 0.02, 156, random));
            }
        }
        Files.writeString(file, text);
    }

    private static String line(int board, double time, double bin, int cal, Random random) {
        int toa = (int) Math.floor((12.5 - time) / bin + random.nextDouble());
        return String.format(Locale.ROOT, "%2d %3d %3d %3d 1%n", board, toa, 80 + random.nextInt(20), cal);
    }

    @Test
    void aTriggerBoardIsTheReference() throws Exception {
        Path pairs = Files.createDirectories(directory.resolve("pairs"));
        writePair(pairs.resolve(name(418, 8500, "")), 0.1, 0.05, new Random(1));
        Path plain = analyse("pairs-out", pairs, "--set", "scan.laser.trigger-board=3", "--set", "input.partitions=7");
        Map<String, Object> row =
                Sqlite.query(plain, "select * from laser_points").get(0);
        assertThat(row)
                .containsEntry("with_reference", 1)
                .containsEntry("hits", 4000)
                .containsEntry("kept", 3600)
                .containsEntry("events", 3200);
        // a code is drawn at random to either side, which has a variance of up to a quarter of a bin
        double expected = Math.sqrt(0.0125 + (0.018 * 0.018 + 0.02 * 0.02) / 6);
        assertThat(number(row, "jitter")).isCloseTo(expected, within(5 * number(row, "jitter_unc")));
        assertThat(number(row, "toa_std_ns")).isGreaterThan(2);
        assertThat(row).containsEntry("remark", "");
        Path without = analyse(
                "pairs-without",
                pairs,
                "--set",
                "scan.laser.trigger-board=3",
                "--set",
                "scan.laser.trigger-jitter=0.05");
        double left = number(Sqlite.query(without, "select * from laser_points").get(0), "jitter");
        assertThat(left).isCloseTo(Math.sqrt(Math.pow(number(row, "jitter"), 2) - 0.0025), within(1e-12));
    }

    @Test
    void twoBoardsWithoutATriggerBoardAreRefused() throws Exception {
        Path pairs = Files.createDirectories(directory.resolve("refused"));
        writePair(pairs.resolve(name(418, 8500, "")), 0.1, 0.05, new Random(2));
        CommandRun run = CommandRun.of("scan", pairs, "-o", directory.resolve("refused-out"));
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("boards [0, 3]", "etroc.scan.laser.trigger-board");
    }

    @Test
    void attemptsAreRowsAndWhatIsOddIsSaid() throws Exception {
        Path odd = Files.createDirectories(directory.resolve("odd"));
        Random random = new Random(3);
        StringBuilder anywhere = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            anywhere.append(String.format(Locale.ROOT, "%3d %3d %3d 1%n", random.nextInt(600), 90, 173));
        }
        Files.writeString(odd.resolve(name(418, 8500, "_1")), anywhere);
        Files.writeString(odd.resolve(name(418, 8500, "_2")), "300  90 173 1\n301  91 173 1\n300  90 173 0\n");
        Path result = analyse("odd-out", odd);
        List<Map<String, Object>> rows = Sqlite.query(result, "select * from laser_points order by run");
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0)).containsEntry("remark", "not in step").containsEntry("hits", 500);
        assertThat(rows.get(1)).containsEntry("remark", "few hits").containsEntry("hits", 2);
        assertThat(Sqlite.query(result, "select points from laser_curves").get(0))
                .containsEntry("points", 2);
    }

    @Test
    void wrongColumnsAndForeignRunsAreRefused() throws Exception {
        Path wrong = Files.createDirectories(directory.resolve("wrong"));
        Files.writeString(wrong.resolve(name(418, 8500, "")), "300 90 1\n301 91 1\n");
        CommandRun columns = CommandRun.of("scan", wrong, "-o", directory.resolve("wrong-out"));
        assertThat(columns.exit()).isEqualTo(2);
        assertThat(columns.err()).contains("line 1");
        Path mixed = Files.createDirectories(directory.resolve("mixed"));
        Files.createFile(mixed.resolve(name(418, 8500, "")));
        Files.createFile(mixed.resolve("Pixel=0_DAC_P0=450_QSel=4_PhaseAdj=090_B1.dat"));
        CommandRun foreign = CommandRun.of("scan", mixed, "-o", directory.resolve("mixed-out"));
        assertThat(foreign.exit()).isEqualTo(2);
        assertThat(foreign.err()).contains("Pixel=0_DAC_P0=450", "LaserAttenuation=");
    }

    @Test
    void cutsAreRefused() {
        CommandRun run = CommandRun.of(
                "scan", input, "-o", directory.resolve("cut-out"), "--set", "cuts.events=\"hit_flag = 1\"");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("takes no cuts");
    }
}
