package etroc.telescope.resolution;

import etroc.fits.Chi2;
import etroc.fits.GaussianCore;
import etroc.passes.Moments;
import etroc.telescope.calibration.EventSums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether the final solution leaves anything: the mean of D_i = mean of the others - own time in bins of the board's TOT, which a degree too low
 * bends, and of the time of the particle, which a wrong bin width or a nonlinear TDC bends (src/docs/analysis.md, section 2, step 8).
 */
public final class ClosureSums implements EventSums<ClosureSums> {
    private static final long serialVersionUID = 1L;
    private static final int FEWEST_BINS = 4;
    private static final int BINS_A_HALF = 10;

    private final ParticleTime time;
    private final int step;
    private final int boards;
    /** Of the TOT of each board, then of the particle's time. */
    private final double[][] edges;

    private final double[][] ranges;
    private final PairAxis[] axes;
    /** By board and whether against time, then bin. */
    private final Moments[][][] moments;

    private final int[][][][] histograms;

    /**
     * Empty sums.
     *
     * @param quantiles of the same events
     * @param axes of D_i of each board
     */
    public ClosureSums(ParticleTime time, int step, TimeQuantiles quantiles, PairAxis[] axes) {
        this.time = time;
        this.step = step;
        this.boards = axes.length;
        this.axes = Arrays.stream(axes).map(a -> a.with(BINS_A_HALF)).toArray(PairAxis[]::new);
        edges = new double[boards + 1][];
        ranges = new double[boards + 1][];
        for (int v = 0; v <= boards; v++) {
            edges[v] = quantiles.edges(v);
            ranges[v] = quantiles.range(v);
        }
        moments = new Moments[boards][2][];
        histograms = new int[boards][2][][];
        for (int i = 0; i < boards; i++) {
            for (int against = 0; against < 2; against++) {
                int bins = edges[variable(i, against)].length + 1;
                moments[i][against] = new Moments[bins];
                histograms[i][against] = new int[bins][this.axes[i].bins()];
                Arrays.setAll(moments[i][against], b -> new Moments());
            }
        }
    }

    private int variable(int board, int against) {
        return against == 0 ? board : boards;
    }

    @Override
    public void add(double[] toa, double[] tot, long steps, long key) {
        if (((steps >> step) & 1) == 0) {
            return;
        }
        double t = time.of(toa, tot);
        for (int i = 0; i < boards; i++) {
            double delta =
                    time.corrected().othersMean(i, toa, tot) - time.corrected().time(i, toa, tot);
            int at = axes[i].bin(delta);
            for (int against = 0; against < 2; against++) {
                int bin = bin(edges[variable(i, against)], against == 0 ? tot[i] : t);
                moments[i][against][bin].add(delta);
                if (at >= 0) {
                    histograms[i][against][bin][at]++;
                }
            }
        }
    }

    private static int bin(double[] edges, double x) {
        int at = Arrays.binarySearch(edges, x);
        return at >= 0 ? at + 1 : -at - 1;
    }

    @Override
    public void add(ClosureSums other) {
        for (int i = 0; i < boards; i++) {
            for (int against = 0; against < 2; against++) {
                for (int b = 0; b < moments[i][against].length; b++) {
                    moments[i][against][b].add(other.moments[i][against][b]);
                    for (int h = 0; h < axes[i].bins(); h++) {
                        histograms[i][against][b][h] += other.histograms[i][against][b][h];
                    }
                }
            }
        }
    }

    /**
     * A bin.
     *
     * @param coreWidth of the Gaussian core of D_i [ns]; NaN without one
     */
    public record Bin(double low, double high, long events, double mean, double meanUnc, double coreWidth) {}

    /**
     * A profile of a board, and whether it is constant.
     *
     * @param chi2 of the bins' means against their weighted mean; NaN with too few bins for a test
     * @param probability of a larger chi2
     * @param excess width that the dependence adds to that of D_i [ns]
     */
    public record Closure(List<Bin> bins, double chi2, int ndf, double probability, double excess) {}

    /**
     * Of a board.
     *
     * @param againstTime against the particle's time instead of the board's TOT
     * @param fitted parameters that a fit has taken from the profile already
     */
    public Closure closure(int board, boolean againstTime, int fitted) {
        int against = againstTime ? 1 : 0;
        Moments[] own = moments[board][against];
        double events = 0;
        double sum = 0;
        double squares = 0;
        for (Moments m : own) {
            events += m.n();
            sum += m.n() > 0 ? m.n() * m.mean() : 0;
            squares += m.n() > 1 ? (m.n() - 1) * m.width() * m.width() : 0;
        }
        double variance = squares / (events - own.length);
        double[] inner = edges[variable(board, against)];
        double[] range = ranges[variable(board, against)];
        List<Bin> bins = new ArrayList<>();
        double chi2 = 0;
        for (int b = 0; b < own.length; b++) {
            GaussianCore core = axes[board].core(histograms[board][against][b]);
            bins.add(new Bin(
                    b == 0 ? range[0] : inner[b - 1],
                    b == inner.length ? range[1] : inner[b],
                    own[b].n(),
                    own[b].mean(),
                    Math.sqrt(variance / own[b].n()),
                    core.converged() ? core.width() : Double.NaN));
            chi2 += own[b].n() * Math.pow(own[b].mean() - sum / events, 2) / variance;
        }
        int ndf = own.length - 1 - fitted;
        boolean tested = own.length >= FEWEST_BINS && ndf > 0 && variance > 0;
        if (!tested) {
            return new Closure(bins, Double.NaN, Math.max(0, ndf), Double.NaN, Double.NaN);
        }
        double probability = Chi2.probability(chi2, ndf);
        double excess = Math.sqrt(Math.max(0, chi2 - ndf) * variance / events);
        return new Closure(bins, chi2, ndf, probability, excess);
    }
}
