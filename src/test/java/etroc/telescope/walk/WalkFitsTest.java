package etroc.telescope.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import etroc.Golden;
import etroc.fits.Polynomial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WalkFitsTest {
    private static final WalkTarget FIRST = new WalkTarget(WalkState.UNCORRECTED, WalkState.UNCORRECTED);

    private record Data(List<double[]> toa, List<double[]> tot) {
        <S extends Sums<S>> S into(S sums) {
            for (int i = 0; i < toa.size(); i++) {
                sums.add(toa.get(i), tot.get(i));
            }
            return sums;
        }
    }

    /** Two boards of which only the first has a TOT that varies: its target is y. */
    private static Data points(double[] x, double[] y) {
        Data data = new Data(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < x.length; i++) {
            data.toa.add(new double[] {0, y[i]});
            data.tot.add(new double[] {x[i], x[i]});
        }
        return data;
    }

    /** NIST StRD, linear regression, data set Wampler2: y = sum (x/10)^k, certified coefficients 1, 0.1, ..., 1e-5. */
    @Test
    void leastSquaresAgreesWithNistWampler() {
        double[] x = new double[21];
        double[] y = new double[21];
        for (int i = 0; i < 21; i++) {
            x[i] = i;
            for (int k = 0; k <= 5; k++) {
                y[i] += Math.pow(i / 10.0, k);
            }
        }
        Data data = points(x, y);
        TotMoments moments = data.into(new TotMoments(2));
        Polynomial fit = data.into(new OlsWalkSums(moments, FIRST, 5)).solve().get(0);
        for (int k = 0; k <= 5; k++) {
            assertThat(fit.coefficients()[k]).isCloseTo(Math.pow(0.1, k), within(1e-8 * Math.pow(0.1, k)));
        }
    }

    private static Data csv(String directory, String file) {
        List<Map<String, String>> rows = Golden.csv(Golden.mini(directory).resolve(file));
        return points(
                rows.stream().mapToDouble(r -> Double.parseDouble(r.get("x"))).toArray(),
                rows.stream().mapToDouble(r -> Double.parseDouble(r.get("y"))).toArray());
    }

    /** NIST StRD, linear regression, data set Norris, through the sums: certified values and standard deviations. */
    @Test
    void leastSquaresAgreesWithNistNorris() {
        Data data = csv("nist", "norris.csv");
        Polynomial fit = data.into(new OlsWalkSums(data.into(new TotMoments(2)), FIRST, 1))
                .solve()
                .get(0);
        assertThat(fit.coefficients()[0]).isCloseTo(-0.262323073774029, within(1e-11));
        assertThat(fit.coefficients()[1]).isCloseTo(1.00211681802045, within(1e-13));
        assertThat(fit.uncertainties()[0]).isCloseTo(0.232818234301152, within(1e-9));
        assertThat(fit.uncertainties()[1]).isCloseTo(0.429796848199937e-03, within(1e-12));
        assertThat(fit.variance()).isCloseTo(0.782864662630069, within(1e-8));
    }

    /** Orthogonal distances to polynomials: reference values of 40 digits, which scipy.odr agrees with; see the golden cases' README. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void orthogonalDistancesAgreeWithTheReference(int degree) {
        Data data = csv("odr", "points.csv");
        TotMoments moments = data.into(new TotMoments(2));
        double[][] current = OdrWalkSums.start(
                moments, data.into(new OlsWalkSums(moments, FIRST, degree)).solve(), degree);
        OdrWalkSums sums = data.into(new OdrWalkSums(moments, FIRST, degree, current));
        for (int step = 0; step < 60; step++) {
            sums = data.into(new OdrWalkSums(moments, FIRST, degree, sums.next()));
        }
        Polynomial fit = sums.polynomials().get(0);
        List<Map<String, String>> reference = Golden.csv(Golden.mini("odr").resolve("fits.csv")).stream()
                .filter(r -> r.get("degree").equals("" + degree))
                .toList();
        assertThat(reference).hasSize(degree + 1);
        for (int k = 0; k <= degree; k++) {
            Map<String, String> row = reference.get(k);
            assertThat(fit.coefficients()[k]).isCloseTo(Double.parseDouble(row.get("value")), withinPercentage(1e-7));
            assertThat(fit.uncertainties()[k])
                    .isCloseTo(Double.parseDouble(row.get("uncertainty")), withinPercentage(1e-6));
            assertThat(fit.variance()).isCloseTo(Double.parseDouble(row.get("variance")), withinPercentage(1e-9));
        }
    }

    /** Orthogonal distances to a line have a closed solution: the major axis of the points. */
    @Test
    void orthogonalDistancesOfDegreeOneAreTheMajorAxis() {
        Random random = new Random(9);
        double[] x = new double[400];
        double[] y = new double[400];
        for (int i = 0; i < 400; i++) {
            double true1 = 3 + 2 * random.nextDouble();
            x[i] = true1 + 0.2 * random.nextGaussian();
            y[i] = 1 - 0.8 * true1 + 0.2 * random.nextGaussian();
        }
        double mx = java.util.Arrays.stream(x).average().orElseThrow();
        double my = java.util.Arrays.stream(y).average().orElseThrow();
        double sxx = 0;
        double sxy = 0;
        double syy = 0;
        for (int i = 0; i < 400; i++) {
            sxx += (x[i] - mx) * (x[i] - mx);
            sxy += (x[i] - mx) * (y[i] - my);
            syy += (y[i] - my) * (y[i] - my);
        }
        double slope = (syy - sxx + Math.hypot(syy - sxx, 2 * sxy)) / (2 * sxy);

        Data data = points(x, y);
        TotMoments moments = data.into(new TotMoments(2));
        double[][] current = OdrWalkSums.start(
                moments, data.into(new OlsWalkSums(moments, FIRST, 1)).solve(), 1);
        OdrWalkSums sums = data.into(new OdrWalkSums(moments, FIRST, 1, current));
        for (int step = 0; step < 30; step++) {
            sums = data.into(new OdrWalkSums(moments, FIRST, 1, sums.next()));
        }
        Polynomial fit = sums.polynomials().get(0);
        assertThat(fit.coefficients()[1]).isCloseTo(slope, within(1e-9));
        assertThat(fit.coefficients()[0]).isCloseTo(my - slope * mx, within(1e-8));
    }

    /** On points far from any curve a whole Gauss-Newton step may raise the sum of squares; what is returned as the fit never has. */
    @Test
    void orthogonalDistancesDoNotEndAboveTheirBeginning() {
        int rising = 0;
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            double[] x = random.doubles(12, 0, 1).toArray();
            double[] y = random.doubles(12, -4, 4).toArray();
            Data data = points(x, y);
            TotMoments moments = data.into(new TotMoments(2));
            double[][] start = OdrWalkSums.start(
                    moments, data.into(new OlsWalkSums(moments, FIRST, 3)).solve(), 3);
            List<Double> seen = new ArrayList<>();
            Optional<OdrWalkSums> fit = OdrWalkSums.converged(start, at -> {
                OdrWalkSums sums = data.into(new OdrWalkSums(moments, FIRST, 3, at));
                seen.add(sums.sumOfSquares());
                return sums;
            });
            double least = seen.stream().mapToDouble(s -> s).min().orElseThrow();
            rising += seen.size() > 1 && seen.get(1) > seen.get(0) ? 1 : 0;
            fit.ifPresent(f -> assertThat(f.sumOfSquares()).isCloseTo(least, withinPercentage(1e-9)));
        }
        assertThat(rising).as("data on which the first step rises").isPositive();
    }

    private static Data telescope(long seed, int events) {
        Random random = new Random(seed);
        Data data = new Data(new ArrayList<>(), new ArrayList<>());
        for (int e = 0; e < events; e++) {
            double t = 5 + random.nextDouble();
            double[] toa = new double[3];
            double[] tot = new double[3];
            for (int i = 0; i < 3; i++) {
                tot[i] = 4 + random.nextGaussian() * 0.7;
                toa[i] = t
                        + 0.1 * i
                        - 0.3 * (i + 1) * (tot[i] - 5)
                        + 0.05 * (tot[i] - 5) * (tot[i] - 5)
                        + 0.05 * random.nextGaussian();
            }
            data.toa.add(toa);
            data.tot.add(tot);
        }
        return data;
    }

    /** The joint solution is what repeated least squares of each board against the others comes to. */
    @Test
    void jointIsTheLimitOfIteratedLeastSquares() {
        Data data = telescope(3, 2000);
        TotMoments moments = data.into(new TotMoments(3));
        WalkState joint = new WalkState(data.into(new JointWalkSums(moments, 2, false))
                .solve(new double[] {1, 1, 1})
                .polynomials());
        WalkState state = WalkState.UNCORRECTED;
        for (int k = 0; k < 100; k++) {
            state = new WalkState(data.into(new OlsWalkSums(moments, new WalkTarget(state, WalkState.UNCORRECTED), 2))
                    .solve());
        }
        for (int e = 0; e < 100; e++) {
            double[] toa = data.toa.get(e);
            double[] tot = data.tot.get(e);
            for (int i = 0; i < 3; i++) {
                double ours = joint.time(i, toa, tot) - joint.time((i + 1) % 3, toa, tot);
                double theirs = state.time(i, toa, tot) - state.time((i + 1) % 3, toa, tot);
                assertThat(ours).isCloseTo(theirs, within(1e-11));
            }
        }
        assertThat(joint.polynomials().get(1).coefficients()[1]).isCloseTo(0.6 + 2 * 0.05 * 5, within(0.1));
    }

    /** Uncertainties of the joint fit against the scatter of its coefficients over many runs. */
    @Test
    void jointUncertaintiesAreTrue() {
        int runs = 200;
        double[] sum = new double[3];
        double[] squares = new double[3];
        double[] unc = new double[3];
        for (int run = 0; run < runs; run++) {
            Data data = telescope(100 + run, 300);
            TotMoments moments = data.into(new TotMoments(3));
            double v = 0.05 * 0.05;
            List<Polynomial> fit = data.into(new JointWalkSums(moments, 2, false))
                    .solve(new double[] {v, v, v})
                    .polynomials();
            for (int i = 0; i < 3; i++) {
                double c = fit.get(i).coefficients()[2];
                sum[i] += c / runs;
                squares[i] += c * c / runs;
                unc[i] += fit.get(i).uncertainties()[2] / runs;
            }
        }
        for (int i = 0; i < 3; i++) {
            double scatter = Math.sqrt(squares[i] - sum[i] * sum[i]);
            assertThat(unc[i] / scatter).isBetween(0.85, 1.15);
            assertThat(sum[i]).isCloseTo(-0.05, within(5 * scatter / Math.sqrt(runs)));
        }
    }

    @Test
    void whatCannotBeFittedSaysWhy() {
        Data one = telescope(1, 1);
        assertThat(one.into(new JointWalkSums(one.into(new TotMoments(3)), 2, false))
                        .solve(new double[3])
                        .polynomials()
                        .get(0)
                        .remark())
                .contains("same in all events");
        Data few = telescope(1, 4);
        assertThat(few.into(new JointWalkSums(few.into(new TotMoments(3)), 2, false))
                        .solve(new double[3])
                        .polynomials()
                        .get(0)
                        .remark())
                .contains("too few");
        assertThat(few.into(new OlsWalkSums(few.into(new TotMoments(3)), FIRST, 3))
                        .solve()
                        .get(0)
                        .remark())
                .contains("too few");
    }
}
