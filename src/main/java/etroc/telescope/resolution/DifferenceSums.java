package etroc.telescope.resolution;

import etroc.fits.GaussianCore;
import etroc.telescope.calibration.EventSums;
import etroc.telescope.walk.WalkState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Time differences of the boards at several steps of the cuts and states of the correction: moments of the pairs (i, next i) and of
 * D_i = mean of the others - own time, and a fine histogram of each pair. One pass, all of it.
 */
public final class DifferenceSums implements EventSums<DifferenceSums> {
    private static final long serialVersionUID = 1L;
    /** Histogram of time differences: 1 ps bins over more than a TDC's range either side; what lies beyond goes into the outer bins [ns]. */
    static final double BIN = 0.001;

    private static final double FROM = -15;
    private static final int BINS = 30_000;
    private static final int COARSE_BINS = 150;
    private static final double REACH = 6;

    private final List<WalkState> states;
    private final int boards;
    private final int steps;
    private final long[] events;
    /** By step, state, and pairs then deltas: sum and sum of squares [ns]. */
    private final double[][][] sums;

    private final double[][][] squares;
    private final int[][][][] histograms;
    private final double[] times;

    /** @param steps number of steps that events are accepted at */
    public DifferenceSums(int boards, int steps, List<WalkState> states) {
        this.states = List.copyOf(states);
        this.boards = boards;
        this.steps = steps;
        events = new long[steps];
        sums = new double[steps][states.size()][2 * boards];
        squares = new double[steps][states.size()][2 * boards];
        histograms = new int[steps][states.size()][boards][BINS];
        times = new double[boards];
    }

    @Override
    public void add(double[] toa, double[] tot, long mask, long key) {
        for (int k = 0; k < steps; k++) {
            events[k] += (mask >> k) & 1;
        }
        for (int s = 0; s < states.size(); s++) {
            double total = 0;
            for (int i = 0; i < boards; i++) {
                times[i] = states.get(s).time(i, toa, tot);
                total += times[i];
            }
            for (int i = 0; i < boards; i++) {
                double pair = times[i] - times[(i + 1) % boards];
                double delta = (total - times[i]) / (boards - 1) - times[i];
                int bin = (int) Math.floor((pair - FROM) / BIN);
                for (int k = 0; k < steps; k++) {
                    if (((mask >> k) & 1) != 0) {
                        sums[k][s][i] += pair;
                        squares[k][s][i] += pair * pair;
                        sums[k][s][boards + i] += delta;
                        squares[k][s][boards + i] += delta * delta;
                        histograms[k][s][i][Math.max(0, Math.min(BINS - 1, bin))]++;
                    }
                }
            }
        }
    }

    @Override
    public void add(DifferenceSums other) {
        for (int k = 0; k < steps; k++) {
            events[k] += other.events[k];
            for (int s = 0; s < states.size(); s++) {
                for (int i = 0; i < 2 * boards; i++) {
                    sums[k][s][i] += other.sums[k][s][i];
                    squares[k][s][i] += other.squares[k][s][i];
                }
                for (int i = 0; i < boards; i++) {
                    int[] to = histograms[k][s][i];
                    int[] from = other.histograms[k][s][i];
                    for (int b = 0; b < BINS; b++) {
                        to[b] += from[b];
                    }
                }
            }
        }
    }

    /** Events accepted at a step, with times of every board. */
    public long events(int step) {
        return events[step];
    }

    /** Events of the step that has most. */
    public long mostEvents() {
        return Arrays.stream(events).max().orElse(0);
    }

    private double width(int step, int state, int which) {
        long n = events[step];
        double mean = sums[step][state][which] / n;
        double variance = (squares[step][state][which] - n * mean * mean) / (n - 1);
        return Math.sqrt(Math.max(variance, 0));
    }

    /** Mean of t_i - t_(next i) [ns]. */
    public double pairMean(int step, int state, int board) {
        return sums[step][state][board] / events[step];
    }

    /** Standard deviation of t_i - t_(next i) for every i [ns]. */
    public double[] pairWidths(int step, int state) {
        return widths(step, state, 0);
    }

    /** Standard deviation of D_i for every i [ns]. */
    public double[] deltaWidths(int step, int state) {
        return widths(step, state, boards);
    }

    private double[] widths(int step, int state, int from) {
        double[] widths = new double[boards];
        for (int i = 0; i < boards; i++) {
            widths[i] = width(step, state, from + i);
        }
        return widths;
    }

    /** Mean of D_i [ns]. */
    public double deltaMean(int step, int state, int board) {
        return sums[step][state][boards + board] / events[step];
    }

    public int steps() {
        return steps;
    }

    public int states() {
        return states.size();
    }

    /** A bin of a pair's time difference [ns]. */
    public record Bin(double low, double high, long count) {}

    /**
     * The histogram of a pair around its mean, in at most {@value #COARSE_BINS} bins over six standard deviations either side; none without two
     * events. Times come in steps of the TDCs, whose combs beat with bins: each entry is spread over the step of either board, and bins are at
     * least as wide as a step. Counts are rounded so that their sum stays.
     *
     * @param tdcSteps steps of the TDCs of the pair [ns]
     */
    public List<Bin> coarse(int step, int state, int board, double... tdcSteps) {
        double mean = pairMean(step, state, board);
        double reach = REACH * width(step, state, board);
        if (!(reach > 0)) {
            return List.of();
        }
        double widest = Arrays.stream(tdcSteps).max().orElse(0);
        int together = (int) Math.max(1, Math.ceil(Math.max(2 * reach / COARSE_BINS, widest) / BIN));
        double[] spread = spread(histograms[step][state][board], tdcSteps);
        int first = Math.max(0, (int) Math.floor((mean - reach - FROM) / BIN));
        int end = Math.min(BINS, (int) Math.ceil((mean + reach - FROM) / BIN));
        List<Bin> bins = new ArrayList<>();
        double sum = 0;
        for (int from = first; from < end; from += together) {
            int to = Math.min(end, from + together);
            double before = sum;
            for (int i = from; i < to; i++) {
                sum += spread[i];
            }
            bins.add(new Bin(FROM + from * BIN, FROM + to * BIN, Math.round(sum) - Math.round(before)));
        }
        return bins;
    }

    /** Counts with each entry spread evenly over some widths [ns], one after the other. */
    private static double[] spread(int[] counts, double... widths) {
        double[] spread = Arrays.stream(counts).asDoubleStream().toArray();
        for (double width : widths) {
            int bins = (int) Math.round(width / BIN);
            if (bins > 1) {
                spread = averaged(spread, bins);
            }
        }
        return spread;
    }

    /** Running means over some bins; of an even number half of the first and of one more, or all would move by half a bin. */
    private static double[] averaged(double[] counts, int bins) {
        double[] sums = new double[counts.length + 1]; // of all before
        for (int i = 0; i < counts.length; i++) {
            sums[i + 1] = sums[i] + counts[i];
        }
        double[] means = new double[counts.length];
        for (int i = 0; i < counts.length; i++) {
            for (int before : new int[] {bins / 2, (bins - 1) / 2}) {
                int from = Math.max(0, i - before);
                int to = Math.min(counts.length, i - before + bins);
                means[i] += (sums[to] - sums[from]) / bins / 2;
            }
        }
        return means;
    }

    /** Bins for a pair that are fine against its width. */
    public PairAxis axis(int step, int state, int board) {
        int[] counts = histograms[step][state][board];
        double n = events[step];
        if (n == 0) {
            return new PairAxis(0, BIN, PairAxis.FINE);
        }
        double median = GaussianCore.quantile(counts, FROM, BIN, 0.5 * n);
        double range =
                GaussianCore.quantile(counts, FROM, BIN, 0.84 * n) - GaussianCore.quantile(counts, FROM, BIN, 0.16 * n);
        return new PairAxis(median, Math.max(range / 2, BIN), PairAxis.FINE);
    }

    /** Gaussian core of every pair. */
    public GaussianCore[] cores(int step, int state) {
        GaussianCore[] cores = new GaussianCore[boards];
        for (int i = 0; i < boards; i++) {
            cores[i] = GaussianCore.fit(histograms[step][state][i], FROM, BIN);
        }
        return cores;
    }
}
