package etroc.telescope.walk;

import etroc.fits.Polynomial;
import etroc.fits.PolynomialBasis;
import etroc.fits.SymmetricSystem;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.math3.util.MathArrays;

/**
 * One Gauss-Newton step of orthogonal distance regression with unit weights on both axes: for each board the polynomial whose curve the
 * points (TOT, {@link WalkTarget}) are nearest to. The error in TOT is eliminated point by point: each point is projected onto the current
 * curve, and its signed distance is what the step reduces.
 */
public final class OdrWalkSums implements Sums<OdrWalkSums>, Serializable {
    private static final long serialVersionUID = 1L;
    /** A fit has converged when a step changes its sum of squares by less than this fraction. */
    private static final double TOLERANCE = 1e-12;

    private static final int STEPS = 60;
    private static final int PROJECTION_STEPS = 50;
    private static final double PROJECTION_TOLERANCE = 1e-13;

    private final TotMoments moments;
    private final WalkTarget target;
    private final int degree;
    private final double[][] current;
    private final PolynomialBasis[] bases;
    private final double[][][] normal;
    private final double[][] gradient;
    private final double[] squares;
    private final double[] terms;
    private long events;

    /** @param current coefficients of each board in its centred variable, see {@link #start} and {@link #next} */
    public OdrWalkSums(TotMoments moments, WalkTarget target, int degree, double[][] current) {
        this.moments = moments;
        this.target = target;
        this.degree = degree;
        this.current = current;
        int boards = moments.boards();
        bases = new PolynomialBasis[boards];
        for (int i = 0; i < boards; i++) {
            bases[i] = moments.basis(i, degree);
        }
        normal = new double[boards][degree + 1][degree + 1];
        gradient = new double[boards][degree + 1];
        squares = new double[boards];
        terms = new double[degree + 1];
    }

    /**
     * Gauss-Newton until the sum of squares no longer changes; a step after which it has risen went too far, and is halved.
     *
     * @param start coefficients to begin with
     * @param pass the sums at some coefficients
     * @return the sums at the solution; empty if there is none in {@value #STEPS} passes
     */
    public static Optional<OdrWalkSums> converged(double[][] start, Function<double[][], OdrWalkSums> pass) {
        double[][] best = start;
        double[][] trial = start;
        double least = Double.POSITIVE_INFINITY;
        for (int step = 0; step < STEPS; step++) {
            OdrWalkSums sums = pass.apply(trial);
            double fall = least - sums.sumOfSquares();
            if (Math.abs(fall) < TOLERANCE * sums.sumOfSquares()) {
                return Optional.of(sums);
            }
            if (fall > 0) {
                least = sums.sumOfSquares();
                best = trial;
                trial = sums.next();
            } else {
                trial = between(best, trial);
            }
        }
        return Optional.empty();
    }

    private static double[][] between(double[][] one, double[][] other) {
        double[][] half = new double[one.length][];
        for (int i = 0; i < half.length; i++) {
            half[i] = MathArrays.scale(0.5, MathArrays.ebeAdd(one[i], other[i]));
        }
        return half;
    }

    /** First guess in the centred variables: the curves of another fit, usually ordinary least squares. */
    public static double[][] start(TotMoments moments, List<Polynomial> curves, int degree) {
        double[][] start = new double[curves.size()][degree + 1];
        for (int i = 0; i < start.length; i++) {
            // Taylor coefficients at the mean, times powers of the spread
            PolynomialBasis basis = moments.basis(i, degree);
            double[] p = curves.get(i).coefficients();
            double scale = 1;
            for (int k = 0; k <= degree; k++) {
                double c = 0;
                for (int m = degree; m >= k; m--) {
                    c = c * basis.mean() + p[m] * binomial(m, k);
                }
                start[i][k] = c * scale;
                scale *= basis.spread();
            }
        }
        return start;
    }

    private static double binomial(int n, int k) {
        return org.apache.commons.math3.util.CombinatoricsUtils.binomialCoefficientDouble(n, k);
    }

    @Override
    public void add(double[] toa, double[] tot) {
        events++;
        for (int i = 0; i < toa.length; i++) {
            addPoint(i, tot[i], target.of(i, toa, tot));
        }
    }

    private void addPoint(int board, double x, double y) {
        double[] c = current[board];
        PolynomialBasis basis = bases[board];
        double foot = foot(c, basis, x, y);
        double z = (foot - basis.mean()) / basis.spread();
        double slope = derivative(c, z) / basis.spread();
        double length = Math.sqrt(1 + slope * slope);
        // the point lies on the normal through its foot
        double distance = ((y - value(c, z)) - slope * (x - foot)) / length;
        basis.fill(foot, terms, 0);
        for (int a = 0; a <= degree; a++) {
            double ja = terms[a] / length;
            gradient[board][a] += ja * distance;
            for (int b = 0; b <= degree; b++) {
                normal[board][a][b] += ja * terms[b] / length;
            }
        }
        squares[board] += distance * distance;
    }

    /** x of the nearest point of the curve, by Newton's method from x, which is near it, with bisection where Newton would run away. */
    private static double foot(double[] c, PolynomialBasis basis, double x, double y) {
        double spread = basis.spread();
        double at = x;
        for (int i = 0; i < PROJECTION_STEPS; i++) {
            double z = (at - basis.mean()) / spread;
            double f = value(c, z) - y;
            double slope = derivative(c, z) / spread;
            double bend = second(c, z) / (spread * spread);
            double first = (at - x) + f * slope;
            double curvature = 1 + slope * slope + f * bend;
            double step = first / (curvature > 0.1 ? curvature : 1 + slope * slope);
            at -= step;
            if (Math.abs(step) < PROJECTION_TOLERANCE * (1 + Math.abs(at))) {
                break;
            }
        }
        return at;
    }

    private static double value(double[] c, double z) {
        double v = 0;
        for (int k = c.length - 1; k >= 0; k--) {
            v = v * z + c[k];
        }
        return v;
    }

    private static double derivative(double[] c, double z) {
        double v = 0;
        for (int k = c.length - 1; k >= 1; k--) {
            v = v * z + k * c[k];
        }
        return v;
    }

    private static double second(double[] c, double z) {
        double v = 0;
        for (int k = c.length - 1; k >= 2; k--) {
            v = v * z + k * (k - 1) * c[k];
        }
        return v;
    }

    @Override
    public void add(OdrWalkSums other) {
        events += other.events;
        for (int i = 0; i < squares.length; i++) {
            squares[i] += other.squares[i];
            for (int a = 0; a <= degree; a++) {
                gradient[i][a] += other.gradient[i][a];
                for (int b = 0; b <= degree; b++) {
                    normal[i][a][b] += other.normal[i][a][b];
                }
            }
        }
    }

    /** Coefficients after the step, a row a board. */
    public double[][] next() {
        double[][] next = new double[current.length][];
        for (int i = 0; i < next.length; i++) {
            double[] step = new SymmetricSystem(normal[i]).solve(gradient[i]);
            next[i] = current[i].clone();
            for (int a = 0; a <= degree; a++) {
                next[i][a] += step[a];
            }
        }
        return next;
    }

    /** Sum of squared distances of all boards to the current curves [ns^2]. */
    public double sumOfSquares() {
        double sum = 0;
        for (double s : squares) {
            sum += s;
        }
        return sum;
    }

    /** The current curves, with uncertainties from the scatter of the distances. */
    public List<Polynomial> polynomials() {
        List<Polynomial> polynomials = new ArrayList<>();
        for (int i = 0; i < current.length; i++) {
            double variance = squares[i] / Math.max(1, events - degree - 1);
            double[][] covariance = new SymmetricSystem(normal[i]).inverse();
            for (double[] row : covariance) {
                for (int b = 0; b <= degree; b++) {
                    row[b] *= variance;
                }
            }
            polynomials.add(new Polynomial(
                    bases[i].inPowersOfX(current[i]),
                    bases[i].uncertainties(covariance),
                    variance,
                    events,
                    moments.from(i),
                    moments.to(i),
                    false,
                    ""));
        }
        return polynomials;
    }
}
