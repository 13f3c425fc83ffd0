package etroc.fits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GaussianCoreTest {
    private static int[] histogram(Random random, int events, double sigma, double background) {
        int[] counts = new int[30_000]; // 1 ps over -15 to 15 ns
        for (int i = 0; i < events; i++) {
            double x = random.nextDouble() < background
                    ? 10 * (random.nextDouble() - 0.5)
                    : 0.3 + sigma * random.nextGaussian();
            int bin = (int) Math.floor((x + 15) / 0.001);
            counts[Math.max(0, Math.min(29_999, bin))]++;
        }
        return counts;
    }

    @ParameterizedTest
    @CsvSource({"0.045,0", "0.045,0.01", "0.06,0.01", "0.3,0.01", "0.02,0.05"})
    void findsThePeakOverAFlatBackground(double sigma, double background) {
        Random random = new Random(2);
        double mean = 0;
        double width = 0;
        for (int i = 0; i < 20; i++) {
            GaussianCore core = GaussianCore.fit(histogram(random, 20_000, sigma, background), -15, 0.001);
            assertThat(core.converged()).isTrue();
            mean += core.mean() / 20;
            width += core.width() / 20;
        }
        assertThat(width / sigma).isBetween(0.97, 1.03);
        assertThat(mean).isBetween(0.3 - 0.05 * sigma, 0.3 + 0.05 * sigma);
    }

    @Test
    void nothingHasNoCore() {
        assertThat(GaussianCore.fit(new int[100], 0, 1).converged()).isFalse();
        int[] spike = new int[100];
        spike[40] = 1000;
        assertThat(GaussianCore.fit(spike, 0, 1).converged()).isFalse();
    }

    /** The window of a few entries with far tails can run off the histogram, where nothing is. */
    @Test
    void aWindowBesideTheHistogramHoldsNothing() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            int[] counts = new int[10 * (2 + random.nextInt(12))];
            for (int entry = 0; entry < 3 + i % 12; entry++) {
                int code = random.nextInt(counts.length / 10);
                for (int part = 0; part < 10; part++) {
                    counts[10 * code + part]++;
                }
            }
            GaussianCore core = GaussianCore.fit(counts, -0.5, 0.1);
            assertThat(core.converged() && !(core.width() > 0)).isFalse();
        }
    }
}
