package etroc.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.fits.SCurveFit;
import etroc.scan.Curve;
import etroc.scan.NoiseOptions;
import etroc.scan.ScanPoint;
import etroc.scan.ScanResult;
import etroc.scan.ScanSettings;
import etroc.scan.ThresholdLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pulls of the scan's fits against truth, of perfect and of imperfect scans; prints the table that the documentation quotes. */
class ScanPullsTest {
    private static final int SEEDS = 200;
    private static final NoiseOptions AUTO = new NoiseOptions(null, null, null, 3, 4, null, 0.01);

    /** What came out of many scans. */
    private static final class Pulls {
        private final Map<String, DescriptiveStatistics> of = new LinkedHashMap<>();
        private int boards;
        private int plateaus;
        private int curves;
        private int fitted;
        private int withRemarks;

        private void add(String name, double value, double truth, double unc) {
            of.computeIfAbsent(name, n -> new DescriptiveStatistics()).addValue((value - truth) / unc);
        }

        private void add(Scan scan) {
            withRemarks += remarks(scan.result()) > 0 ? 1 : 0;
            for (BoardModel truth : scan.model().boards()) {
                boards++;
                scan.result().noise().stream()
                        .filter(n -> n.pixel().board() == truth.board())
                        .forEach(n -> plateaus +=
                                Math.abs(n.plateau().hits() - scan.model().pulses())
                                                < 0.02 * scan.model().pulses()
                                        ? 1
                                        : 0);
                scan.result().curves().stream()
                        .filter(c -> c.key().pixel().board() == truth.board())
                        .forEach(c -> add(c, truth, scan.model().flaws()));
                scan.result().lines().stream()
                        .filter(l -> l.pixel().board() == truth.board())
                        .filter(l -> l.method() == ThresholdLine.Method.S_CURVE && l.fit() != null)
                        .forEach(l -> {
                            add("slope", l.fit().slope(), truth.slope(), l.fit().slopeUnc());
                            double atZero = truth.baseline() + truth.offset();
                            add(
                                    "intercept",
                                    l.fit().intercept(),
                                    atZero,
                                    l.fit().interceptUnc());
                        });
            }
        }

        private void add(Curve curve, BoardModel truth, ScanImperfections flaws) {
            curves++;
            SCurveFit fit = curve.fit();
            if (fit != null) {
                fitted++;
                add("t50", fit.t50(), truth.t50(curve.key().charge(), flaws), fit.t50Unc());
                add("noise width", fit.noise(), truth.noise(), fit.noiseUnc());
            }
        }

        private void print(String what) {
            System.out.printf(
                    "%s: plateau found on %d of %d boards, %d of %d curves fitted, %d scans with remarks%n",
                    what, plateaus, boards, fitted, curves, withRemarks);
            of.forEach((name, s) -> System.out.printf(
                    "pull of %-12s n = %5d  mean %+.3f  width %.3f%n",
                    name, s.getN(), s.getMean(), s.getStandardDeviation()));
        }
    }

    private static long remarks(ScanResult result) {
        return result.curves().stream()
                        .filter(c -> !c.edge().remark().isEmpty())
                        .count()
                + result.lines().stream().filter(l -> !l.remark().isEmpty()).count();
    }

    @Test
    void fitsAreUnbiasedAndTheirUncertaintiesTrue() {
        Pulls pulls = pulls(ScanImperfections.NONE, SEEDS);
        pulls.print(SEEDS + " perfect scans");
        assertThat(pulls.plateaus).isEqualTo(pulls.boards);
        assertThat(pulls.fitted).isGreaterThan((int) (0.9 * pulls.curves));
        assertThat(pulls.of).hasSize(4).allSatisfy((name, s) -> {
            assertThat(s.getMean()).as(name).isBetween(-0.15, 0.15);
            assertThat(s.getStandardDeviation()).as(name).isBetween(0.85, 1.15);
        });
    }

    /** What the specification says is mended: the fits stay unbiased and their uncertainties true. */
    @ParameterizedTest
    @CsvSource({
        "0.9999, 0, 0, 0",
        "0.999, 0, 0, 0",
        "0.99, 0, 0, 0",
        "0.9, 0, 0, 0",
        "0.98, 0, 0, 0", // as by wild codes that the default cut drops
        "1, 0.1, 0, 0",
        "1, 0, 0.03, 0",
        "1, 0, 0, 0.03"
    })
    void imperfectPlateausDoNotMoveTheEdge(double efficiency, double doubles, double lost, double truncated) {
        ScanImperfections flaws = new ScanImperfections(efficiency, doubles, 0, lost, truncated, 0, 0);
        Pulls pulls = pulls(flaws, 40);
        pulls.print(flaws.toString());
        assertThat(pulls.of).hasSize(4).allSatisfy((name, s) -> {
            assertThat(s.getMean()).as(name).isBetween(-0.3, 0.3);
            assertThat(s.getStandardDeviation()).as(name).isBetween(0.75, 1.25);
        });
    }

    /** What no fit can mend is told. */
    @Test
    void aBentLineIsTold() {
        Pulls pulls = pulls(new ScanImperfections(1, 0, 0, 0, 0, 0, 0.02), 20);
        assertThat(pulls.withRemarks).isEqualTo(20);
    }

    /** A run that stops in the middle of an edge looks like noise; most are seen, left out and named. */
    @Test
    void truncatedRunsAreNamed() {
        List<Scan> scans = scans(new ScanImperfections(1, 0, 0, 0, 0.1, 0, 0), 20);
        assertThat(scans)
                .allSatisfy(s -> assertThat(s.result().curves())
                        .anySatisfy(c -> assertThat(c.edge().remark()).startsWith("left out: ")));
    }

    /** The noise at thresholds that are suggested, in the model that made the scan. */
    @ParameterizedTest
    @CsvSource({"1, 0", "0.99, 0", "1, 4"})
    void suggestedThresholdsAreQuiet(double efficiency, double tail) {
        List<Scan> scans = scans(new ScanImperfections(efficiency, 0, 0, 0, 0, tail, 0), 40);
        DescriptiveStatistics noise = new DescriptiveStatistics();
        for (Scan scan : scans) {
            for (ThresholdLine line : scan.result().lines()) {
                BoardModel board = scan.model().boards().stream()
                        .filter(b -> b.board() == line.pixel().board())
                        .findFirst()
                        .orElseThrow();
                if (line.method() == ThresholdLine.Method.S_CURVE
                        && !line.suggestions().isEmpty()) {
                    double above = line.suggestions().get(0).threshold() - board.baseline();
                    double widths = above / board.noise();
                    noise.addValue(4 * Math.exp(-widths * widths / 2) + (tail > 0 ? Math.exp(-above / tail) : 0));
                }
            }
        }
        System.out.printf(
                "noise at the first suggested threshold, efficiency %s, tail %s: n = %d, mean %.4f, largest %.4f%n",
                efficiency, tail, noise.getN(), noise.getMean(), noise.getMax());
        assertThat(noise.getN()).isGreaterThan(100);
        assertThat(noise.getMean()).isLessThan(0.012);
        assertThat(noise.getMax()).isLessThan(0.04);
    }

    private record Scan(ScanModel model, ScanResult result) {}

    private static Pulls pulls(ScanImperfections flaws, int seeds) {
        Pulls pulls = new Pulls();
        scans(flaws, seeds).forEach(pulls::add);
        return pulls;
    }

    private static List<Scan> scans(ScanImperfections flaws, int seeds) {
        return IntStream.rangeClosed(1, seeds)
                .parallel()
                .mapToObj(seed -> scan(seed, flaws))
                .toList();
    }

    private static Scan scan(int seed, ScanImperfections flaws) {
        int pulses = new int[] {80, 200, 1000, 6000}[seed % 4];
        ScanModel model = ScanModel.random(seed, 3, List.of(12, 16, 20, 24, 28), pulses, 1 + seed % 2, flaws);
        return new Scan(model, ScanResult.of(points(model), b -> AUTO, ScanSettings.LowerLimits.DROP));
    }

    private static List<ScanPoint> points(ScanModel model) {
        RandomGenerator random = new Well19937c(model.seed() + 1);
        List<ScanPoint> points = new ArrayList<>();
        for (BoardModel b : model.boards()) {
            for (int charge : model.charges()) {
                for (int threshold : model.thresholds(b, charge)) {
                    int hits = model.hits(b, charge, threshold, random);
                    points.add(new ScanPoint("run" + points.size(), 0, b.board(), b.pixel(), charge, threshold, hits));
                }
            }
        }
        return points;
    }
}
