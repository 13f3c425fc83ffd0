package etroc.telescope.walk;

import etroc.fits.Polynomial;
import etroc.fits.SymmetricSystem;
import etroc.telescope.walk.JointWalkSums.Run;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * The solution of {@link JointWalkSums} (src/docs/analysis.md, section 2, step 7). The constant of a board's polynomial is the mean over all
 * events of the board's constants k of the runs, in the centred variable; what a run differs by is its delay.
 *
 * @param polynomials one a board
 * @param delays of the runs; none where they share the constants
 */
public record JointWalkFit(List<Polynomial> polynomials, RunDelays delays, FitFreedom freedom) {
    /**
     * Solves.
     *
     * @param sigma2 variance of each board's corrected time [ns^2], for the covariance; NaN: the mean residual variance
     */
    static JointWalkFit of(JointWalkSums sums, double[] sigma2) {
        long events = sums.events();
        long runs = sums.runs.values().stream().filter(r -> r.events > 0).count();
        FitFreedom freedom = new FitFreedom(events, sums.width + Math.max(1, runs) * (sums.boards - 1));
        for (int i = 0; i < sums.boards; i++) {
            if (events > 0 && sums.degree > 0 && sums.moments.constant(i)) {
                return none(sums, freedom, "the TOT of a board is the same in all events");
            }
        }
        if (freedom.left(sums.boards) <= 0) {
            return none(sums, freedom, events + " events are too few for " + freedom.parameters() + " coefficients");
        }
        CentredWalkSums centred = CentredWalkSums.of(sums);
        RealMatrix centring = MatrixUtils.createRealIdentityMatrix(sums.boards).scalarAdd(-1.0 / sums.boards);
        double[] c = new double[0];
        RealMatrix covariance = new Array2DRowRealMatrix(1, 1); // degree 0: nothing to solve
        SymmetricSystem system = null;
        if (sums.degree > 0) {
            system = new SymmetricSystem(centred.matrix(centring));
            if (system.rank() < sums.width) {
                return none(sums, freedom, "the events do not determine the polynomials");
            }
            c = system.solve(centred.right());
        }
        double s2 = centred.residuals(c) / freedom.left(sums.boards);
        RealMatrix noise = noise(centring, sigma2, s2);
        if (system != null) {
            covariance = new Array2DRowRealMatrix(system.sandwich(centred.matrix(noise)));
        }
        return new Solved(sums, centred.all(), centring, c, covariance, noise, s2).fit(freedom);
    }

    /** (I - J/N) diag(sigma^2) (I - J/N). */
    private static RealMatrix noise(RealMatrix centring, double[] sigma2, double s2) {
        double[] variances = sigma2.clone();
        for (int i = 0; i < variances.length; i++) {
            variances[i] = Double.isFinite(variances[i]) ? variances[i] : s2;
        }
        return centring.multiply(MatrixUtils.createRealDiagonalMatrix(variances))
                .multiply(centring);
    }

    private static JointWalkFit none(JointWalkSums sums, FitFreedom freedom, String remark) {
        Polynomial none = Polynomial.none(sums.degree, freedom.events(), remark);
        return new JointWalkFit(Collections.nCopies(sums.boards, none), RunDelays.NONE, freedom);
    }

    /**
     * What is solved.
     *
     * @param all sums over the events of all runs
     * @param c coefficients of all boards
     * @param covariance of those
     * @param noise covariance of an event's residuals
     */
    private record Solved(
            JointWalkSums sums,
            Run all,
            RealMatrix centring,
            double[] c,
            RealMatrix covariance,
            RealMatrix noise,
            double s2) {

        JointWalkFit fit(FitFreedom freedom) {
            RealMatrix mean = effect(all, all.events);
            double[] constants = constants(all);
            RealMatrix withCoefficients = mean.multiply(covariance);
            RealMatrix ofConstants =
                    noise.scalarMultiply(1.0 / all.events).add(withCoefficients.multiply(mean.transpose()));
            List<Polynomial> polynomials = new ArrayList<>();
            for (int i = 0; i < sums.boards; i++) {
                polynomials.add(polynomial(i, constants[i], ofConstants, withCoefficients));
            }
            return new JointWalkFit(List.copyOf(polynomials), new RunDelays(delays(mean, constants)), freedom);
        }

        /** What the coefficients do to the boards' times, averaged over events, each time from the mean of the boards. */
        private RealMatrix effect(Run run, long n) {
            RealMatrix effect = new Array2DRowRealMatrix(sums.boards, Math.max(1, sums.width));
            for (int a = 0; a < sums.width; a++) {
                effect.setEntry(a / sums.degree, a, run.terms[a] / n);
            }
            return centring.multiply(effect);
        }

        /** Constants of the boards that make their mean times the same, averaged over events: they sum to 0. */
        private double[] constants(Run run) {
            RealMatrix effect = effect(run, run.events);
            double[] constants = new double[sums.boards];
            for (int i = 0; i < sums.boards; i++) {
                constants[i] = -run.toa[i] / run.events;
                for (int a = 0; a < c.length; a++) {
                    constants[i] -= effect.getEntry(i, a) * c[a];
                }
            }
            return constants;
        }

        private Map<Integer, RunDelays.Delay> delays(RealMatrix mean, double[] constants) {
            Map<Integer, RunDelays.Delay> delays = new TreeMap<>();
            sums.runs.forEach((index, run) -> {
                if (sums.byRun() && run.events > 0) {
                    RealMatrix difference = effect(run, run.events).subtract(mean);
                    RealMatrix ofDelays = noise.scalarMultiply(1.0 / run.events - 1.0 / all.events)
                            .add(difference.multiply(covariance).multiply(difference.transpose()));
                    double[] own = constants(run);
                    double[] value = new double[sums.boards];
                    double[] unc = new double[sums.boards];
                    for (int i = 0; i < sums.boards; i++) {
                        value[i] = constants[i] - own[i];
                        unc[i] = Math.sqrt(Math.max(0, ofDelays.getEntry(i, i)));
                    }
                    delays.put(index, new RunDelays.Delay(run.events, value, unc));
                }
            });
            return delays;
        }

        private Polynomial polynomial(int board, double constant, RealMatrix ofConstants, RealMatrix withCoefficients) {
            int degree = sums.degree;
            int from = board * degree;
            double[] own = new double[degree + 1];
            double[][] ownCovariance = new double[degree + 1][degree + 1];
            own[0] = constant;
            ownCovariance[0][0] = ofConstants.getEntry(board, board);
            for (int k = 1; k <= degree; k++) {
                own[k] = c[from + k - 1];
                ownCovariance[0][k] = -withCoefficients.getEntry(board, from + k - 1);
                ownCovariance[k][0] = ownCovariance[0][k];
                for (int m = 1; m <= degree; m++) {
                    ownCovariance[k][m] = covariance.getEntry(from + k - 1, from + m - 1);
                }
            }
            return new Polynomial(
                    sums.bases[board].inPowersOfX(own),
                    sums.bases[board].uncertainties(ownCovariance),
                    s2,
                    all.events,
                    sums.moments.from(board),
                    sums.moments.to(board),
                    true,
                    "");
        }
    }
}
