package etroc.fits;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.apache.commons.math3.linear.RealMatrix;
import org.jspecify.annotations.Nullable;

/** The binomial likelihood of {@link SCurveFit}, maximised by Fisher scoring. */
final class SCurveLikelihood {
    private static final int PARAMETERS = 3;
    private static final int MAX_ITERATIONS = 200;
    /** What a step can still gain in likelihood, twice: the square of its length in uncertainties. */
    private static final double TOLERANCE = 1e-7;

    private static final double MIN_VARIANCE = 0.5;
    private static final double MIN_NOISE = 1e-3;
    /** With fewer pulses missed than this in all, the efficiency is 1 and no parameter. */
    private static final double MISSED = 0.01;

    private static final double MAX_STRETCH = 1024;
    /** Keeps logarithms finite where the model is 0 or 1 to machine precision. */
    private static final double TINY = 1e-300;
    /** Farther is no step to believe: widths of t50, logarithm of the noise, logit of the efficiency. */
    private static final double[] MAX_STEP = {2, 1, 3};

    private final double[] t;
    private final double[] k;
    private final double n;
    /** Fisher information of the parameters, and the score. */
    private double[][] information = new double[PARAMETERS][PARAMETERS];

    private double[] score = new double[PARAMETERS];

    SCurveLikelihood(double[] thresholds, double[] hits, double pulses) {
        t = thresholds;
        n = pulses;
        k = new double[hits.length];
        for (int i = 0; i < hits.length; i++) {
            k[i] = Math.min(hits[i], pulses);
        }
    }

    /** Fisher scoring with halved steps until the likelihood grows. */
    SCurveFit maximise(double t50Start, double noiseStart) {
        double most = 0;
        for (double count : k) {
            most = Math.max(most, count);
        }
        double seen = Math.min(Math.max(most / n, 1e-3), 1 - 1 / (2 * Math.sqrt(n) + 2));
        Parameters at =
                new Parameters(t50Start, Math.log(Math.max(noiseStart, MIN_NOISE)), Math.log(seen / (1 - seen)));
        double logL = logLikelihood(at);
        boolean converged = false;
        for (int i = 0; i < MAX_ITERATIONS && !converged; i++) {
            derivatives(at);
            double[] step = step(at);
            if (step == null) {
                break;
            }
            double decrement = score[0] * step[0] + score[1] * step[1] + score[2] * step[2];
            double factor = stretched(at, step, damping(at, step, logL));
            at = at.plus(step, factor);
            logL = logLikelihood(at);
            converged = factor == 0 || decrement < TOLERANCE;
        }
        derivatives(at);
        return result(at, converged);
    }

    private boolean isFull(Parameters at) {
        return at.missed() * n * t.length < MISSED;
    }

    /** Newton's step with the expected information, no longer than is to be believed; null where nothing determines one. */
    private double @Nullable [] step(Parameters at) {
        double[] found = isFull(at) && score[2] > 0 ? null : solve(PARAMETERS);
        if (found == null || Math.abs(found[2]) > MAX_STEP[2]) {
            // an efficiency that is all but 1 and what it does to the others are nearly undetermined: two steps in
            // one
            found = solve(2);
            if (found != null && !(isFull(at) && score[2] > 0)) {
                found[2] = score[2] / information[2][2];
            }
        }
        if (found != null) {
            double reach = 1;
            for (int j = 0; j < 2; j++) {
                double limit = MAX_STEP[j] * (j == 0 ? at.noise() : 1);
                reach = Math.min(reach, limit / Math.max(Math.abs(found[j]), TINY));
            }
            found[0] *= reach;
            found[1] *= reach;
            found[2] = Math.max(-MAX_STEP[2], Math.min(MAX_STEP[2], found[2]));
        }
        return found;
    }

    /** Step of the first parameters, the others at rest; null where nothing determines it. */
    private double @Nullable [] solve(int free) {
        DecompositionSolver solver = solver(free);
        return solver == null
                ? null
                : Arrays.copyOf(
                        solver.solve(new ArrayRealVector(score, 0, free)).toArray(), PARAMETERS);
    }

    private @Nullable DecompositionSolver solver(int free) {
        RealMatrix matrix = new Array2DRowRealMatrix(information).getSubMatrix(0, free - 1, 0, free - 1);
        try {
            return new CholeskyDecomposition(matrix, 1e-9, 1e-14 * matrix.getNorm()).getSolver();
        } catch (NonPositiveDefiniteMatrixException e) {
            return null;
        }
    }

    /** What a step is to be multiplied by so that the likelihood does not fall; 0 if nothing helps. */
    private double damping(Parameters at, double[] step, double logL) {
        double floor = logL - 1e-12 * Math.abs(logL);
        for (double factor = 1; factor >= 1e-12; factor /= 2) {
            Parameters next = at.plus(step, factor);
            if (!(next.noise() < MIN_NOISE) && !(logLikelihood(next) < floor)) {
                return factor;
            }
        }
        return 0;
    }

    /**
     * A multiple of a step that gains more than it. Where hardly a pulse is missed the expected information says little, and steps are as
     * many as they are short.
     */
    private double stretched(Parameters at, double[] step, double factor) {
        double stretched = factor;
        double logL = logLikelihood(at.plus(step, factor));
        while (stretched > 0 && stretched < MAX_STRETCH) {
            double more = logLikelihood(at.plus(step, 2 * stretched));
            if (!(more > logL)) {
                break;
            }
            logL = more;
            stretched *= 2;
        }
        return stretched;
    }

    private double logLikelihood(Parameters at) {
        double sum = 0;
        for (int i = 0; i < t.length; i++) {
            double z = (t[i] - at.t50()) / at.noise();
            double p = at.efficiency() * SCurveFit.upper(z);
            double q = at.missed() + at.efficiency() * SCurveFit.upper(-z);
            sum += k[i] * Math.log(Math.max(p, TINY)) + (n - k[i]) * Math.log(Math.max(q, TINY));
        }
        return sum;
    }

    private void derivatives(Parameters at) {
        information = new double[PARAMETERS][PARAMETERS];
        score = new double[PARAMETERS];
        double e = at.efficiency();
        for (int i = 0; i < t.length; i++) {
            double z = (t[i] - at.t50()) / at.noise();
            double p = e * SCurveFit.upper(z);
            double variance = p * (at.missed() + e * SCurveFit.upper(-z));
            if (variance < TINY) {
                continue;
            }
            double density = e * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
            double[] slope = {density / at.noise(), density * z, p * at.missed()};
            for (int a = 0; a < PARAMETERS; a++) {
                score[a] += (k[i] - n * p) * slope[a] / variance;
                for (int b = 0; b <= a; b++) { // symmetric to the last bit
                    information[a][b] += n * slope[a] * slope[b] / variance;
                    information[b][a] = information[a][b];
                }
            }
        }
    }

    private SCurveFit result(Parameters at, boolean converged) {
        int free = isFull(at) ? 2 : PARAMETERS;
        DecompositionSolver solver = solver(free);
        double[][] covariance = new double[PARAMETERS][PARAMETERS];
        if (solver != null) {
            solver.solve(MatrixUtils.createRealIdentityMatrix(free))
                    .copySubMatrix(0, free - 1, 0, free - 1, covariance);
        }
        double s = at.noise();
        double e = at.efficiency();
        double chi2 = 0;
        int points = 0;
        for (int i = 0; i < t.length; i++) {
            double z = (t[i] - at.t50()) / s;
            double p = e * SCurveFit.upper(z);
            double variance = n * p * (at.missed() + e * SCurveFit.upper(-z));
            if (variance > MIN_VARIANCE) {
                chi2 += (k[i] - n * p) * (k[i] - n * p) / variance;
                points++;
            }
        }
        return new SCurveFit(
                at.t50(),
                s,
                e,
                Math.sqrt(covariance[0][0]),
                s * Math.sqrt(covariance[1][1]),
                free == PARAMETERS ? e * at.missed() * Math.sqrt(covariance[2][2]) : Double.NaN,
                s * covariance[0][1],
                points > PARAMETERS ? chi2 : Double.NaN,
                points - PARAMETERS,
                converged && solver != null);
    }

    /** A point of the parameters: t50, ln s, logit e. */
    private record Parameters(double t50, double logNoise, double logit) {
        double noise() {
            return Math.exp(logNoise);
        }

        double efficiency() {
            return 1 / (1 + Math.exp(-logit));
        }

        double missed() {
            return 1 / (1 + Math.exp(logit));
        }

        Parameters plus(double[] step, double factor) {
            return new Parameters(t50 + factor * step[0], logNoise + factor * step[1], logit + factor * step[2]);
        }
    }
}
