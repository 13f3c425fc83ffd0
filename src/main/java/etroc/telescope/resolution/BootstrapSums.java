package etroc.telescope.resolution;

import etroc.fits.GaussianCore;
import etroc.telescope.calibration.EventSums;
import etroc.telescope.walk.WalkState;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sums and fine histograms of the pairs' time differences, in the columns of a bootstrap: in one pass over the events all that widths and cores
 * of the data and of each replica follow from.
 */
public final class BootstrapSums implements EventSums<BootstrapSums> {
    private static final long serialVersionUID = 1L;

    private final List<WalkState> states;
    private final Draws draws;
    private final PairAxis[][][] axes;
    private final int boards;
    private final int columns;
    /** By step and column. */
    private final long[][] events;
    /** By step, state, pair and column: sum and sum of squares of the differences from the axis's centre [ns]. */
    private final double[][][][] sums;

    private final double[][][][] squares;
    /** By step, state and pair: by bin and column in one array. */
    private final int[][][][] histograms;

    private final double[] times;
    private final int[] weights;

    /**
     * What a replica says of the pairs of a step and state.
     *
     * @param variances of each pair [ns^2]
     * @param cores of each pair [ns]
     * @param tails number of differences more than three core widths from the core's mean, in each pair
     */
    record Pairs(long events, double[] variances, GaussianCore[] cores, double[] tails) implements Serializable {
        private static final double TAIL = 3;

        /** Variances of the cores; NaN where there is none. */
        double[] coreVariances() {
            double[] own = new double[cores.length];
            for (int i = 0; i < own.length; i++) {
                own[i] = cores[i].converged() ? cores[i].width() * cores[i].width() : Double.NaN;
            }
            return own;
        }
    }

    /**
     * Empty sums.
     *
     * @param axes by step, state and pair
     */
    public BootstrapSums(List<WalkState> states, Draws draws, PairAxis[][][] axes) {
        this.states = List.copyOf(states);
        this.draws = draws;
        this.axes = axes;
        int steps = axes.length;
        boards = axes[0][0].length;
        columns = draws.columns();
        events = new long[steps][columns];
        sums = new double[steps][states.size()][boards][columns];
        squares = new double[steps][states.size()][boards][columns];
        histograms = new int[steps][states.size()][boards][];
        for (int k = 0; k < steps; k++) {
            for (int s = 0; s < states.size(); s++) {
                for (int i = 0; i < boards; i++) {
                    histograms[k][s][i] = new int[axes[k][s][i].bins() * columns];
                }
            }
        }
        times = new double[boards];
        weights = new int[columns];
        Arrays.fill(weights, 1);
    }

    /** Bins for the differences of the same events. */
    public static PairAxis[][][] axes(DifferenceSums differences, int boards) {
        PairAxis[][][] axes = new PairAxis[differences.steps()][differences.states()][boards];
        for (int k = 0; k < differences.steps(); k++) {
            for (int s = 0; s < differences.states(); s++) {
                for (int i = 0; i < boards; i++) {
                    axes[k][s][i] = differences.axis(k, s, i);
                }
            }
        }
        return axes;
    }

    @Override
    public void add(double[] toa, double[] tot, long mask, long key) {
        int from = 0;
        int to = columns;
        if (draws.grouped()) {
            from = draws.group(key);
            to = from + 1;
        } else {
            draws.draw(key, weights);
        }
        for (int s = 0; s < states.size(); s++) {
            for (int i = 0; i < boards; i++) {
                times[i] = states.get(s).time(i, toa, tot);
            }
            for (int k = 0; k < axes.length; k++) {
                if (((mask >> k) & 1) != 0) {
                    add(k, s, from, to);
                }
            }
        }
    }

    private void add(int step, int state, int from, int to) {
        for (int c = from; c < to && state == 0; c++) {
            events[step][c] += weights[c];
        }
        for (int i = 0; i < boards; i++) {
            PairAxis axis = axes[step][state][i];
            double difference = times[i] - times[(i + 1) % boards];
            double x = difference - axis.centre();
            double[] sum = sums[step][state][i];
            double[] square = squares[step][state][i];
            for (int c = from; c < to; c++) {
                sum[c] += weights[c] * x;
                square[c] += weights[c] * x * x;
            }
            int bin = axis.bin(difference);
            if (bin >= 0) {
                int[] histogram = histograms[step][state][i];
                int first = bin * columns;
                for (int c = from; c < to; c++) {
                    histogram[first + c] += weights[c];
                }
            }
        }
    }

    @Override
    public void add(BootstrapSums other) {
        for (int k = 0; k < axes.length; k++) {
            for (int c = 0; c < columns; c++) {
                events[k][c] += other.events[k][c];
            }
            for (int s = 0; s < states.size(); s++) {
                for (int i = 0; i < boards; i++) {
                    for (int c = 0; c < columns; c++) {
                        sums[k][s][i][c] += other.sums[k][s][i][c];
                        squares[k][s][i][c] += other.squares[k][s][i][c];
                    }
                    int[] to = histograms[k][s][i];
                    int[] from = other.histograms[k][s][i];
                    for (int b = 0; b < to.length; b++) {
                        to[b] += from[b];
                    }
                }
            }
        }
    }

    int replicas() {
        return draws.replicas();
    }

    /** The pairs with all events as they are. */
    Pairs data(int step, int state) {
        return replica(step, state, draws.replicas());
    }

    /** The pairs in a replica. */
    Pairs replica(int step, int state, int replica) {
        int[] weight = draws.weights(replica);
        double n = 0;
        for (int c = 0; c < columns; c++) {
            n += (double) weight[c] * events[step][c];
        }
        double[] variances = new double[boards];
        GaussianCore[] cores = new GaussianCore[boards];
        double[] tails = new double[boards];
        for (int i = 0; i < boards; i++) {
            double sum = 0;
            double square = 0;
            for (int c = 0; c < columns; c++) {
                sum += weight[c] * sums[step][state][i][c];
                square += weight[c] * squares[step][state][i][c];
            }
            variances[i] = Math.max(0, square - sum * sum / n) / (n - 1);
            int[] counts = combined(histograms[step][state][i], weight);
            cores[i] = axes[step][state][i].core(counts);
            tails[i] = n - axes[step][state][i].within(counts, cores[i], Pairs.TAIL);
        }
        return new Pairs((long) n, variances, cores, tails);
    }

    private int[] combined(int[] histogram, int[] weight) {
        int[] used = IntStream.range(0, columns).filter(c -> weight[c] > 0).toArray();
        int[] counts = new int[histogram.length / columns];
        for (int b = 0; b < counts.length; b++) {
            int count = 0;
            int first = b * columns;
            for (int c : used) {
                count += weight[c] * histogram[first + c];
            }
            counts[b] = count;
        }
        return counts;
    }
}
