package etroc.telescope.walk;

import etroc.fits.Polynomial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.apache.commons.math3.linear.RealVector;

/**
 * A joint time walk of tracks that share the polynomials of the boards, with a constant for each pixel: minimises the sum over events and pairs
 * of (u_i - u_j)^2, u_i = TOA_i + P_i(TOT_i) + k of the board's pixel. Pixels that tracks connect share a free constant; one of them has 0.
 *
 * @param polynomials by board, without constant; not clamped
 * @param constants by board and place of the pixel [ns]
 * @param events of all tracks
 * @param remark why there is none, or empty
 */
public record PixelWalk(List<Polynomial> polynomials, List<Map<Integer, Double>> constants, long events, String remark)
        implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final double PIVOT = 1e-12;
    /** More than a board has. */
    private static final int PLACES = 1 << 16;

    /**
     * Solves.
     *
     * @param sums with a run for each track
     * @param places of each track's pixels, by board
     */
    public static PixelWalk of(JointWalkSums sums, Map<Integer, int[]> places) {
        int boards = sums.boards;
        Map<Integer, Integer> numbers = new TreeMap<>();
        Map<Integer, Integer> firsts = new TreeMap<>();
        sums.runs.forEach((track, run) -> {
            if (run.events > 0) {
                int[] own = of(places, track);
                for (int i = 0; i < boards; i++) {
                    numbers.put(pixel(i, own), 0);
                    join(firsts, pixel(0, own), pixel(i, own));
                }
            }
        });
        int unknowns = sums.width;
        for (Map.Entry<Integer, Integer> pixel : numbers.entrySet()) {
            pixel.setValue(first(firsts, pixel.getKey()) == pixel.getKey() ? -1 : unknowns++);
        }
        double[] solution;
        try {
            solution = solve(sums, places, numbers, unknowns);
        } catch (NonPositiveDefiniteMatrixException e) {
            return new PixelWalk(List.of(), List.of(), sums.events(), "the events do not determine the polynomials");
        }
        List<Polynomial> polynomials = new ArrayList<>();
        List<Map<Integer, Double>> constants = new ArrayList<>();
        for (int i = 0; i < boards; i++) {
            double[] own = new double[sums.degree + 1];
            System.arraycopy(solution, i * sums.degree, own, 1, sums.degree);
            double[] inX = sums.bases[i].inPowersOfX(own);
            polynomials.add(new Polynomial(
                    inX, unknown(inX.length), Double.NaN, sums.events(), Double.NaN, Double.NaN, false, ""));
            constants.add(new TreeMap<>());
        }
        numbers.forEach((pixel, number) ->
                constants.get(pixel / PLACES).put(pixel % PLACES, number < 0 ? 0.0 : Double.valueOf(solution[number])));
        return new PixelWalk(polynomials, constants, sums.events(), "");
    }

    private static int[] of(Map<Integer, int[]> places, int track) {
        return Objects.requireNonNull(places.get(track));
    }

    private static int pixel(int board, int[] places) {
        return board * PLACES + places[board];
    }

    private static double[] unknown(int n) {
        double[] unknown = new double[n];
        java.util.Arrays.fill(unknown, Double.NaN);
        return unknown;
    }

    /** The first of the pixels that are connected with one. */
    private static int first(Map<Integer, Integer> firsts, int pixel) {
        int at = pixel;
        while (firsts.getOrDefault(at, at) != at) {
            at = firsts.getOrDefault(at, at);
        }
        return at;
    }

    private static void join(Map<Integer, Integer> firsts, int a, int b) {
        int one = first(firsts, a);
        int other = first(firsts, b);
        firsts.put(Math.max(one, other), Math.min(one, other));
    }

    private static double[] solve(
            JointWalkSums sums, Map<Integer, int[]> places, Map<Integer, Integer> numbers, int unknowns) {
        double[][] matrix = new double[unknowns][unknowns];
        double[] right = new double[unknowns];
        int degree = sums.degree;
        for (int a = 0; a < sums.width; a++) {
            for (int b = 0; b < sums.width; b++) {
                double product = sums.products[Math.max(a, b)][Math.min(a, b)];
                matrix[a][b] = centring(a / degree, b / degree, sums.boards) * product;
            }
            for (int j = 0; j < sums.boards; j++) {
                right[a] -= centring(a / degree, j, sums.boards) * sums.toaTerms[a][j];
            }
        }
        sums.runs.forEach((track, run) -> {
            for (int j = 0; run.events > 0 && j < sums.boards; j++) {
                int k = numbers.getOrDefault(pixel(j, of(places, track)), -1);
                for (int a = 0; k >= 0 && a < sums.width; a++) {
                    double term = centring(a / degree, j, sums.boards) * run.terms[a];
                    matrix[a][k] += term;
                    matrix[k][a] += term;
                }
                for (int i = 0; k >= 0 && i < sums.boards; i++) {
                    right[k] -= centring(j, i, sums.boards) * run.toa[i];
                    int other = numbers.getOrDefault(pixel(i, of(places, track)), -1);
                    if (other >= 0) {
                        matrix[k][other] += run.events * centring(j, i, sums.boards);
                    }
                }
            }
        });
        return solved(matrix, right);
    }

    /** Element of I - J/N. */
    private static double centring(int i, int j, int boards) {
        return (i == j ? 1.0 : 0.0) - 1.0 / boards;
    }

    /** Scaled to a diagonal of 1, so that a pivot tells whether the unknown is determined. */
    private static double[] solved(double[][] matrix, double[] right) {
        int n = right.length;
        double[] scale = new double[n];
        for (int i = 0; i < n; i++) {
            scale[i] = matrix[i][i] > 0 ? 1 / Math.sqrt(matrix[i][i]) : 1;
        }
        double[] scaled = new double[n];
        for (int i = 0; i < n; i++) {
            scaled[i] = right[i] * scale[i];
            for (int j = 0; j < n; j++) {
                matrix[i][j] *= scale[i] * scale[j];
            }
        }
        if (n == 0) {
            return right;
        }
        RealVector solution = new CholeskyDecomposition(new Array2DRowRealMatrix(matrix, false), 1e-9, PIVOT)
                .getSolver()
                .solve(new ArrayRealVector(scaled, false));
        double[] values = solution.toArray();
        for (int i = 0; i < n; i++) {
            values[i] *= scale[i];
        }
        return values;
    }
}
