package etroc.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import etroc.CommandRun;
import etroc.Sqlite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Times of injected pulses against charge and phase, through the command line, and a plain calculation beside it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QinjSparkTest {
    private static final double BIN = 3.125 / 150;
    private static final double TOT_PER_FC = 0.1;
    private static final double TOA_PER_PHASE = -0.02;

    @TempDir
    static Path directory;

    private Path out = directory;
    private final List<int[]> onePoint = new ArrayList<>();

    /** One board; pulses are seen at thresholds up to 440 + 5 DAC/fC, noise fills those below 410. */
    @BeforeAll
    void analyse() throws Exception {
        Random random = new Random(11);
        Path input = Files.createDirectories(directory.resolve("scan"));
        for (int phase : new int[] {0, 50, 100}) {
            for (int charge : new int[] {12, 20, 28}) {
                for (int threshold = 400; threshold <= 620; threshold += 4) {
                    StringBuilder lines = new StringBuilder();
                    int hits = threshold < 410 ? 900 : threshold <= 440 + 5 * charge ? 300 : 0;
                    boolean kept = phase == 50 && charge == 20 && threshold == 460;
                    for (int i = 0; i < hits; i++) {
                        int[] codes = codes(phase, charge, i, random);
                        lines.append(String.format(Locale.ROOT, " 0 %3d %3d %3d 1%n", codes[0], codes[1], codes[2]));
                        if (kept) {
                            onePoint.add(codes);
                        }
                    }
                    String run = "TDC_Data_PhaseAdj" + phase + "_F9P5_QSel" + charge + "_DAC" + threshold;
                    int half = lines.indexOf("\n", lines.length() / 2) + 1;
                    Files.writeString(input.resolve(run + "_Split_0.dat"), lines.substring(0, half));
                    Files.writeString(input.resolve(run + "_Split_1.dat"), lines.substring(half));
                }
            }
        }
        out = scan("one", input, 1);
        Path other = scan("seven", input, 7);
        for (String table : List.of("qinj_points", "tot_charge", "phase_scan", "run_times")) {
            assertThat(Sqlite.lines(other, table, List.of("*"))).isEqualTo(Sqlite.lines(out, table, List.of("*")));
        }
    }

    private static Path scan(String name, Path input, int partitions) {
        Path out = directory.resolve(name);
        CommandRun.ok("scan", input, "-o", out, "-q", "--set", "input.partitions=" + partitions);
        return out;
    }

    /** TOA, TOT and CAL; every 30th hit has a wild calibration code. */
    private static int[] codes(int phase, int charge, int i, Random random) {
        double toa = 7 + TOA_PER_PHASE * phase + 0.06 * random.nextGaussian();
        double tot = 0.5 + TOT_PER_FC * charge + 0.05 * random.nextGaussian();
        int bins = (int) Math.round(tot / BIN);
        int cal = i % 30 == 29 ? random.nextInt(200) : 149 + i % 3;
        return new int[] {(int) Math.round((12.5 - toa) / BIN), (bins + bins / 63) / 2, cal};
    }

    private static double number(Map<String, Object> row, String column) {
        return ((Number) row.get(column)).doubleValue();
    }

    @Test
    void pointsAreWhatAPlainCalculationGives() throws Exception {
        Map<String, Object> row = Sqlite.query(
                        out,
                        "select * from qinj_points where phase_adjust = 50 and board_injected_charge = 20"
                                + " and board_discriminator_threshold = 460")
                .get(0);
        int[] counts = new int[1024];
        onePoint.forEach(c -> counts[c[2]]++);
        int mode = 0;
        for (int c = 0; c < counts.length; c++) {
            mode = counts[c] > counts[mode] ? c : mode;
        }
        int most = mode;
        List<int[]> kept =
                onePoint.stream().filter(c -> Math.abs(c[2] - most) <= 3).toList();
        double bin = 3.125 / kept.stream().mapToInt(c -> c[2]).average().orElseThrow();
        double[] toa = kept.stream().mapToDouble(c -> 12.5 - c[0] * bin).toArray();
        double[] tot =
                kept.stream().mapToDouble(c -> (2 * c[1] - c[1] / 32) * bin).toArray();
        assertThat(row)
                .containsEntry("hits", onePoint.size())
                .containsEntry("kept", kept.size())
                .containsEntry("cal_mode", mode)
                .containsEntry("remark", "");
        assertThat(number(row, "fbin_ns")).isCloseTo(bin, within(1e-12));
        assertThat(number(row, "toa_mean_ns")).isCloseTo(mean(toa), within(1e-9));
        assertThat(number(row, "toa_std_ns")).isCloseTo(std(toa), within(1e-9));
        assertThat(number(row, "jitter")).isCloseTo(std(toa), within(1e-9));
        assertThat(number(row, "jitter_unc")).isCloseTo(std(toa) / Math.sqrt(2.0 * kept.size() - 2), within(1e-9));
        assertThat(number(row, "tot_mean_ns")).isCloseTo(mean(tot), within(1e-9));
        assertThat(number(row, "tot_std_ns")).isCloseTo(std(tot), within(1e-9));
    }

    private static double mean(double[] x) {
        return Stream.of(x).flatMapToDouble(java.util.Arrays::stream).average().orElseThrow();
    }

    private static double std(double[] x) {
        double mean = mean(x);
        return Math.sqrt(
                java.util.Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / (x.length - 1));
    }

    @Test
    void everyRunIsAPoint() throws Exception {
        assertThat(Sqlite.query(out, "select * from qinj_points")).hasSize(3 * 3 * 56);
        assertThat(Sqlite.query(out, "select jitter, remark from qinj_points where hits = 0"))
                .isNotEmpty()
                .allSatisfy(
                        r -> assertThat(r).containsEntry("remark", "no hits").containsEntry("jitter", null));
    }

    @Test
    void totTellsTheCharge() throws Exception {
        List<Map<String, Object>> rows = Sqlite.query(out, "select * from tot_charge");
        assertThat(rows).hasSize(3).allSatisfy(r -> {
            assertThat(number(r, "charges")).isEqualTo(3);
            assertThat(number(r, "board_discriminator_threshold")).isBetween(408.0, 500.0);
            assertThat(number(r, "slope")).isCloseTo(TOT_PER_FC, within(5 * number(r, "slope_unc")));
            assertThat(number(r, "charge_per_tot") * number(r, "slope")).isCloseTo(1, within(1e-9));
            assertThat(number(r, "charge_at_no_tot"))
                    .isCloseTo(-5, within(5 * number(r, "charge_at_no_tot_unc") + 0.3));
        });
    }

    @Test
    void toaFollowsThePhase() throws Exception {
        List<Map<String, Object>> rows =
                Sqlite.query(out, "select * from phase_scan where board_discriminator_threshold = 460");
        assertThat(rows).hasSize(9).allSatisfy(r -> {
            assertThat(r).containsEntry("in_line", 1).containsEntry("hits", hits(r));
            assertThat(number(r, "slope")).isCloseTo(TOA_PER_PHASE, within(5 * number(r, "slope_unc")));
            assertThat(number(r, "residual_ns")).isCloseTo(0, within(5 * number(r, "toa_mean_ns_unc")));
        });
        assertThat(Sqlite.query(out, "select slope, remark from phase_scan where hits = 0"))
                .isNotEmpty()
                .allSatisfy(r -> assertThat(r).containsEntry("slope", null));
        assertThat(Sqlite.latest(out).resolve("report/index.html"))
                .content()
                .contains("mean TOA against phase", "Jitter against charge");
    }

    private Integer hits(Map<String, Object> row) {
        try {
            return (Integer) Sqlite.query(
                            out,
                            "select hits from qinj_points where board_discriminator_threshold = 460 and phase_adjust = "
                                    + row.get("phase_adjust") + " and board_injected_charge = "
                                    + row.get("board_injected_charge"))
                    .get(0)
                    .get("hits");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
