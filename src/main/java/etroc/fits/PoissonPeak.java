package etroc.fits;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.jspecify.annotations.Nullable;

/**
 * A Gaussian peak of counts, by maximum Poisson likelihood of {@code n(d) = exp(a + b x + c x^2)}, {@code x = d - d_top}, over all points, also
 * those without counts. The likelihood is concave, so Newton's method finds its one maximum.
 *
 * @param centre of the peak, in units of d
 * @param centreUnc its uncertainty from counting alone
 * @param width standard deviation of the peak, in units of d
 * @param widthUnc its uncertainty from counting alone
 * @param height counts at the centre
 */
public record PoissonPeak(double centre, double centreUnc, double width, double widthUnc, double height) {
    private static final int PARAMETERS = 3;
    private static final int MAX_STEPS = 200;
    private static final int MAX_HALVINGS = 60;
    /** What a step can still gain in likelihood, twice. */
    private static final double TOLERANCE = 1e-16;

    /**
     * Fits.
     *
     * @param d where was counted
     * @param counts not negative
     * @return null if there is no peak: nothing was counted, or the parabola does not open downwards
     */
    public static @Nullable PoissonPeak fit(double[] d, double[] counts) {
        int top = 0;
        for (int i = 1; i < d.length; i++) {
            top = counts[i] > counts[top] ? i : top;
        }
        if (d.length == 0 || !(counts[top] > 0)) {
            return null;
        }
        double[] x = new double[d.length];
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < d.length; i++) {
            x[i] = d[i] - d[top];
            sum += counts[i];
            squares += counts[i] * x[i] * x[i];
        }
        double[] start = {Math.log(counts[top]), 0, -0.5 / Math.max(squares / sum, 0.1)};
        double[] at = maximise(x, counts, start);
        DecompositionSolver solver = at == null ? null : solver(information(x, at));
        return at == null || solver == null || !(at[2] < 0) ? null : of(d[top], at, solver);
    }

    private static PoissonPeak of(double top, double[] at, DecompositionSolver solver) {
        double b = at[1];
        double c = at[2];
        RealMatrix covariance = solver.getInverse();
        double toB = -1 / (2 * c);
        double toC = b / (2 * c * c);
        double variance = toB * toB * covariance.getEntry(1, 1)
                + 2 * toB * toC * covariance.getEntry(1, 2)
                + toC * toC * covariance.getEntry(2, 2);
        double width = Math.sqrt(-1 / (2 * c));
        return new PoissonPeak(
                top - b / (2 * c),
                Math.sqrt(variance),
                width,
                Math.pow(width, 3) * Math.sqrt(covariance.getEntry(2, 2)),
                Math.exp(at[0] - b * b / (4 * c)));
    }

    /** Newton's method with halved steps until the likelihood does not fall; null where it does not converge. */
    private static double @Nullable [] maximise(double[] x, double[] counts, double[] start) {
        double[] at = start;
        double logL = logLikelihood(x, counts, at);
        for (int i = 0; i < MAX_STEPS; i++) {
            double[] score = score(x, counts, at);
            DecompositionSolver solver = solver(information(x, at));
            if (solver == null) {
                return null;
            }
            double[] step = solver.solve(new ArrayRealVector(score, false)).toArray();
            double gain = new ArrayRealVector(score, false).dotProduct(new ArrayRealVector(step, false));
            double factor = 1;
            double[] next = plus(at, step, factor);
            double floor = logL - 1e-12 * Math.abs(logL);
            for (int h = 0; h < MAX_HALVINGS && !(logLikelihood(x, counts, next) >= floor); h++) {
                factor /= 2;
                next = plus(at, step, factor);
            }
            at = next;
            logL = logLikelihood(x, counts, at);
            if (gain < TOLERANCE * Math.max(1, Math.abs(logL))) {
                return at;
            }
        }
        return null;
    }

    private static double[] plus(double[] at, double[] step, double factor) {
        double[] next = at.clone();
        for (int j = 0; j < PARAMETERS; j++) {
            next[j] += factor * step[j];
        }
        return next;
    }

    private static double exponent(double x, double[] at) {
        return at[0] + x * (at[1] + x * at[2]);
    }

    private static double logLikelihood(double[] x, double[] counts, double[] at) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double e = exponent(x[i], at);
            sum += counts[i] * e - Math.exp(e);
        }
        return sum;
    }

    private static double[] score(double[] x, double[] counts, double[] at) {
        double[] score = new double[PARAMETERS];
        for (int i = 0; i < x.length; i++) {
            double residual = counts[i] - Math.exp(exponent(x[i], at));
            score[0] += residual;
            score[1] += residual * x[i];
            score[2] += residual * x[i] * x[i];
        }
        return score;
    }

    private static double[][] information(double[] x, double[] at) {
        double[][] information = new double[PARAMETERS][PARAMETERS];
        for (double value : x) {
            double[] power = {1, value, value * value};
            double mean = Math.exp(exponent(value, at));
            for (int j = 0; j < PARAMETERS; j++) {
                for (int k = 0; k < PARAMETERS; k++) {
                    information[j][k] += mean * power[j] * power[k];
                }
            }
        }
        return information;
    }

    private static @Nullable DecompositionSolver solver(double[][] information) {
        DecompositionSolver solver =
                new LUDecomposition(new Array2DRowRealMatrix(information, false), Double.MIN_NORMAL).getSolver();
        return solver.isNonSingular() ? solver : null;
    }
}
