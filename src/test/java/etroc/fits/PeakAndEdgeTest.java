package etroc.fits;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;

/** Data are drawn as they come about, pulse by pulse or with another library's densities, not with the fits' functions. */
class PeakAndEdgeTest {
    private static final int SEEDS = 400;

    private static void assertPulls(SummaryStatistics pulls) {
        assertThat(pulls.getN()).isEqualTo(SEEDS);
        assertThat(pulls.getMean()).isCloseTo(0, within(0.2));
        assertThat(pulls.getStandardDeviation()).isCloseTo(1, within(0.2));
    }

    @Test
    void pullsOfAPeak() {
        SummaryStatistics centre = new SummaryStatistics();
        SummaryStatistics width = new SummaryStatistics();
        for (int seed = 0; seed < SEEDS; seed++) {
            Well19937c random = new Well19937c(seed);
            double at = 400 + random.nextDouble();
            NormalDistribution peak = new NormalDistribution(null, at, 1.8);
            double[] d = new double[31];
            double[] n = new double[31];
            for (int i = 0; i < d.length; i++) {
                d[i] = 385 + i;
                double mean = 2000 * peak.density(d[i]);
                n[i] = mean < 1e-9 ? 0 : new PoissonDistribution(random, mean, 1e-12, 10_000).sample();
            }
            PoissonPeak fit = requireNonNull(PoissonPeak.fit(d, n));
            centre.addValue((fit.centre() - at) / fit.centreUnc());
            width.addValue((fit.width() - 1.8) / fit.widthUnc());
        }
        assertPulls(centre);
        assertPulls(width);
    }

    @Test
    void pullsOfAnEdge() {
        SummaryStatistics t50 = new SummaryStatistics();
        SummaryStatistics s = new SummaryStatistics();
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            double at = 500 + random.nextDouble();
            double[] d = new double[17];
            double[] k = new double[17];
            double[] n = new double[17];
            for (int i = 0; i < d.length; i++) {
                d[i] = 492 + i;
                n[i] = 150 + 10 * (i % 3);
                for (int pulse = 0; pulse < n[i]; pulse++) {
                    k[i] += at + 2.2 * random.nextGaussian() > d[i] ? 1 : 0;
                }
            }
            BinomialEdge fit = requireNonNull(BinomialEdge.fit(d, k, n));
            t50.addValue((fit.t50() - at) / fit.t50Unc());
            s.addValue((fit.s() - 2.2) / fit.sUnc());
        }
        assertPulls(t50);
        assertPulls(s);
    }

    @Test
    void whatHasNoPeakOrEdgeGivesNone() {
        double[] d = {1, 2, 3, 4, 5};
        assertThat(PoissonPeak.fit(d, new double[5])).isNull();
        assertThat(PoissonPeak.fit(d, new double[] {90, 20, 1, 20, 90})).isNull();
        double[] n = {9, 9, 9, 9, 9};
        assertThat(BinomialEdge.fit(d, new double[] {9, 9, 5, 0, 0}, n)).isNull();
        assertThat(BinomialEdge.fit(new double[0], new double[0], new double[0]))
                .isNull();
    }
}
