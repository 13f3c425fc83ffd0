package etroc.telescope.walk;

import etroc.fits.Polynomial;
import etroc.fits.PolynomialBasis;
import etroc.fits.SymmetricSystem;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The joint time-walk correction: with u_i = TOA_i + P_i(TOT_i), the polynomials of all boards that together minimise the sum over events and
 * pairs of (u_i - u_j)^2. One pass of sums, one solution. The common constant, which nothing determines, is fixed by sum c_i0 = 0 in the
 * centred variables (src/docs/analysis.md, section 2, step 7).
 */
public final class JointWalkSums implements Sums<JointWalkSums>, Serializable {
    private static final long serialVersionUID = 1L;

    private final TotMoments moments;
    private final int boards;
    private final int degree;
    private final int width;
    private final PolynomialBasis[] bases;
    /** Sum of the products of all terms of all boards. */
    private final double[][] products;
    /** Sum of each term times each board's TOA. */
    private final double[][] toaTerms;

    private final double[][] toaProducts;
    private final double[] terms;
    private long events;

    /** @param moments of the same events */
    public JointWalkSums(TotMoments moments, int degree) {
        this.moments = moments;
        this.boards = moments.boards();
        this.degree = degree;
        this.width = boards * (degree + 1);
        this.bases = new PolynomialBasis[boards];
        for (int i = 0; i < boards; i++) {
            bases[i] = moments.basis(i, degree);
        }
        products = new double[width][width];
        toaTerms = new double[width][boards];
        toaProducts = new double[boards][boards];
        terms = new double[width];
    }

    @Override
    public void add(double[] toa, double[] tot) {
        events++;
        double mean = 0;
        for (int i = 0; i < boards; i++) {
            bases[i].fill(tot[i], terms, i * (degree + 1));
            mean += toa[i] / boards;
        }
        for (int a = 0; a < width; a++) {
            for (int b = 0; b <= a; b++) {
                products[a][b] += terms[a] * terms[b];
            }
            for (int i = 0; i < boards; i++) {
                toaTerms[a][i] += terms[a] * (toa[i] - mean); // only differences matter; these keep their digits
            }
        }
        for (int i = 0; i < boards; i++) {
            for (int j = 0; j < boards; j++) {
                toaProducts[i][j] += (toa[i] - mean) * (toa[j] - mean);
            }
        }
    }

    @Override
    public void add(JointWalkSums other) {
        events += other.events;
        add(products, other.products);
        add(toaTerms, other.toaTerms);
        add(toaProducts, other.toaProducts);
    }

    private static void add(double[][] to, double[][] from) {
        for (int i = 0; i < to.length; i++) {
            for (int j = 0; j < to[i].length; j++) {
                to[i][j] += from[i][j];
            }
        }
    }

    private double product(int a, int b) {
        return a >= b ? products[a][b] : products[b][a];
    }

    /** Element of I - J/N. */
    private double centring(int i, int j) {
        return (i == j ? 1.0 : 0.0) - 1.0 / boards;
    }

    /** Matrix whose element for terms a of board i and b of board j is {@code factor(i, j)} times their product's sum. */
    private double[][] matrix(java.util.function.ToDoubleBiFunction<Integer, Integer> factor) {
        double[][] m = new double[width][width];
        for (int a = 0; a < width; a++) {
            for (int b = 0; b < width; b++) {
                m[a][b] = factor.applyAsDouble(a / (degree + 1), b / (degree + 1)) * product(a, b);
            }
        }
        return m;
    }

    /** Coefficients of all boards in the centred variables, or null where the events do not determine them. */
    private double @org.jspecify.annotations.Nullable [] solution(SymmetricSystem system) {
        if (system.rank() < width - 1) {
            return null;
        }
        double[] right = new double[width];
        for (int a = 0; a < width; a++) {
            for (int j = 0; j < boards; j++) {
                right[a] -= centring(a / (degree + 1), j) * toaTerms[a][j];
            }
        }
        return system.solve(right); // the solution of smallest norm has sum c_i0 = 0
    }

    /**
     * Solves.
     *
     * @param sigma2 variance of each board's corrected time, for the covariance; NaN anywhere: the mean residual variance for all
     * @return a polynomial a board
     */
    public List<Polynomial> solve(double[] sigma2) {
        long ndf = events * (boards - 1) - (width - 1);
        for (int i = 0; i < boards; i++) {
            if (events > 0 && degree > 0 && moments.constant(i)) {
                return none("the TOT of a board is the same in all events");
            }
        }
        if (ndf <= 0) {
            return none(events + " events are too few for " + (width - 1) + " coefficients");
        }
        SymmetricSystem system = new SymmetricSystem(matrix(this::centring));
        double[] c = solution(system);
        if (c == null) {
            return none("the events do not determine the polynomials");
        }
        double s2 = residualSum(c) / ndf;
        double[][] covariance = system.sandwich(matrix((i, j) -> {
            double sum = 0;
            for (int k = 0; k < boards; k++) {
                sum += centring(i, k) * (Double.isFinite(sigma2[k]) ? sigma2[k] : s2) * centring(k, j);
            }
            return sum;
        }));
        List<Polynomial> polynomials = new ArrayList<>();
        for (int i = 0; i < boards; i++) {
            polynomials.add(polynomial(i, c, covariance, s2));
        }
        return polynomials;
    }

    private List<Polynomial> none(String remark) {
        List<Polynomial> none = new ArrayList<>();
        for (int i = 0; i < boards; i++) {
            none.add(Polynomial.none(degree, events, remark));
        }
        return none;
    }

    private Polynomial polynomial(int board, double[] c, double[][] covariance, double s2) {
        int from = board * (degree + 1);
        double[] own = java.util.Arrays.copyOfRange(c, from, from + degree + 1);
        double[][] ownCovariance = new double[degree + 1][];
        for (int k = 0; k <= degree; k++) {
            ownCovariance[k] = java.util.Arrays.copyOfRange(covariance[from + k], from, from + degree + 1);
        }
        return new Polynomial(
                bases[board].inPowersOfX(own),
                bases[board].uncertainties(ownCovariance),
                s2,
                events,
                moments.from(board),
                moments.to(board),
                true,
                "");
    }

    /** Sum over events and boards of (u_i - mean u)^2. */
    private double residualSum(double[] c) {
        double sum = 0;
        for (int i = 0; i < boards; i++) {
            for (int j = 0; j < boards; j++) {
                sum += centring(i, j) * toaProducts[i][j];
            }
        }
        for (int a = 0; a < width; a++) {
            for (int j = 0; j < boards; j++) {
                sum += 2 * c[a] * centring(a / (degree + 1), j) * toaTerms[a][j];
            }
            for (int b = 0; b < width; b++) {
                sum += c[a] * c[b] * centring(a / (degree + 1), b / (degree + 1)) * product(a, b);
            }
        }
        return Math.max(sum, 0);
    }
}
