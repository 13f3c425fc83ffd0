package etroc.fits;

import java.io.Serializable;

/**
 * Powers of a centred and scaled variable z = (x - mean) / spread, so that normal equations are well conditioned.
 *
 * @param mean of x
 * @param spread of x, positive
 */
public record PolynomialBasis(double mean, double spread, int degree) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Fills in 1, z, ..., z^degree at {@code at}. */
    public void fill(double x, double[] into, int at) {
        double z = (x - mean) / spread;
        double power = 1;
        for (int k = 0; k <= degree; k++) {
            into[at + k] = power;
            power *= z;
        }
    }

    /** Row k: coefficients of z^k in powers of x. */
    double[][] powers() {
        double[][] rows = new double[degree + 1][degree + 1];
        rows[0][0] = 1;
        for (int k = 1; k <= degree; k++) {
            for (int i = 0; i < k; i++) {
                rows[k][i] -= rows[k - 1][i] * mean / spread;
                rows[k][i + 1] += rows[k - 1][i] / spread;
            }
        }
        return rows;
    }

    /** Coefficients in powers of x of a polynomial in z. */
    public double[] inPowersOfX(double[] inZ) {
        double[][] rows = powers();
        double[] inX = new double[degree + 1];
        for (int k = 0; k <= degree; k++) {
            for (int i = 0; i <= k; i++) {
                inX[i] += inZ[k] * rows[k][i];
            }
        }
        return inX;
    }

    /** Uncertainties in powers of x from a covariance in powers of z. */
    public double[] uncertainties(double[][] covariance) {
        double[][] rows = powers();
        double[] unc = new double[degree + 1];
        for (int i = 0; i <= degree; i++) {
            double variance = 0;
            for (int k = 0; k <= degree; k++) {
                for (int l = 0; l <= degree; l++) {
                    variance += rows[k][i] * rows[l][i] * covariance[k][l];
                }
            }
            unc[i] = Math.sqrt(Math.max(variance, 0));
        }
        return unc;
    }
}
