package etroc.fits;

import java.util.Arrays;

/** A polynomial through many points that share few x: their numbers, means and scatter are all that least squares needs. */
public final class GroupedPolynomial {
    private GroupedPolynomial() {}

    /**
     * Fits by least squares, each point with weight 1.
     *
     * @param x of each group, all different
     * @param n points of each group
     * @param mean of their y
     * @param within sum over all groups of squared deviations from their mean
     * @return with variance = squared residuals over (points - degree - 1); without numbers if groups or points are not more than the degree
     */
    public static Polynomial fit(double[] x, double[] n, double[] mean, double within, int degree) {
        double points = Arrays.stream(n).sum();
        if (x.length <= degree || points <= degree + 1) {
            return Polynomial.none(degree, (long) points, "too few different points for degree " + degree);
        }
        PolynomialBasis basis = basis(x, n, points, degree);
        double offset = weighted(n, mean) / points; // residuals are small beside the times themselves
        double[][] matrix = new double[degree + 1][degree + 1];
        double[] right = new double[degree + 1];
        double[][] powers = new double[x.length][degree + 1];
        for (int i = 0; i < x.length; i++) {
            basis.fill(x[i], powers[i], 0);
            for (int k = 0; k <= degree; k++) {
                right[k] += n[i] * powers[i][k] * (mean[i] - offset);
                for (int l = 0; l <= degree; l++) {
                    matrix[k][l] += n[i] * powers[i][k] * powers[i][l];
                }
            }
        }
        SymmetricSystem system = new SymmetricSystem(matrix);
        double[] inZ = system.solve(right);
        double squares = within;
        for (int i = 0; i < x.length; i++) {
            double residual = mean[i] - offset - weighted(inZ, powers[i]);
            squares += n[i] * residual * residual;
        }
        double variance = squares / (points - degree - 1);
        double[][] covariance = Arrays.stream(system.inverse())
                .map(row -> Arrays.stream(row).map(v -> v * variance).toArray())
                .toArray(double[][]::new);
        double[] unc = basis.uncertainties(covariance);
        inZ[0] += offset;
        double from = Arrays.stream(x).min().orElse(Double.NaN);
        double to = Arrays.stream(x).max().orElse(Double.NaN);
        return new Polynomial(basis.inPowersOfX(inZ), unc, variance, (long) points, from, to, false, "");
    }

    private static PolynomialBasis basis(double[] x, double[] n, double points, int degree) {
        double middle = weighted(n, x) / points;
        double squares = 0;
        for (int i = 0; i < x.length; i++) {
            squares += n[i] * (x[i] - middle) * (x[i] - middle);
        }
        return new PolynomialBasis(middle, Math.sqrt(squares / points), degree);
    }

    private static double weighted(double[] weights, double[] values) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * values[i];
        }
        return sum;
    }
}
