package etroc.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LineFitTest {
    /** NIST StRD, linear regression, data set Norris: x and y, with certified values. */
    private static final double[] NORRIS_Y = {
        0.1, 338.8, 118.1, 888.0, 9.2, 228.1, 668.5, 998.5, 449.1, 778.9, 559.2, 0.3, 0.1, 778.1, 668.8, 339.3, 448.9,
                10.8,
        557.7, 228.3, 998.0, 888.8, 119.6, 0.3, 0.6, 557.6, 339.3, 888.0, 998.5, 778.9, 10.2, 117.6, 228.9, 668.4,
                449.2, 0.2
    };

    private static final double[] NORRIS_X = {
        0.2, 337.4, 118.2, 884.6, 10.1, 226.5, 666.3, 996.3, 448.6, 777.0, 558.2, 0.4, 0.6, 775.5, 666.9, 338.0, 447.5,
                11.6,
        556.0, 228.1, 995.8, 887.6, 120.2, 0.3, 0.3, 556.8, 339.1, 887.2, 999.0, 779.0, 11.1, 118.3, 229.2, 669.1,
                448.9, 0.5
    };

    @Test
    void agreesWithNistNorris() {
        LineFit fit = LineFit.ordinary(NORRIS_X, NORRIS_Y);
        assertThat(fit.intercept()).isCloseTo(-0.262323073774029, within(1e-11));
        assertThat(fit.slope()).isCloseTo(1.00211681802045, within(1e-13));
        assertThat(fit.interceptUnc()).isCloseTo(0.232818234301152, within(1e-11));
        assertThat(fit.slopeUnc()).isCloseTo(0.429796848199937e-03, within(1e-14));
        assertThat(fit.rSquared()).isCloseTo(0.999993745883712, within(1e-13));
        assertThat(Math.sqrt(fit.chi2() / fit.ndf())).isCloseTo(0.884796396144373, within(1e-11));
    }

    @Test
    void weightsAreInverseSquaresAndUncertaintiesAreNotRescaled() {
        double[] x = {1, 2, 4};
        double[] y = {10, 13, 18};
        LineFit heavy = LineFit.weighted(x, y, new double[] {1, 1, 0.5});
        // a point of half the uncertainty counts as four points
        LineFit repeated = LineFit.weighted(
                new double[] {1, 2, 4, 4, 4, 4}, new double[] {10, 13, 18, 18, 18, 18}, new double[] {1, 1, 1, 1, 1, 1
                });
        assertThat(heavy.slope()).isCloseTo(repeated.slope(), within(1e-12));
        assertThat(heavy.slopeUnc()).isCloseTo(repeated.slopeUnc(), within(1e-12));
        assertThat(heavy.interceptUnc()).isCloseTo(repeated.interceptUnc(), within(1e-12));
        assertThat(heavy.ndf()).isEqualTo(1);
    }

    @Test
    void oneChargeIsNoLine() {
        assertThatThrownBy(() -> LineFit.ordinary(new double[] {5, 5}, new double[] {1, 2}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
