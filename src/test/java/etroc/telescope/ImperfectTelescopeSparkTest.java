package etroc.telescope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import etroc.CommandRun;
import etroc.Golden;
import etroc.Sqlite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Telescopes whose calibration, delays and codes are not perfect, against their truth. */
class ImperfectTelescopeSparkTest {
    private static final int EVENTS = 10_000;

    @TempDir
    Path directory;

    private Path simulate(String flaws) {
        Path input = directory.resolve("input");
        List<Object> arguments = new ArrayList<>(
                List.of("simulate", "telescope", input, "--no-line-truth", "--events", EVENTS, "--seed", 5));
        arguments.addAll(List.of(flaws.split(" ")));
        CommandRun.ok(arguments.toArray());
        return input;
    }

    private Path analyse(Path input, String settings) {
        Path out = directory.resolve("out-" + settings.hashCode());
        List<Object> arguments = new ArrayList<>(List.of("telescope", input, "-o", out, "-q"));
        for (String setting : settings.split(" ")) {
            if (!setting.isEmpty()) {
                arguments.addAll(List.of("--set", "telescope." + setting));
            }
        }
        CommandRun.ok(arguments.toArray());
        return out;
    }

    private static List<Map<String, Object>> rows(Path out) throws Exception {
        return Sqlite.query(
                out,
                "select * from timing_info where step_name = 'Final' and twc_iteration = 0 order by data_board_id");
    }

    /** Difference to the truth of each board [ps], of the standard deviation or the core. */
    private static double[] differences(Path input, Path out, String result, String truth) throws Exception {
        List<Map<String, String>> truths = Golden.csv(input.resolve("truth.csv"));
        List<Map<String, Object>> rows = rows(out);
        double[] differences = new double[3];
        for (int i = 0; i < 3; i++) {
            Double value = (Double) rows.get(i).get(result);
            differences[i] = value == null
                    ? Double.NaN
                    : 1000 * value - Double.parseDouble(truths.get(i).get(truth));
        }
        return differences;
    }

    /** Cases that read wrong by many sigma without slices, without alignment and with saturated codes; here within what chance allows. */
    @ParameterizedTest
    @CsvSource({
        "--walk 0.15, '', 0",
        "--cal-drift 0.75, calibration=mean, 3",
        "--cal-drift 4, calibration=mean, 40",
        "--wild-cal 0.01, calibration=mean, 1",
        "--wild-cal 0.03, calibration=mean, 3",
        "--runs 2 --delay-runs 100, align=none, 20",
        "--runs 2 --cal-runs 2, calibration=mean, 8",
        "--late 0.15, saturated-codes=keep, 5"
    })
    void theTruthIsFound(String flaws, String before, double wrong) throws Exception {
        Path input = simulate(flaws);
        Path out = analyse(input, "");
        double[] differences = differences(input, out, "time_resolution", "width_with_true_walk_ps");
        double[] cores = differences(input, out, "time_resolution_core", "width_with_true_walk_ps");
        Map<Integer, Double> unc = new HashMap<>();
        List<Map<String, Object>> rows = rows(out);
        for (int i = 0; i < 3; i++) {
            double sigma = 1000 * (Double) rows.get(i).get("time_resolution_bootstrap_unc");
            unc.put(i, sigma);
        }
        StringBuilder line = new StringBuilder(String.format("%-32s", flaws));
        for (int i = 0; i < 3; i++) {
            line.append(String.format("  %+.2f (core %+.2f) +- %.2f", differences[i], cores[i], unc.get(i)));
        }
        if (wrong > 0) {
            double[] old = differences(input, analyse(input, before), "time_resolution", "width_with_true_walk_ps");
            line.append(String.format("   with %s: %+.1f %+.1f %+.1f", before, old[0], old[1], old[2]));
            assertThat(Math.max(Math.abs(old[0]), Math.max(Math.abs(old[1]), Math.abs(old[2]))))
                    .as("the data show the fault")
                    .isGreaterThan(wrong);
        }
        System.out.println(line);
        for (int i = 0; i < 3; i++) {
            assertThat(differences[i]).isCloseTo(0, within(3.5 * unc.get(i)));
            assertThat(cores[i]).isCloseTo(0, within(6 * unc.get(i)));
        }
    }
}
