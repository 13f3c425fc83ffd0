package etroc.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.CommandRun;
import etroc.Golden;
import etroc.Sqlite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whether reported uncertainties hold, and remarks appear, when data are not perfect: every imperfection at two strengths, in many seeds
 * ({@code mvn -Ptrust verify}). Its table is {@code src/docs/trust.md}.
 */
@Tag("trust")
class TrustIT {
    private static final int SEEDS = Integer.getInteger("trust.seeds", 20);
    /** Scans are quick to try. */
    private static final int SCANS = 5 * SEEDS;

    private static final int EVENTS = 20_000;
    /** Means and widths of 20 pulls scatter by 0.22 and 0.16; boards and curves of a seed share it. */
    private static final double MEAN = 0.3;

    private static final double WIDTH = 0.25;
    private static final List<String> TABLE = new ArrayList<>();

    @TempDir
    Path directory;

    private static void row(String what, String quantity, DescriptiveStatistics pulls, int remarks, int of) {
        TABLE.add(String.format(
                Locale.ROOT,
                "| %s | %s | %d | %+.2f | %.2f | %d of %d |",
                what,
                quantity,
                pulls.getN(),
                pulls.getMean(),
                pulls.getStandardDeviation(),
                remarks,
                of));
        System.out.println(TABLE.get(TABLE.size() - 1));
    }

    private static void check(String quantity, DescriptiveStatistics pulls) {
        assertThat(pulls.getMean()).as(quantity).isBetween(-MEAN, MEAN);
        assertThat(pulls.getStandardDeviation()).as(quantity).isBetween(1 - WIDTH, 1 + WIDTH);
    }

    @AfterAll
    static void write() throws IOException {
        Files.write(Path.of("target", "trust-table.md"), TABLE);
    }

    /** Efficiency, double pulses, spread of pulses, lost and truncated runs, noise tail, curvature. */
    @ParameterizedTest
    @CsvSource({
        "perfect, 1, 0, 0, 0, 0, 0, 0, mended",
        "efficiency 0.999, 0.999, 0, 0, 0, 0, 0, 0, mended",
        "efficiency 0.99, 0.99, 0, 0, 0, 0, 0, 0, mended",
        "double pulses 2 %, 1, 0.02, 0, 0, 0, 0, 0, mended",
        "double pulses 10 %, 1, 0.1, 0, 0, 0, 0, 0, mended",
        "pulses differ by 1 % a run, 1, 0, 0.01, 0, 0, 0, 0, told",
        "pulses differ by 4 % a run, 1, 0, 0.04, 0, 0, 0, 0, told",
        "1 % of runs lost, 1, 0, 0, 0.01, 0, 0, 0, mended",
        "3 % of runs lost, 1, 0, 0, 0.03, 0, 0, 0, mended",
        "1 % of runs truncated, 1, 0, 0, 0, 0.01, 0, 0, mended",
        "3 % of runs truncated, 1, 0, 0, 0, 0.03, 0, 0, mended",
        "noise tail of 2 DAC, 1, 0, 0, 0, 0, 2, 0, mended",
        "noise tail of 6 DAC, 1, 0, 0, 0, 0, 6, 0, told",
        "curvature 0.02 DAC/fC^2, 1, 0, 0, 0, 0, 0, 0.02, bent",
        "curvature 0.03 DAC/fC^2, 1, 0, 0, 0, 0, 0, 0.03, bent"
    })
    void scans(
            String name,
            double efficiency,
            double doubles,
            double spread,
            double lost,
            double truncated,
            double tail,
            double curvature,
            String kind) {
        ScanPulls pulls = ScanPulls.of(
                new ScanImperfections(efficiency, doubles, spread, lost, truncated, tail, curvature), SCANS);
        pulls.of().forEach((quantity, of) -> row("scan: " + name, quantity, of, pulls.withRemarks(), SCANS));
        if (kind.equals("mended")) {
            pulls.of().forEach(TrustIT::check);
        } else if (kind.equals("bent")) {
            check("t50", pulls.of().get("t50"));
            check("noise width", pulls.of().get("noise width"));
            assertThat(pulls.withRemarks()).isEqualTo(SCANS);
        }
    }

    private static List<Object> command(Object first, String more) {
        List<Object> arguments = new ArrayList<>(Arrays.asList(first.toString().split(" ")));
        if (more != null && !more.isEmpty()) {
            arguments.addAll(List.of(more.split(" ")));
        }
        return arguments;
    }

    /** Width of each board [ps] in a sample so large that its own scatter is small beside that of the runs. */
    private double[] truth(String flaws) throws IOException {
        Path place = directory.resolve("truth");
        CommandRun.ok(command("simulate telescope " + place + " --no-line-truth --events 300000 --seed 991", flaws)
                .toArray());
        double[] truth = Golden.csv(place.resolve("truth.csv")).stream()
                .mapToDouble(r -> Double.parseDouble(r.get("core_with_true_walk_ps")))
                .toArray();
        FileUtils.deleteDirectory(place.toFile());
        return truth;
    }

    @ParameterizedTest
    @CsvSource({
        "perfect, '', '', mended, ''",
        "code drifts by 0.75, --cal-drift 0.75, '', mended, ''",
        "code drifts by 4, --cal-drift 4, '', mended, ''",
        "1 % of codes wild, --wild-cal 0.01, '', mended, ''",
        "3 % of codes wild, --wild-cal 0.03, '', mended, wild codes",
        "delay between runs 30 ps, --runs 2 --delay-runs 30, '', mended, delays of the boards differ",
        "delay between runs 100 ps, --runs 2 --delay-runs 100, '', mended, delays of the boards differ",
        "code between runs 0.5, --runs 2 --cal-runs 0.5, '', mended, ''",
        "code between runs 2, --runs 2 --cal-runs 2, '', mended, ''",
        "2 % of TOA at the end stop, --late 0.02, '', mended, TOA 0: ",
        "15 % of TOA at the end stop, --late 0.15, '', mended, TOA 0: ",
        "flat tail 1 %, --flat-tail 0.01, '', mended, ''",
        "flat tail 5 %, --flat-tail 0.05, '', mended, ''",
        "3 times the width in 1 %, --wide-tail 0.01, '', told, ''",
        "3 times the width in 5 %, --wide-tail 0.05, '', told, ''",
        "efficiency 0.95 and noise 5 %, --efficiency 0.95 --noise 0.05, '', mended, ''",
        "delay drifts by 50 ps, --delay-drift 50, '', told, moves",
        "delay drifts by 150 ps, --delay-drift 150, '', told, moves",
        "nonlinear TDC by half a bin, --inl 0.5, '', told, ''",
        "nonlinear TDC by a bin, --inl 1, '', told, depends on the particle",
        "walk of 1/sqrt(TOT) at degree 1, --walk-shape ROOT, time-walk.degree=1, told, depends on TOT",
        "300 events, --events 300, '', told, ''",
        "100 events, --events 100, '', told, events"
    })
    void telescopes(String name, String flaws, String setting, String kind, String remark) throws Exception {
        double[] truth = truth(flaws.replaceAll("--events \\d+", ""));
        DescriptiveStatistics pulls = new DescriptiveStatistics();
        int remarks = 0;
        int withThis = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            Path input = directory.resolve("in-" + seed);
            Path out = directory.resolve("out-" + seed);
            String events = flaws.contains("--events") ? "" : " --events " + EVENTS;
            CommandRun.ok(command("simulate telescope " + input + " --no-line-truth --seed " + seed + events, flaws)
                    .toArray());
            CommandRun.ok(command(
                            "telescope " + input + " -o " + out + " -q",
                            setting.isEmpty() ? "" : "--set telescope." + setting)
                    .toArray());
            List<Map<String, Object>> rows = Sqlite.query(
                    out,
                    "select time_resolution_core c, time_resolution_core_bootstrap_unc u from timing_info"
                            + " where step_name = 'Final' and twc_iteration = 0 order by data_board_id");
            for (int i = 0; i < truth.length; i++) {
                if (rows.get(i).get("c") instanceof Double core && rows.get(i).get("u") instanceof Double unc) {
                    pulls.addValue((1000 * core - truth[i]) / (1000 * unc));
                }
            }
            String said = Sqlite.query(out, "select text from remarks").toString();
            remarks += said.equals("[]") ? 0 : 1;
            withThis += said.contains(remark) ? 1 : 0;
            FileUtils.deleteDirectory(input.toFile());
            FileUtils.deleteDirectory(out.toFile());
        }
        row("telescope: " + name, "resolution (core)", pulls, remarks, SEEDS);
        if (kind.equals("mended")) {
            check(name, pulls);
        }
        if (!remark.isEmpty()) {
            assertThat(withThis).as("remark '" + remark + "'").isEqualTo(SEEDS);
        }
    }

    /** Width of a board, step of TOA, and step of TOT times the slope of the walk, in quadrature [ps]; CAL codes are even in 166..182. */
    private static double chipTruth(double sigmaPs, double[] walk) {
        RandomGenerator random = new Well19937c(7);
        double bin2 = 0;
        double slope2 = 0;
        int n = 200_000;
        for (int i = 0; i < n; i++) {
            bin2 += Math.pow(3125 / (166 + 16 * random.nextDouble()), 2) / n;
            slope2 += Math.pow(walk[1] + 2 * walk[2] * TelescopeModel.totNs(random), 2) / n;
        }
        return Math.sqrt(sigmaPs * sigmaPs + bin2 / 12 * (1 + slope2 * Math.pow(63.0 / 32, 2)));
    }

    /** Four boards of ETROC2 with 50,000 triggers; the cut about the lines of TOA truncates what is measured, and is told. */
    @ParameterizedTest
    @CsvSource({
        "no cut about the lines, etroc2.correlation=none, mended",
        "cut about the lines, etroc2.correlation=3, told",
        "no cut about the lines and walks of boards, etroc2.correlation=none --set etroc2.walk.grouping=board, mended"
    })
    void chips(String name, String setting, String kind) throws Exception {
        double[][] sigmas = {{38, 43, 47, 41}, {30, 45, 60, 50}, {60, 35, 40, 55}, {50, 50, 50, 30}};
        double[][] walks = {{1.2, -0.22, 0.012}, {1.05, -0.2, 0.011}, {1.35, -0.24, 0.013}, {1.1, -0.21, 0.012}};
        Map<String, DescriptiveStatistics> pulls = new TreeMap<>();
        int remarks = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            double[] sigma = sigmas[seed % sigmas.length];
            Path input = directory.resolve("chips-" + seed);
            Path out = directory.resolve("chips-out-" + seed);
            String widths = Arrays.toString(sigma).replaceAll("[^0-9.,]", "");
            CommandRun.ok(command(
                            "simulate telescope " + input
                                    + " --chip etroc2 --layout kcu --events 50000 --beam 7.5:7.5:1.5"
                                    + " --shifts 0:0,0:1,1:0,0:0 --seed " + seed + " --sigma " + widths,
                            "")
                    .toArray());
            CommandRun.ok(command("telescope " + input + " -o " + out + " -q --set " + setting, "")
                    .toArray());
            for (Map<String, Object> row : Sqlite.query(
                    out,
                    "select step, data_board_id b, sigma_ns s, sigma_unc_ns u from board_resolution"
                            + " where boards = '0-1-2-3' and step <> 'raw'")) {
                int b = ((Number) row.get("b")).intValue();
                double pull =
                        (1000 * (Double) row.get("s") - chipTruth(sigma[b], walks[b])) / (1000 * (Double) row.get("u"));
                pulls.computeIfAbsent(row.get("step").toString(), s -> new DescriptiveStatistics())
                        .addValue(pull);
            }
            remarks += Sqlite.query(out, "select text from remarks").isEmpty() ? 0 : 1;
            FileUtils.deleteDirectory(input.toFile());
            FileUtils.deleteDirectory(out.toFile());
        }
        for (Map.Entry<String, DescriptiveStatistics> e : pulls.entrySet()) {
            row("ETROC2: " + name, "resolution (" + e.getKey() + ")", e.getValue(), remarks, SEEDS);
            if (kind.equals("mended")) {
                check(name + ", " + e.getKey(), e.getValue());
            }
        }
    }
}
