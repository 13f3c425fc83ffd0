package etroc.telescope.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import etroc.fits.Polynomial;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.api.Test;

/** The joint fit with constants of every run, against dense least squares in which each constant is an unknown of its own. */
class JointRunsTest {
    private static final int BOARDS = 3;
    private static final int DEGREE = 2;
    private static final int[] SIZES = {60, 1, 45, 3, 30};
    private static final double[] SIGMA2 = {0.04 * 0.04, 0.05 * 0.05, 0.03 * 0.03};

    private record Event(int run, double[] toa, double[] tot) {}

    private static List<Event> events() {
        Random random = new Random(11);
        List<Event> events = new ArrayList<>();
        for (int run = 0; run < SIZES.length; run++) {
            for (int e = 0; e < SIZES[run]; e++) {
                double time = 4 + 5 * random.nextDouble();
                Event event = new Event(run, new double[BOARDS], new double[BOARDS]);
                for (int i = 0; i < BOARDS; i++) {
                    event.tot[i] = 4.5 + 0.2 * run + 0.6 * random.nextGaussian();
                    event.toa[i] = time
                            + 0.1 * i * run
                            + 1.5 / Math.sqrt(event.tot[i])
                            + Math.sqrt(SIGMA2[i]) * random.nextGaussian();
                }
                events.add(event);
            }
        }
        return events;
    }

    private static <S extends Sums<S>> S sum(List<Event> events, S sums) {
        int run = -1;
        for (Event e : events) {
            if (e.run != run) {
                run = e.run;
                sums.run(run);
            }
            sums.add(e.toa, e.tot);
        }
        return sums;
    }

    /** Rows of the differences of all pairs; unknowns are powers 1, 2 of TOT of each board, then for each run the constants of all boards but the last, whose constant is minus their sum. */
    private static final class Dense {
        final RealMatrix solver;
        final RealVector solution;
        final RealMatrix covariance;
        final double residuals;

        Dense(List<Event> events) {
            int unknowns = BOARDS * DEGREE + SIZES.length * (BOARDS - 1);
            RealMatrix design = new Array2DRowRealMatrix(events.size() * BOARDS, unknowns);
            RealVector target = new ArrayRealVector(events.size() * BOARDS);
            RealMatrix noise = new Array2DRowRealMatrix(events.size() * BOARDS, events.size() * BOARDS);
            for (int e = 0; e < events.size(); e++) {
                for (int pair = 0; pair < BOARDS; pair++) {
                    int row = e * BOARDS + pair;
                    int next = (pair + 1) % BOARDS;
                    fill(design, row, events.get(e), pair, 1 / Math.sqrt(BOARDS));
                    fill(design, row, events.get(e), next, -1 / Math.sqrt(BOARDS));
                    target.setEntry(row, (events.get(e).toa[next] - events.get(e).toa[pair]) / Math.sqrt(BOARDS));
                    noise.setEntry(row, row, (SIGMA2[pair] + SIGMA2[next]) / BOARDS);
                    noise.setEntry(row, e * BOARDS + next, -SIGMA2[next] / BOARDS);
                    noise.setEntry(e * BOARDS + next, row, -SIGMA2[next] / BOARDS);
                }
            }
            solver = new QRDecomposition(design).getSolver().getInverse();
            solution = solver.operate(target);
            covariance = solver.multiply(noise).multiply(solver.transpose());
            RealVector left = design.operate(solution).subtract(target);
            residuals = left.dotProduct(left);
        }

        private static void fill(RealMatrix design, int row, Event event, int board, double factor) {
            for (int k = 1; k <= DEGREE; k++) {
                design.addToEntry(row, board * DEGREE + k - 1, factor * Math.pow(event.tot[board], k));
            }
            RealVector constant = constant(event.run, board);
            for (int a = 0; a < constant.getDimension(); a++) {
                design.addToEntry(row, a, factor * constant.getEntry(a));
            }
        }

        /** A board's constant in a run as a sum of unknowns. */
        static RealVector constant(int run, int board) {
            RealVector constant = new ArrayRealVector(BOARDS * DEGREE + SIZES.length * (BOARDS - 1));
            int from = BOARDS * DEGREE + run * (BOARDS - 1);
            if (board < BOARDS - 1) {
                constant.setEntry(from + board, 1);
            } else {
                for (int i = 0; i < BOARDS - 1; i++) {
                    constant.setEntry(from + i, -1);
                }
            }
            return constant;
        }
    }

    @Test
    void agreesWithDenseLeastSquaresOfAllConstants() {
        List<Event> events = events();
        Dense dense = new Dense(events);
        TotMoments moments = sum(events, new TotMoments(BOARDS));
        JointWalkFit fit = sum(events, new JointWalkSums(moments, DEGREE, true)).solve(SIGMA2);

        int n = events.size();
        int parameters = BOARDS * DEGREE + SIZES.length * (BOARDS - 1);
        assertThat(fit.freedom()).isEqualTo(new FitFreedom(n, parameters));
        assertThat(fit.polynomials().get(0).variance())
                .isCloseTo(dense.residuals / (n * (BOARDS - 1) - parameters), within(1e-12));
        for (int i = 0; i < BOARDS; i++) {
            Polynomial p = fit.polynomials().get(i);
            for (int k = 1; k <= DEGREE; k++) {
                int at = i * DEGREE + k - 1;
                assertThat(p.coefficients()[k]).isCloseTo(dense.solution.getEntry(at), within(1e-9));
                assertThat(p.uncertainties()[k]).isCloseTo(Math.sqrt(dense.covariance.getEntry(at, at)), within(1e-9));
            }
            RealVector mean = new ArrayRealVector(dense.solution.getDimension());
            for (int run = 0; run < SIZES.length; run++) {
                mean = mean.add(Dense.constant(run, i).mapMultiply((double) SIZES[run] / n));
            }
            for (int run = 0; run < SIZES.length; run++) {
                RealVector delay = mean.subtract(Dense.constant(run, i));
                RunDelays.Delay found = fit.delays().ofRuns().get(run);
                assertThat(found.events()).isEqualTo(SIZES[run]);
                assertThat(found.value()[i]).isCloseTo(delay.dotProduct(dense.solution), within(1e-9));
                assertThat(found.unc()[i])
                        .isCloseTo(Math.sqrt(delay.dotProduct(dense.covariance.operate(delay))), within(1e-9));
            }
        }
    }

    /** Sums of parts, each of several runs or of parts of runs, are those of the whole. */
    @Test
    void partsAddUp() {
        List<Event> events = events();
        TotMoments moments = sum(events, new TotMoments(BOARDS));
        JointWalkFit whole =
                sum(events, new JointWalkSums(moments, DEGREE, true)).solve(SIGMA2);
        JointWalkSums parts = new JointWalkSums(moments, DEGREE, true);
        for (int part = 0; part < 7; part++) {
            parts.add(sum(
                    events.subList(events.size() * part / 7, events.size() * (part + 1) / 7),
                    new JointWalkSums(moments, DEGREE, true)));
        }
        JointWalkFit fit = parts.solve(SIGMA2);
        assertThat(fit.freedom()).isEqualTo(whole.freedom());
        for (int i = 0; i < BOARDS; i++) {
            assertThat(fit.polynomials().get(i).coefficients())
                    .containsExactly(whole.polynomials().get(i).coefficients(), within(1e-10));
            assertThat(fit.delays().ofRuns().get(3).value()[i])
                    .isCloseTo(whole.delays().ofRuns().get(3).value()[i], within(1e-11));
        }
    }

    @Test
    void asManyRunsAsEventsLeaveNoFreedom() {
        List<Event> events = new ArrayList<>();
        for (Event e : events().subList(0, 20)) {
            events.add(new Event(events.size(), e.toa, e.tot));
        }
        TotMoments moments = sum(events, new TotMoments(BOARDS));
        JointWalkFit fit = sum(events, new JointWalkSums(moments, DEGREE, true)).solve(SIGMA2);
        assertThat(fit.polynomials().get(0).remark()).contains("too few");
        assertThat(fit.delays().ofRuns()).isEmpty();
    }

    /** Variances of n - 1 are too small by what the fit took: 30 events of 3 runs, degree 2. */
    @Test
    void theFactorGivesBackWhatTheFitTook() {
        FitFreedom freedom = new FitFreedom(30, BOARDS * DEGREE + 3 * (BOARDS - 1));
        assertThat(freedom.factor(3, 30)).isCloseTo(29.0 * 2 / 48, within(1e-12));
        assertThat(freedom.factor(3, 31)).isEqualTo(1);
        assertThat(new FitFreedom(5, 10).factor(3, 5)).isNaN();
        assertThat(FitFreedom.NONE.factor(3, 0)).isEqualTo(1);
    }
}
