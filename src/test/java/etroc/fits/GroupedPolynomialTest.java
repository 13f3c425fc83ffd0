package etroc.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.junit.jupiter.api.Test;

class GroupedPolynomialTest {
    private static final int GROUPS = 9;
    private static final int EACH = 12;

    /** The same cubic through all points one by one, by another solver. */
    @Test
    void agreesWithARegressionOnAllPoints() {
        Random random = new Random(4);
        double[] y = new double[GROUPS * EACH];
        double[][] powers = new double[y.length][];
        double[] x = new double[GROUPS];
        double[] means = new double[GROUPS];
        double within = 0;
        for (int g = 0; g < GROUPS; g++) {
            x[g] = 2 + 0.1 * g;
            double t = x[g];
            for (int i = 0; i < EACH; i++) {
                y[g * EACH + i] = 9 - t + 0.4 * t * t - 0.05 * t * t * t + 0.03 * random.nextGaussian();
                powers[g * EACH + i] = new double[] {t, t * t, t * t * t};
                means[g] += y[g * EACH + i] / EACH;
            }
            for (int i = 0; i < EACH; i++) {
                within += Math.pow(y[g * EACH + i] - means[g], 2);
            }
        }
        OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
        regression.newSampleData(y, powers);
        double[] n = IntStream.range(0, GROUPS).mapToDouble(g -> EACH).toArray();
        Polynomial fit = GroupedPolynomial.fit(x, n, means, within, 3);
        double variance = regression.estimateErrorVariance();
        assertThat(fit.variance()).isCloseTo(variance, within(1e-6 * variance));
        double[] expected = regression.estimateRegressionParameters();
        double[] unc = regression.estimateRegressionParametersStandardErrors();
        for (int k = 0; k <= 3; k++) {
            assertThat(fit.coefficients()[k]).isCloseTo(expected[k], within(1e-6 * Math.abs(expected[k])));
            assertThat(fit.uncertainties()[k]).isCloseTo(unc[k], within(1e-6 * unc[k]));
        }
    }

    @Test
    void tooFewDifferentPointsHaveNoFit() {
        double[] three = {1, 2, 3};
        assertThat(GroupedPolynomial.fit(three, new double[] {50, 50, 50}, three, 1, 3)
                        .exists())
                .isFalse();
    }
}
