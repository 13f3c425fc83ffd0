package etroc.telescope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import etroc.CommandRun;
import etroc.Golden;
import etroc.Sqlite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Telescopes whose calibration, delays and codes are not perfect, against their truth. */
class ImperfectTelescopeSparkTest {
    private static final int EVENTS = 10_000;
    /** Where no uncertainty is asked for. */
    private static final String NO_REPLICAS = " bootstrap.replicas=0";

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
            Path with = analyse(input, before + NO_REPLICAS);
            double[] old = differences(input, with, "time_resolution", "width_with_true_walk_ps");
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

    /** Many runs, each with a delay of its own; what is found for them does not depend on how they lie in partitions. */
    @Test
    void delaysOfRunsAreFound() throws Exception {
        Path input = simulate("--runs 12 --delay-runs 120 --cal-runs 1");
        Path out = analyse(input, "");
        List<Map<String, Object>> offsets =
                Sqlite.query(out, "select * from run_offsets where data_board_id = 0 order by offset_ns");
        Map<String, Double> truth = new HashMap<>();
        for (Map<String, String> row : Golden.csv(input.resolve("truth_runs.csv"))) {
            if (row.get("board").equals("0")) {
                truth.put(row.get("run"), Double.parseDouble(row.get("delay_first_ns")));
            }
        }
        assertThat(offsets).hasSize(12);
        for (Map<String, Object> row : offsets) {
            // of three boards one is late: its own delay is two thirds above the mean, that of the others one third
            // below
            double expected = truth.get((String) row.get("run")) * 2 / 3;
            assertThat((Double) row.get("offset_ns"))
                    .isCloseTo(expected, within(5 * (Double) row.get("offset_ns_unc")));
            assertThat((Double) row.get("offset_ns_unc")).isBetween(3e-4, 3e-3);
        }
        assertThat(Sqlite.query(out, "select text from remarks").toString()).contains("delays of the boards differ");
        Path other = directory.resolve("other");
        CommandRun.ok("telescope", input, "-o", other, "-q", "--set", "input.partitions=37");
        for (String table : List.of("run_offsets", "calibration_slices", "calibration_runs", "twc_fit_info")) {
            List<Map<String, Object>> one = Sqlite.query(out, "select * from " + table);
            List<Map<String, Object>> many = Sqlite.query(other, "select * from " + table);
            assertThat(many).hasSameSizeAs(one).isNotEmpty();
            for (int i = 0; i < one.size(); i++) {
                for (Map.Entry<String, Object> e : one.get(i).entrySet()) {
                    if (e.getValue() instanceof Double d) {
                        assertThat((Double) many.get(i).get(e.getKey()))
                                .as(table + " " + e.getKey())
                                .isCloseTo(d, within(1e-9 * Math.max(1, Math.abs(d))));
                    } else {
                        assertThat(many.get(i).get(e.getKey())).isEqualTo(e.getValue());
                    }
                }
            }
        }
    }

    /** What no correction mends, or what a setting gives up, is said with figures. */
    @ParameterizedTest
    @CsvSource({
        "--wild-cal 0.03, '', wild codes or a drift",
        "--cal-drift 0.75, calibration=mean, the calibration code moves",
        "--runs 2 --cal-runs 0.5, calibration=median, the calibration code moves",
        "--late 0.05, '', TOA 0: "
    })
    void remarksSayWhatIsWrong(String flaws, String settings, String remark) throws Exception {
        Path input = simulate(flaws);
        Path out = analyse(input, settings + NO_REPLICAS);
        assertThat(Sqlite.query(out, "select text from remarks").toString())
                .contains(remark)
                .contains("board 0");
        if (flaws.startsWith("--late")) {
            long fitted = ((Number) Sqlite.query(out, "select max(events) n from timing_info")
                            .get(0)
                            .get("n"))
                    .longValue();
            assertThat(Sqlite.query(out, "select events, passing_alone from cutflow where stage = 'saturated codes'")
                            .toString())
                    .isEqualTo("[{events=" + EVENTS + ", passing_alone=" + fitted + "}]");
            // an event is lost where any of its boards is saturated: at least those of the worst board, at most those
            // of all
            long[] saturated = Golden.csv(input.resolve("truth.csv")).stream()
                    .mapToLong(r -> Long.parseLong(r.get("saturated_hits")))
                    .toArray();
            assertThat(EVENTS - fitted)
                    .isBetween(
                            LongStream.of(saturated).max().orElseThrow(),
                            LongStream.of(saturated).sum());
            assertThat(Sqlite.query(out, "select sum(toa_low + toa_high + tot_low + tot_high) n from board_info_data")
                            .toString())
                    .isEqualTo("[{n=" + LongStream.of(saturated).sum() + "}]");
        }
    }

    @Test
    void perfectDataHaveNoRemark() throws Exception {
        Path out = analyse(simulate("--runs 3"), "");
        assertThat(Sqlite.query(out, "select * from remarks")).isEmpty();
        assertThat(Sqlite.query(out, "select distinct remark from timing_info").toString())
                .isEqualTo("[{remark=}]");
        assertThat(Sqlite.query(out, "select count(*) n from closure").toString())
                .isEqualTo("[{n=6}]");
        assertThat(Sqlite.query(out, "select count(*) n from constancy").toString())
                .isEqualTo("[{n=12}]");
    }

    /** Beside the number, wherever it is shown, not only in a table of its own. */
    @ParameterizedTest
    @CsvSource({
        "--wide-tail 0.05, '', the times have tails",
        "--delay-drift 150, '', its time moves during runs",
        "--inl 1, '', the corrected time still depends on the particle's time",
        "--walk-shape ROOT, time-walk.degree=1, the corrected time still depends on TOT",
        "--wild-cal 0.03, '', wild codes or a drift"
    })
    void remarksStandBesideTheNumber(String flaws, String settings, String remark) throws Exception {
        Path out = analyse(simulate(flaws), settings);
        String full = (String) rows(out).get(0).get("remark");
        assertThat(full).contains(remark);
        assertThat(Sqlite.query(out, "select text from remarks where text like 'board 0: %'")
                        .toString())
                .contains(remark);
        String shown = CommandRun.ok("show", out).out();
        assertThat(shown).contains(full).contains("assume that the boards' errors are independent");
        String page = Files.readString(Sqlite.latest(out).resolve("report/index.html"));
        assertThat(page.replace("&apos;", "'"))
                .contains(full)
                .contains("assume that the boards' errors are independent");
    }

    /** What a variation gives is what the command gives with that setting. */
    @Test
    void systematicsAreWhatOtherSettingsGive() throws Exception {
        Path input = simulate("--runs 2 --delay-runs 30 --wide-tail 0.02 --wild-cal 0.01");
        Path out = analyse(input, "systematics=true");
        Map<String, String> settings = Map.of(
                "nominal ", "",
                "degree 1", "time-walk.degree=1",
                "degree 3", "time-walk.degree=3",
                "residual cut 3.0", "time-walk.residual-cut=3",
                "residual cut none", "time-walk.residual-cut=none",
                "calibration mean", "calibration=mean",
                "event builder coincidence", "events=coincidence");
        List<Map<String, Object>> all =
                Sqlite.query(out, "select * from systematics order by variation, value, data_board_id");
        assertThat(all).hasSize(3 * (1 + 2 + 3 + 4 + 1 + 2));
        for (Map.Entry<String, String> e : settings.entrySet()) {
            List<Map<String, Object>> own = all.stream()
                    .filter(r -> (r.get("variation") + " " + r.get("value")).equals(e.getKey()))
                    .toList();
            List<Map<String, Object>> command = rows(analyse(input, e.getValue() + NO_REPLICAS));
            assertThat(own).hasSize(3);
            for (int i = 0; i < 3; i++) {
                double core = (Double) own.get(i).get("time_resolution_core");
                assertThat(own.get(i).get("events")).isEqualTo(command.get(i).get("events"));
                assertThat(core)
                        .as(e.getKey())
                        .isCloseTo((Double) command.get(i).get("time_resolution_core"), within(1e-9));
                double nominal = (Double) rows(out).get(i).get("time_resolution_core");
                assertThat((Double) own.get(i).get("difference")).isCloseTo(core - nominal, within(1e-9));
            }
        }
        Map<Integer, Double> uncs = new HashMap<>();
        rows(out)
                .forEach(r -> uncs.put(
                        (Integer) r.get("data_board_id"), (Double) r.get("time_resolution_core_bootstrap_unc")));
        for (Map<String, Object> row : all) {
            double unc = (Double) row.get("difference_unc");
            if (row.get("variation").equals("nominal")) {
                assertThat(unc).isZero();
            } else if (row.get("variation").equals("degree")) { // nearly the same times
                assertThat(unc).isPositive().isLessThan(uncs.get((Integer) row.get("data_board_id")));
            } else if (row.get("variation").equals("half of each run")) { // half of the events are not the same
                assertThat(unc).isBetween(4e-4, 2e-3);
                assertThat((Double) row.get("difference")).isCloseTo(0, within(4 * unc));
            }
        }
    }

    @Test
    void fewEventsHaveNoNumber() throws Exception {
        Path input = directory.resolve("few");
        CommandRun.ok("simulate", "telescope", input, "--no-line-truth", "--events", 10, "--seed", 5);
        for (Map<String, Object> row : rows(analyse(input, ""))) {
            assertThat(row.get("time_resolution")).isNull();
            assertThat(row.get("time_resolution_core")).isNull();
            assertThat(row.get("time_resolution_new")).isNull();
            assertThat(row.get("tail_fraction")).isNull();
            assertThat((String) row.get("remark")).contains("a resolution needs 30");
        }
    }

    @Test
    void runsOfDifferentPixelsAreRefused() throws Exception {
        Path input = simulate("--runs 2");
        String name = "F9P5_F11P5_F5P9_Beam_run1.txt";
        Files.move(input.resolve(name), input.resolve(name.replace("F5P9", "F5P5")));
        CommandRun run = CommandRun.of("telescope", input, "-o", directory.resolve("out"), "-q");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .contains(
                        "different pixels of board 3: F5P5 (as in F9P5_F11P5_F5P5_Beam_run1), F5P9 (as in F9P5_F11P5_F5P9_Beam_run0)");
    }
}
