package etroc.telescope.resolution;

import etroc.telescope.resolution.ResolutionFormulae.Sigma;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;

/**
 * What the replicas say of one quantity of each board.
 *
 * @param unc standard deviation of the replicas, by board
 * @param low 16th percentile
 * @param high 84th percentile
 * @param correlation of the boards' values over the replicas
 */
record BootstrapUnc(double[] unc, double[] low, double[] high, double[][] correlation) {
    /** Of three boards' resolutions from the pairs' widths in each replica; replicas with a negative variance are left out. */
    static BootstrapUnc ofPairs(double[][] pairWidths) {
        int boards = pairWidths.length == 0 ? 0 : pairWidths[0].length;
        double[][] values = Arrays.stream(pairWidths)
                .map(p -> ResolutionFormulae.ofPairs(p, new double[p.length]))
                .filter(s -> s != null)
                .map(s -> Arrays.stream(s).mapToDouble(Sigma::value).toArray())
                .filter(v -> Arrays.stream(v).allMatch(Double::isFinite))
                .toArray(double[][]::new);
        return values.length < 3 ? none(boards) : of(values, boards);
    }

    private static BootstrapUnc of(double[][] values, int boards) {
        double[] unc = new double[boards];
        double[] low = new double[boards];
        double[] high = new double[boards];
        double[][] correlation = new double[boards][boards];
        double[][] byBoard = IntStream.range(0, boards)
                .mapToObj(i -> Arrays.stream(values).mapToDouble(v -> v[i]).toArray())
                .toArray(double[][]::new);
        for (int i = 0; i < boards; i++) {
            unc[i] = Math.sqrt(StatUtils.variance(byBoard[i]));
            low[i] = StatUtils.percentile(byBoard[i], 16);
            high[i] = StatUtils.percentile(byBoard[i], 84);
            for (int j = 0; j < boards; j++) {
                correlation[i][j] = new PearsonsCorrelation().correlation(byBoard[i], byBoard[j]);
            }
        }
        return new BootstrapUnc(unc, low, high, correlation);
    }

    private static BootstrapUnc none(int boards) {
        double[] nothing = new double[boards];
        Arrays.fill(nothing, Double.NaN);
        double[][] nothings = new double[boards][];
        Arrays.fill(nothings, nothing);
        return new BootstrapUnc(nothing, nothing, nothing, nothings);
    }
}
