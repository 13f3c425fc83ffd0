package etroc.telescope.etroc2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Intervals of efficiencies, limits of noise, groups of pixels. */
class MapsTest {
    /** Summed over all that can happen, the interval holds the truth at least as often as it says. */
    @ParameterizedTest
    @CsvSource({"20, 0.5", "300, 0.95", "300, 0.999", "2700, 0.93"})
    void intervalsCover(int n, double truth) {
        BinomialDistribution chance = new BinomialDistribution(n, truth);
        double covered = 0;
        for (int k = 0; k <= n; k++) {
            double[] interval = Found.interval(n, k, 0.6827);
            covered += interval[1] <= truth && truth <= interval[2] ? chance.probability(k) : 0;
        }
        assertThat(covered).isBetween(0.6827, n * (1 - truth) > 10 ? 0.8 : 1);
    }

    private static BitSet places(int... of) {
        BitSet places = new BitSet();
        Arrays.stream(of).forEach(places::set);
        return places;
    }

    @Test
    void withoutHitsNoiseHasALimit() {
        Noise none = Noise.of(0, 1000);
        assertThat(none.noiseHz()).isZero();
        assertThat(none.noiseLimitHz()).isCloseTo(1.84 / 25e-6, within(1.0));
        assertThat(Math.exp(-none.noiseLimitHz() * 25e-6)).isCloseTo(0.1587, within(1e-3));
        assertThat(Noise.of(3, 0)).isEqualTo(Noise.NONE);
    }

    @Test
    void groupsOfPixels() {
        // a diagonal of three, a pair in a row, and two at the ends of neighbouring rows, which do not touch
        assertThat(ClusterSize.sizes(places(0, 17, 34, 100, 101, 159, 160))).containsExactlyInAnyOrder(3, 2, 1, 1);
        assertThat(ClusterSize.sizes(places())).isEmpty();
    }
}
