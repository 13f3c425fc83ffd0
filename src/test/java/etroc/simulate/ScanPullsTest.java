package etroc.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.scan.ThresholdLine;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pulls of the scan's fits against truth, of perfect and of imperfect scans; prints the table that the documentation quotes. */
class ScanPullsTest {
    private static final int SEEDS = 200;

    @Test
    void fitsAreUnbiasedAndTheirUncertaintiesTrue() {
        ScanPulls pulls = ScanPulls.of(ScanImperfections.NONE, SEEDS);
        pulls.print(SEEDS + " perfect scans");
        assertThat(pulls.plateaus()).isEqualTo(pulls.boards());
        assertThat(pulls.fitted()).isGreaterThan((int) (0.9 * pulls.curves()));
        assertThat(pulls.unconverged()).isZero();
        assertThat(pulls.withRemarks()).as("perfect scans with a remark").isLessThanOrEqualTo(SEEDS / 100);
        assertThat(pulls.of()).hasSize(4).allSatisfy((name, s) -> {
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
        ScanPulls pulls = ScanPulls.of(flaws, 40);
        pulls.print(flaws.toString());
        assertThat(pulls.of()).hasSize(4).allSatisfy((name, s) -> {
            assertThat(s.getMean()).as(name).isBetween(-0.3, 0.3);
            assertThat(s.getStandardDeviation()).as(name).isBetween(0.75, 1.25);
        });
    }

    /** What no fit can mend is told. */
    @Test
    void aBentLineIsTold() {
        ScanPulls pulls = ScanPulls.of(new ScanImperfections(1, 0, 0, 0, 0, 0, 0.02), 20);
        assertThat(pulls.withRemarks()).isEqualTo(20);
    }

    /** A run that stops in the middle of an edge looks like noise; most are seen, left out and named. */
    @Test
    void truncatedRunsAreNamed() {
        List<ScanPulls.Scan> scans = ScanPulls.scans(new ScanImperfections(1, 0, 0, 0, 0.1, 0, 0), 20);
        assertThat(scans)
                .allSatisfy(s -> assertThat(s.result().curves())
                        .anySatisfy(c -> assertThat(c.edge().remark()).startsWith("left out: ")));
    }

    /** The noise at thresholds that are suggested, in the model that made the scan. */
    @ParameterizedTest
    @CsvSource({"1, 0", "0.99, 0", "1, 4"})
    void suggestedThresholdsAreQuiet(double efficiency, double tail) {
        List<ScanPulls.Scan> scans = ScanPulls.scans(new ScanImperfections(efficiency, 0, 0, 0, 0, tail, 0), 40);
        DescriptiveStatistics noise = new DescriptiveStatistics();
        for (ScanPulls.Scan scan : scans) {
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
}
