package etroc.telescope.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.fits.Chi2;
import etroc.fits.GaussianCore;
import etroc.fits.SmearedCounts;
import etroc.telescope.walk.WalkState;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferenceSumsTest {
    private static final double STEP = 0.0213;
    private static final double OTHER = 0.0222;
    private static final int EVENTS = 20_000;
    private static final int SETS = 100;

    /** Times of two TDCs, rounded to their steps. */
    private static DifferenceSums sums(long seed, DoubleSupplier error, double correction) {
        DifferenceSums sums = new DifferenceSums(2, 1, List.of(WalkState.UNCORRECTED));
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < EVENTS; i++) {
            double common = 5 + random.nextDouble();
            double walk = correction * random.nextDouble(); // what is measured holds it, and it is known
            double[] toa = {
                STEP * Math.rint((common + walk + error.getAsDouble()) / STEP) - walk,
                OTHER * Math.rint((common + error.getAsDouble()) / OTHER)
            };
            sums.add(toa, new double[] {3, 3}, 1, i);
        }
        return sums;
    }

    private static DifferenceSums gaussian(long seed, double width, double correction) {
        SplittableRandom random = new SplittableRandom(1000 + seed);
        return sums(seed, () -> width * random.nextGaussian(), correction);
    }

    /** The core, as wide as what is spread over the steps. */
    private static GaussianCore.Peak peak(DifferenceSums sums, List<DifferenceSums.Bin> bins, double... steps) {
        GaussianCore core = sums.cores(0, 0)[0];
        double squares = core.width() * core.width();
        for (double step : steps) {
            squares += step * step / 12;
        }
        return new GaussianCore(core.mean(), Math.sqrt(squares), true)
                .scaled(
                        bins.stream().mapToDouble(DifferenceSums.Bin::low).toArray(),
                        bins.stream().mapToDouble(DifferenceSums.Bin::high).toArray(),
                        bins.stream().mapToDouble(DifferenceSums.Bin::count).toArray());
    }

    private static SmearedCounts smeared(List<DifferenceSums.Bin> bins, GaussianCore.Peak peak, double... steps) {
        double bin = bins.get(0).high() - bins.get(0).low();
        return SmearedCounts.of(peak.bins(), GaussianCore.Peak.PARAMETERS, bin, steps);
    }

    @Test
    void spreadingLosesNoEntry() {
        List<DifferenceSums.Bin> drawn = gaussian(7, 0.06, 0).coarse(0, 0, 0, STEP, OTHER);
        assertThat(drawn.stream().mapToLong(DifferenceSums.Bin::count).sum()).isBetween(EVENTS - 3L, (long) EVENTS);
        assertThat(drawn.subList(0, drawn.size() - 1))
                .allSatisfy(b -> assertThat(b.high() - b.low()).isGreaterThan(OTHER * 0.95));
    }

    /** Chi2 of the cores of many sets, over degrees of freedom; and how many are improbable, and too probable. */
    private record Chi2s(double mean, int improbable, int probable) {
        static Chi2s of(double width, double correction, double... steps) {
            SummaryStatistics perFreedom = new SummaryStatistics();
            int improbable = 0;
            int probable = 0;
            for (int seed = 0; seed < SETS; seed++) {
                DifferenceSums sums = gaussian(seed, width, correction);
                List<DifferenceSums.Bin> drawn = sums.coarse(0, 0, 0, steps);
                GaussianCore.Peak peak = peak(sums, drawn, steps);
                SmearedCounts smeared = smeared(drawn, peak, steps);
                double chi2 = smeared.chi2(peak.chi2());
                double probability = Chi2.probability(chi2, smeared.ndf());
                perFreedom.addValue(chi2 / smeared.ndf());
                improbable += probability < 0.1 ? 1 : 0;
                probable += probability > 0.9 ? 1 : 0;
            }
            Chi2s all = new Chi2s(perFreedom.getMean(), improbable, probable);
            System.out.printf("width %.2f, correction %.1f, %d steps: %s%n", width, correction, steps.length, all);
            return all;
        }
    }

    /** Before the correction, and after it, when times are no steps any more. */
    @ParameterizedTest
    @CsvSource({"0.15, 0", "0.04, 0.5", "0.06, 0.5"})
    void theChi2OfWhatIsDrawnIsOne(double width, double correction) {
        Chi2s drawn = Chi2s.of(width, correction, STEP, OTHER);
        assertThat(drawn.mean).isBetween(0.8, 1.2);
        assertThat(drawn.improbable).isBetween(3, 20);
        assertThat(drawn.probable).isBetween(3, 20);
    }

    @Test
    void theStepsOfTheTdcsMakeACombInNarrowBins() {
        assertThat(Chi2s.of(0.06, 0).mean).isGreaterThan(2);
        assertThat(Chi2s.of(0.06, 0, STEP, OTHER).mean).isLessThan(1.3);
    }

    @Test
    void aPeakThatIsNotGaussianIsImprobable() {
        SplittableRandom random = new SplittableRandom(3);
        DifferenceSums sums = sums(3, () -> random.nextBoolean() ? 0 : 0.25 * random.nextDouble(), 0.5);
        List<DifferenceSums.Bin> drawn = sums.coarse(0, 0, 0, STEP, OTHER);
        GaussianCore.Peak peak = peak(sums, drawn, STEP, OTHER);
        SmearedCounts smeared = smeared(drawn, peak, STEP, OTHER);
        assertThat(Chi2.probability(smeared.chi2(peak.chi2()), smeared.ndf())).isLessThan(1e-5);
    }
}
