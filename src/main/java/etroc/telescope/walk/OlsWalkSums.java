package etroc.telescope.walk;

import etroc.fits.Polynomial;
import etroc.fits.PolynomialBasis;
import etroc.fits.SymmetricSystem;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Ordinary least squares of each board's {@link WalkTarget} against its TOT. */
public final class OlsWalkSums implements Sums<OlsWalkSums>, Serializable {
    private static final long serialVersionUID = 1L;

    private final TotMoments moments;
    private final WalkTarget target;
    private final int degree;
    private final double[][][] products;
    private final double[][] right;
    private final double[] squares;
    private final double[] terms;
    private long events;

    public OlsWalkSums(TotMoments moments, WalkTarget target, int degree) {
        this.moments = moments;
        this.target = target;
        this.degree = degree;
        int boards = moments.boards();
        products = new double[boards][degree + 1][degree + 1];
        right = new double[boards][degree + 1];
        squares = new double[boards];
        terms = new double[degree + 1];
    }

    @Override
    public void add(double[] toa, double[] tot) {
        events++;
        for (int i = 0; i < toa.length; i++) {
            double y = target.of(i, toa, tot);
            moments.basis(i, degree).fill(tot[i], terms, 0);
            for (int a = 0; a <= degree; a++) {
                for (int b = 0; b <= degree; b++) {
                    products[i][a][b] += terms[a] * terms[b];
                }
                right[i][a] += terms[a] * y;
            }
            squares[i] += y * y;
        }
    }

    @Override
    public void add(OlsWalkSums other) {
        events += other.events;
        for (int i = 0; i < squares.length; i++) {
            squares[i] += other.squares[i];
            for (int a = 0; a <= degree; a++) {
                right[i][a] += other.right[i][a];
                for (int b = 0; b <= degree; b++) {
                    products[i][a][b] += other.products[i][a][b];
                }
            }
        }
    }

    /** A polynomial a board. */
    public List<Polynomial> solve() {
        List<Polynomial> polynomials = new ArrayList<>();
        for (int i = 0; i < squares.length; i++) {
            polynomials.add(solve(i));
        }
        return polynomials;
    }

    private Polynomial solve(int board) {
        long ndf = events - degree - 1;
        if (ndf <= 0) {
            return Polynomial.none(
                    degree, events, events + " events are too few for " + (degree + 1) + " coefficients");
        }
        SymmetricSystem system = new SymmetricSystem(products[board]);
        if (system.rank() <= degree) {
            return Polynomial.none(degree, events, "the TOT of board takes too few values for degree " + degree);
        }
        double[] c = system.solve(right[board]);
        double sum = squares[board];
        for (int a = 0; a <= degree; a++) {
            sum -= c[a] * right[board][a];
        }
        double variance = Math.max(sum, 0) / ndf;
        double[][] covariance = system.inverse();
        for (double[] row : covariance) {
            for (int b = 0; b <= degree; b++) {
                row[b] *= variance;
            }
        }
        PolynomialBasis basis = moments.basis(board, degree);
        return new Polynomial(
                basis.inPowersOfX(c),
                basis.uncertainties(covariance),
                variance,
                events,
                moments.from(board),
                moments.to(board),
                true,
                "");
    }
}
