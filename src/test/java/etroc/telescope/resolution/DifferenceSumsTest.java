package etroc.telescope.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.telescope.walk.WalkState;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DifferenceSumsTest {
    private static final double STEP = 0.0213;
    private static final double OTHER = 0.0222;
    private static final int EVENTS = 20_000;

    /** Gaussian times of two TDCs, rounded to their steps: what is drawn has no comb, and loses no entry. */
    @Test
    void stepsOfTheTdcsMakeNoComb() {
        DifferenceSums sums = new DifferenceSums(2, 1, List.of(WalkState.UNCORRECTED));
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < EVENTS; i++) {
            double common = 5 + random.nextDouble();
            double[] toa = {
                STEP * Math.rint((common + random.nextGaussian() * 0.06) / STEP),
                OTHER * Math.rint((common + random.nextGaussian() * 0.06) / OTHER)
            };
            sums.add(toa, new double[] {3, 3}, 1, i);
        }
        double comb = chi2(sums.coarse(0, 0, 0));
        List<DifferenceSums.Bin> drawn = sums.coarse(0, 0, 0, STEP, OTHER);
        assertThat(comb).as("chi2/ndf of the comb").isGreaterThan(2);
        assertThat(chi2(drawn)).as("chi2/ndf of what is drawn").isLessThan(1.3);
        assertThat(drawn.stream().mapToLong(DifferenceSums.Bin::count).sum()).isBetween(EVENTS - 3L, (long) EVENTS);
        assertThat(drawn.subList(0, drawn.size() - 1))
                .allSatisfy(b -> assertThat(b.high() - b.low()).isGreaterThan(OTHER * 0.95));
    }

    /** Against the Gaussian of the sample's own mean and width, over bins that expect more than 20. */
    private static double chi2(List<DifferenceSums.Bin> bins) {
        double mean = bins.stream()
                        .mapToDouble(b -> b.count() * (b.low() + b.high()) / 2)
                        .sum()
                / EVENTS;
        double variance = bins.stream()
                        .mapToDouble(b -> b.count() * Math.pow((b.low() + b.high()) / 2 - mean, 2))
                        .sum()
                / EVENTS;
        double chi2 = 0;
        int n = 0;
        for (DifferenceSums.Bin b : bins) {
            double at = ((b.low() + b.high()) / 2 - mean) / Math.sqrt(variance);
            double expected =
                    EVENTS * (b.high() - b.low()) / Math.sqrt(2 * Math.PI * variance) * Math.exp(-at * at / 2);
            if (expected > 20) {
                chi2 += Math.pow(b.count() - expected, 2) / expected;
                n++;
            }
        }
        return chi2 / n;
    }
}
