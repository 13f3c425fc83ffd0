package etroc.scan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.simulate.ChipScanFlaws;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Twenty simulated bench scans of five pixels against their truth; {@link BenchTrustIT} has more. */
class BenchPullsTest {
    @TempDir
    Path directory;

    @Test
    void pullsAreThoseOfHonestUncertainties() throws Exception {
        BenchPulls pulls = BenchPulls.of(directory, 20, 5, ChipScanFlaws.NONE);
        pulls.print("20 bench scans");
        assertThat(pulls.of().keySet())
                .contains("peak baseline", "accumulator width", "t50", "s-curve slope", "turn-off slope", "jitter");
        pulls.of().forEach((name, s) -> {
            assertThat(s.getN()).as(name).isGreaterThanOrEqualTo(100);
            assertThat(s.getMean()).as(name).isBetween(-0.2, 0.2);
            assertThat(s.getStandardDeviation()).as(name).isBetween(0.8, 1.2);
        });
    }
}
