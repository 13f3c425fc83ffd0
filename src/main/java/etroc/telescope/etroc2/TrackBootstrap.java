package etroc.telescope.etroc2;

import etroc.fits.GaussianCore;
import etroc.telescope.resolution.Draws;
import etroc.telescope.resolution.PairAxis;
import java.util.stream.IntStream;

/**
 * The replicas of a track's events: sums and bins of time differences, in the columns of the draws, for events of early and late TOA apart and
 * together.
 */
final class TrackBootstrap {
    /** Events of a part for which there is a core. */
    static final int FEWEST = 30;

    /** Bins in half the range of {@link PairAxis}; the value itself is found without bins. */
    static final int BINS = 25;

    private static final int[] NONE = {};
    private final Draws draws;
    private final boolean[] late;
    /** By event: its column; by event and column how often it counts. */
    private final int[] group;

    private final byte[][] weights;
    /** Events by half, early and late, and column. */
    private final double[][] counts;

    /** Events of which TOA. */
    enum Part {
        ALL,
        EARLY,
        LATE;

        boolean has(boolean isLate) {
            return this == ALL || (this == LATE) == isLate;
        }
    }

    TrackBootstrap(Draws draws, TrackSample sample, boolean[] late) {
        this.draws = draws;
        this.late = late;
        int n = sample.size();
        group = new int[draws.grouped() ? n : 0];
        weights = new byte[draws.grouped() ? 0 : n][draws.columns()];
        counts = new double[2][draws.columns()];
        int[] drawn = new int[draws.columns()];
        for (int e = 0; e < n; e++) {
            if (draws.grouped()) {
                group[e] = draws.group(sample.key(e));
            } else {
                draws.draw(sample.key(e), drawn);
                for (int c = 0; c < drawn.length; c++) {
                    weights[e][c] = (byte) drawn[c];
                }
            }
            for (int c = 0; c < drawn.length; c++) {
                counts[late[e] ? 1 : 0][c] += draws.grouped() ? (c == group[e] ? 1 : 0) : drawn[c];
            }
        }
    }

    int replicas() {
        return draws.replicas();
    }

    /** Events of a part. */
    int events(Part part) {
        return (int)
                IntStream.range(0, late.length).filter(e -> part.has(late[e])).count();
    }

    /** Adds an event's value and its square to the columns of its half. */
    private void add(double[][] values, double[][] squares, int event, double value) {
        int half = late[event] ? 1 : 0;
        double square = value * value;
        if (draws.grouped()) {
            values[half][group[event]] += value;
            squares[half][group[event]] += square;
            return;
        }
        byte[] own = weights[event];
        double[] to = values[half];
        double[] toSquares = squares[half];
        for (int c = 0; c < own.length; c++) {
            to[c] += own[c] * value;
            toSquares[c] += own[c] * square;
        }
    }

    /** Sum of a part's columns in a replica. */
    private double sum(double[][] halves, Part part, int replica) {
        double sum = 0;
        for (int half = 0; half < halves.length; half++) {
            double[] columns = halves[half];
            if (part.has(half == 1)) {
                int[] weight = draws.grouped() ? draws.weights(replica) : NONE;
                sum += draws.grouped() ? 0 : columns[replica];
                for (int c = 0; c < weight.length; c++) {
                    sum += weight[c] * columns[c];
                }
            }
        }
        return sum;
    }

    /** By part: variance (n-1) in each replica, and last of the events as they are. */
    double[][] variances(double[] differences) {
        double[][] values = new double[2][draws.columns()];
        double[][] squares = new double[2][draws.columns()];
        for (int e = 0; e < differences.length; e++) {
            add(values, squares, e, differences[e] - differences[0]);
        }
        double[][] variances = new double[Part.values().length][draws.replicas() + 1];
        for (Part part : Part.values()) {
            for (int r = 0; r <= draws.replicas(); r++) {
                double n = sum(counts, part, r);
                double s = sum(values, part, r);
                variances[part.ordinal()][r] = (sum(squares, part, r) - s * s / n) / (n - 1);
            }
        }
        return variances;
    }

    /**
     * By part: variance of the core in each replica, and last of the events as they are, those in bins; NaN of a part with too few events. A core that
     * does not come to rest is where it is at the end: no replica is left out.
     */
    double[][] cores(double[] differences, PairAxis axis) {
        double[][] variances = new double[Part.values().length][draws.replicas() + 1];
        int[][][] bins = new int[2][axis.half() > 0 ? axis.bins() : 0][draws.columns()];
        for (int e = 0; e < differences.length && axis.half() > 0; e++) {
            int bin = axis.bin(differences[e]);
            int[] to = bin < 0 ? NONE : bins[late[e] ? 1 : 0][bin];
            if (bin >= 0 && draws.grouped()) {
                to[group[e]]++;
            }
            for (int c = 0; c < to.length && !draws.grouped(); c++) {
                to[c] += weights[e][c];
            }
        }
        for (Part part : Part.values()) {
            boolean has = axis.half() > 0 && events(part) >= FEWEST;
            for (int r = 0; r <= draws.replicas(); r++) {
                GaussianCore core = has ? axis.quickCore(combined(bins, part, r)) : GaussianCore.NONE;
                variances[part.ordinal()][r] = core.width() * core.width();
            }
        }
        return variances;
    }

    private int[] combined(int[][][] halves, Part part, int replica) {
        int[] sums = new int[halves[0].length];
        int[] weight = draws.grouped() ? draws.weights(replica) : NONE;
        for (int half = 0; half < halves.length; half++) {
            for (int b = 0; b < sums.length && part.has(half == 1); b++) {
                int[] columns = halves[half][b];
                sums[b] += draws.grouped() ? 0 : columns[replica];
                for (int c = 0; c < weight.length; c++) {
                    sums[b] += weight[c] * columns[c];
                }
            }
        }
        return sums;
    }
}
