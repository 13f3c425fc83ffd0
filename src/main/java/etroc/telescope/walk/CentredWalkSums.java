package etroc.telescope.walk;

import etroc.telescope.walk.JointWalkSums.Run;
import org.apache.commons.math3.linear.RealMatrix;

/** Sums about the means of the runs, and the means over all events. */
record CentredWalkSums(JointWalkSums sums, double[][] products, double[][] toaTerms, double[][] toaProducts, Run all) {
    static CentredWalkSums of(JointWalkSums sums) {
        int width = sums.width;
        int boards = sums.boards;
        Run all = new Run(width, boards);
        double[][] products = new double[width][width];
        double[][] toaTerms = new double[width][boards];
        double[][] toaProducts = new double[boards][boards];
        for (int a = 0; a < width; a++) {
            for (int b = 0; b < width; b++) {
                products[a][b] = sums.products[Math.max(a, b)][Math.min(a, b)];
            }
            toaTerms[a] = sums.toaTerms[a].clone();
        }
        for (int i = 0; i < boards; i++) {
            toaProducts[i] = sums.toaProducts[i].clone();
        }
        for (Run run : sums.runs.values()) {
            all.add(run);
            if (run.events > 0) {
                subtract(products, run.terms, run.terms, run.events);
                subtract(toaTerms, run.terms, run.toa, run.events);
                subtract(toaProducts, run.toa, run.toa, run.events);
            }
        }
        return new CentredWalkSums(sums, products, toaTerms, toaProducts, all);
    }

    private static void subtract(double[][] from, double[] a, double[] b, long n) {
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                from[i][j] -= a[i] * b[j] / n;
            }
        }
    }

    /** Element of I - J/N. */
    double centring(int i, int j) {
        return (i == j ? 1.0 : 0.0) - 1.0 / sums.boards;
    }

    /** Matrix whose element for terms a of board i and b of board j is factor[i][j] times their product's sum. */
    double[][] matrix(RealMatrix factor) {
        double[][] m = new double[sums.width][sums.width];
        for (int a = 0; a < m.length; a++) {
            for (int b = 0; b < m.length; b++) {
                m[a][b] = factor.getEntry(a / sums.degree, b / sums.degree) * products[a][b];
            }
        }
        return m;
    }

    double[] right() {
        double[] right = new double[sums.width];
        for (int a = 0; a < right.length; a++) {
            for (int j = 0; j < sums.boards; j++) {
                right[a] -= centring(a / sums.degree, j) * toaTerms[a][j];
            }
        }
        return right;
    }

    /** Sum over events and boards of (u_i - mean u)^2. */
    double residuals(double[] c) {
        double sum = 0;
        for (int i = 0; i < sums.boards; i++) {
            sum += toaProducts[i][i]; // TOA from the event's mean: centred already
        }
        double[] right = right();
        for (int a = 0; a < c.length; a++) {
            sum -= 2 * c[a] * right[a];
            for (int b = 0; b < c.length; b++) {
                sum += c[a] * c[b] * centring(a / sums.degree, b / sums.degree) * products[a][b];
            }
        }
        return Math.max(sum, 0);
    }
}
