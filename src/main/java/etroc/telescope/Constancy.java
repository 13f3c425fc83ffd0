package etroc.telescope;

import etroc.fits.Chi2;
import etroc.passes.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * Whether the corrected times of two boards keep their distance during the runs: chi2 of the slices' means against a constant of each run, with
 * the covariance that the calibration's slices give them beside their own (src/docs/analysis.md, section 2, step 8).
 */
final class Constancy {
    private Constancy() {}

    /** The calibration's part in the means of a board. */
    interface CodeErrors {
        /**
         * Columns L u: how the mean time [ns] of each slice moves when one code that the calibration measured moves by its uncertainty.
         *
         * @param board index of the board
         * @return by code, then slice; none where the calibration's errors are the same in all slices
         */
        List<double[]> of(String run, int board, List<DriftSums.Slice> slices);
    }

    /**
     * A pair in one run or all.
     *
     * @param excess sum of squares of the means beyond their uncertainties, by events [ns^2]
     */
    private record Pair(int slices, long events, double excess, double chi2, int ndf) {
        static final Pair NONE = new Pair(0, 0, 0, 0, 0);

        Pair plus(Pair other) {
            return new Pair(
                    slices + other.slices,
                    events + other.events,
                    excess + other.excess,
                    chi2 + other.chi2,
                    ndf + other.ndf);
        }

        /** May be negative. */
        double driftVariance() {
            return excess / events;
        }

        ConstancyRow row(@org.jspecify.annotations.Nullable String run, int board, int other) {
            double width = Math.sqrt(Math.max(0, driftVariance()));
            return new ConstancyRow(run, board, other, slices, events, width, chi2, ndf, Chi2.probability(chi2, ndf));
        }
    }

    /** Rows of all runs, then of each; pairs of one slice only have no degree of freedom. */
    static List<ConstancyRow> of(Map<String, List<DriftSums.Slice>> runs, List<Integer> boards, CodeErrors errors) {
        List<ConstancyRow> together = new ArrayList<>();
        List<ConstancyRow> single = new ArrayList<>();
        int pairs = boards.size() == 2 ? 1 : boards.size();
        for (int i = 0; i < pairs; i++) {
            int next = (i + 1) % boards.size();
            Pair all = Pair.NONE;
            for (Map.Entry<String, List<DriftSums.Slice>> run : runs.entrySet()) {
                Pair own = pair(run.getKey(), i, next, run.getValue(), errors);
                single.add(own.row(run.getKey(), boards.get(i), boards.get(next)));
                all = all.plus(own);
            }
            together.add(all.row(null, boards.get(i), boards.get(next)));
        }
        together.addAll(single);
        return together;
    }

    private static Pair pair(String run, int board, int next, List<DriftSums.Slice> slices, CodeErrors errors) {
        int n = slices.size();
        double events = 0;
        double squares = 0;
        double mean = 0;
        for (DriftSums.Slice s : slices) {
            Moments m = s.pairs.get(board);
            events += m.n();
            squares += m.n() > 1 ? (m.n() - 1) * m.width() * m.width() : 0;
            mean += m.n() > 0 ? m.n() * m.mean() : 0;
        }
        mean /= events;
        double variance = squares / (events - n);
        if (n < 2 || !(variance > 0)) {
            return new Pair(n, (long) events, 0, 0, 0);
        }
        RealVector means = new ArrayRealVector(n);
        RealMatrix covariance = new Array2DRowRealMatrix(n, n);
        for (int s = 0; s < n; s++) {
            means.setEntry(s, slices.get(s).pairs.get(board).mean() - mean);
            covariance.setEntry(s, s, variance / slices.get(s).pairs.get(board).n());
        }
        for (int b : new int[] {board, next}) {
            errors.of(run, b, slices).forEach(column -> addOuter(covariance, column));
        }
        double excess = 0;
        for (int s = 0; s < n; s++) {
            double weight = slices.get(s).pairs.get(board).n();
            excess += weight * (Math.pow(means.getEntry(s), 2) - covariance.getEntry(s, s));
        }
        return new Pair(n, (long) events, excess, chi2(means, covariance), n - 1);
    }

    private static void addOuter(RealMatrix to, double[] column) {
        for (int s = 0; s < column.length; s++) {
            for (int t = 0; t < column.length && column[s] != 0; t++) {
                to.addToEntry(s, t, column[s] * column[t]);
            }
        }
    }

    /** Least of (x - c)' C^-1 (x - c) over all c. */
    private static double chi2(RealVector means, RealMatrix covariance) {
        DecompositionSolver solver = new LUDecomposition(covariance, 0).getSolver();
        RealVector ones = new ArrayRealVector(means.getDimension(), 1);
        RealVector weights = solver.solve(ones);
        double constant = weights.dotProduct(means) / weights.dotProduct(ones);
        RealVector left = means.mapSubtract(constant);
        return left.dotProduct(solver.solve(left));
    }
}
