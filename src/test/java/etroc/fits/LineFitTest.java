package etroc.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import etroc.Golden;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineFitTest {
    /** NIST StRD, linear regression, data set Norris, with its certified values. */
    @Test
    void agreesWithNistNorris() {
        List<Map<String, String>> points = Golden.csv(Golden.mini("nist").resolve("norris.csv"));
        double[] nothing = new double[points.size()];
        LineFit fit = LineFit.ordinary(column(points, "x"), column(points, "y"), nothing);
        assertThat(fit.intercept()).isCloseTo(-0.262323073774029, within(1e-11));
        assertThat(fit.slope()).isCloseTo(1.00211681802045, within(1e-13));
        assertThat(fit.interceptUnc()).isCloseTo(0.232818234301152, within(1e-11));
        assertThat(fit.slopeUnc()).isCloseTo(0.429796848199937e-03, within(1e-14));
        assertThat(fit.rSquared()).isCloseTo(0.999993745883712, within(1e-13));
        assertThat(Math.sqrt(fit.chi2() / fit.ndf())).isCloseTo(0.884796396144373, within(1e-11));
    }

    private static double[] column(List<Map<String, String>> points, String name) {
        return points.stream().mapToDouble(p -> Double.parseDouble(p.get(name))).toArray();
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
    void uncertaintyOfTheLineIsThatOfThePointsCarriedOver() {
        double[] x = {4, 9, 11, 20};
        double[] y = {510, 533, 545, 590};
        double[] unc = {0.5, 2, 0.7, 1.1};
        LineFit fit = LineFit.weighted(x, y, unc);
        for (double at : new double[] {-3, 0, 10, 25}) {
            double variance = 0; // of the line at a place, by moving one point after the other by its uncertainty
            for (int i = 0; i < y.length; i++) {
                double[] moved = y.clone();
                moved[i] += unc[i];
                variance += Math.pow(LineFit.weighted(x, moved, unc).at(at) - fit.at(at), 2);
            }
            assertThat(fit.unc(at)).isCloseTo(Math.sqrt(variance), within(1e-9));
        }
    }

    /** Three points on a line by chance: their scatter says nothing, the step of the threshold does. */
    @Test
    void uncertaintiesAreNeverBelowThoseOfTheStep() {
        double[] x = {4, 9, 14};
        double[] y = {510, 535, 560};
        double[] step = {1, 1, 2};
        LineFit fit = LineFit.ordinary(x, y, step);
        assertThat(fit.slope()).isCloseTo(5, within(1e-12));
        for (double at : new double[] {-3, 0, 10, 25}) {
            double variance = 0;
            for (int i = 0; i < y.length; i++) {
                double[] moved = y.clone();
                moved[i] += step[i];
                variance += Math.pow(LineFit.ordinary(x, moved, step).at(at) - fit.at(at), 2);
            }
            assertThat(fit.unc(at)).isCloseTo(Math.sqrt(variance), within(1e-9));
        }
        LineFit two = LineFit.ordinary(new double[] {4, 14}, new double[] {510, 560}, new double[] {1, 1});
        assertThat(two.chi2()).isNaN();
        assertThat(two.slopeUnc()).isCloseTo(Math.sqrt(2) / 10, within(1e-12));
    }

    @Test
    void oneChargeIsNoLine() {
        assertThatThrownBy(() -> LineFit.ordinary(new double[] {5, 5}, new double[] {1, 2}, new double[2]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
