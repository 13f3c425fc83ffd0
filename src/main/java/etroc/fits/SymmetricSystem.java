package etroc.fits;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/** Normal equations with a known number of directions that the data do not determine, solved by the pseudo-inverse. */
public final class SymmetricSystem {
    /** A direction whose scaled eigenvalue is below this fraction of the largest is not determined. */
    private static final double RANK_TOLERANCE = 1e-12;

    private final RealMatrix inverse;
    private final int rank;

    /** Inverts on the directions that are determined. */
    public SymmetricSystem(double[][] matrix) {
        RealMatrix given = new Array2DRowRealMatrix(matrix);
        // sums of products differ in their last bits across the diagonal
        EigenDecomposition eigen =
                new EigenDecomposition(given.add(given.transpose()).scalarMultiply(0.5));
        double[] values = eigen.getRealEigenvalues();
        double largest = 0;
        for (double v : values) {
            largest = Math.max(largest, Math.abs(v));
        }
        int n = values.length;
        RealMatrix sum = new Array2DRowRealMatrix(n, n);
        int determined = 0;
        for (int k = 0; k < n; k++) {
            if (values[k] > RANK_TOLERANCE * largest) {
                RealVector v = eigen.getEigenvector(k);
                sum = sum.add(v.outerProduct(v).scalarMultiply(1 / values[k]));
                determined++;
            }
        }
        inverse = sum;
        rank = determined;
    }

    public int rank() {
        return rank;
    }

    public double[] solve(double[] right) {
        return inverse.operate(new ArrayRealVector(right, false)).toArray();
    }

    /** Inverse times matrix times inverse. */
    public double[][] sandwich(double[][] matrix) {
        return inverse.multiply(new Array2DRowRealMatrix(matrix))
                .multiply(inverse)
                .getData();
    }

    public double[][] inverse() {
        return inverse.getData();
    }
}
