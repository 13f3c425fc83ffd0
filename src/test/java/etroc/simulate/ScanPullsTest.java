package etroc.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.scan.Curve;
import etroc.scan.NoiseOptions;
import etroc.scan.ScanPoint;
import etroc.scan.ScanResult;
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

/** Pulls of the scan's fits against truth over 200 seeds; prints the table that the documentation quotes. */
class ScanPullsTest {
    private static final int SEEDS = 200;
    private static final NoiseOptions AUTO = new NoiseOptions(null, null, null, 3, 4, null);

    @Test
    void fitsAreUnbiasedAndTheirUncertaintiesTrue() {
        Map<String, DescriptiveStatistics> pulls = new LinkedHashMap<>();
        int boards = 0;
        int plateaus = 0;
        int curves = 0;
        int fitted = 0;
        List<Scan> scans = IntStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(ScanPullsTest::scan)
                .toList();
        for (Scan scan : scans) {
            ScanResult result = scan.result();
            int pulses = scan.model().pulses();
            for (BoardModel truth : scan.model().boards()) {
                boards++;
                ScanResult.NoiseRegion noise = result.noise().stream()
                        .filter(n -> n.pixel().board() == truth.board())
                        .findFirst()
                        .orElseThrow();
                plateaus += Math.abs(noise.plateau().hits() - pulses) < 0.02 * pulses ? 1 : 0;
                for (Curve curve : result.curves()) {
                    if (curve.key().pixel().board() == truth.board()) {
                        curves++;
                        if (curve.fit() != null) {
                            fitted++;
                            add(
                                    pulls,
                                    "t50",
                                    curve.fit().t50(),
                                    truth.t50(curve.key().charge()),
                                    curve.fit().t50Unc());
                            add(
                                    pulls,
                                    "noise width",
                                    curve.fit().noise(),
                                    truth.noise(),
                                    curve.fit().noiseUnc());
                        }
                    }
                }
                for (ThresholdLine line : result.lines()) {
                    if (line.pixel().board() == truth.board()
                            && line.method() == ThresholdLine.Method.S_CURVE
                            && line.fit() != null) {
                        add(
                                pulls,
                                "slope",
                                line.fit().slope(),
                                truth.slope(),
                                line.fit().slopeUnc());
                        add(
                                pulls,
                                "intercept",
                                line.fit().intercept(),
                                truth.baseline() + truth.offset(),
                                line.fit().interceptUnc());
                    }
                }
            }
        }
        System.out.printf(
                "%d seeds: plateau found on %d of %d boards, %d of %d curves fitted%n",
                SEEDS, plateaus, boards, fitted, curves);
        pulls.forEach((name, s) -> System.out.printf(
                "pull of %-12s n = %5d  mean %+.3f  width %.3f%n",
                name, s.getN(), s.getMean(), s.getStandardDeviation()));
        assertThat(plateaus).isEqualTo(boards);
        assertThat(fitted).isGreaterThan((int) (0.9 * curves));
        assertThat(pulls).hasSize(4).allSatisfy((name, s) -> {
            assertThat(s.getMean()).as(name).isBetween(-0.15, 0.15);
            assertThat(s.getStandardDeviation()).as(name).isBetween(0.85, 1.15);
        });
    }

    private record Scan(ScanModel model, ScanResult result) {}

    private static Scan scan(int seed) {
        int pulses = new int[] {80, 200, 1000, 6000}[seed % 4];
        ScanModel model = ScanModel.random(seed, 3, List.of(12, 16, 20, 24, 28), pulses, 1 + seed % 2);
        return new Scan(model, ScanResult.of(points(model), b -> AUTO));
    }

    private static void add(
            Map<String, DescriptiveStatistics> pulls, String name, double value, double truth, double unc) {
        pulls.computeIfAbsent(name, n -> new DescriptiveStatistics()).addValue((value - truth) / unc);
    }

    private static List<ScanPoint> points(ScanModel model) {
        RandomGenerator random = new Well19937c(model.seed() + 1);
        List<ScanPoint> points = new ArrayList<>();
        for (BoardModel b : model.boards()) {
            for (int charge : model.charges()) {
                for (int threshold : model.thresholds(b, charge)) {
                    int hits = b.hits(charge, threshold, model.pulses(), random);
                    points.add(new ScanPoint("run" + points.size(), 0, b.board(), b.pixel(), charge, threshold, hits));
                }
            }
        }
        return points;
    }
}
