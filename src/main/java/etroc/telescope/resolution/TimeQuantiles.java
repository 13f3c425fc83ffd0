package etroc.telescope.resolution;

import etroc.telescope.calibration.EventSums;
import java.util.Arrays;

/**
 * Fine histograms of what closure is tested against: the TOT of each board and the time of the particle, over the events of the last step. Their
 * quantiles are edges of bins with equal numbers of events.
 */
public final class TimeQuantiles implements EventSums<TimeQuantiles> {
    private static final long serialVersionUID = 1L;
    /** Finer than a TDC bin, so that what is the same stays together [ns]. */
    private static final double BIN = 0.001;

    private static final double FROM = -10;
    private static final int BINS = 50_000;
    private static final int MOST_BINS = 20;
    private static final int EVENTS_A_BIN = 50;

    private final ParticleTime time;
    private final int step;
    /** TOT by board, then the particle's time. */
    private final int[][] counts;

    private long events;

    /** @param step of the events, by its bit */
    public TimeQuantiles(ParticleTime time, int step) {
        this.time = time;
        this.step = step;
        counts = new int[time.weights().length + 1][BINS];
    }

    @Override
    public void add(double[] toa, double[] tot, long steps, long key) {
        if (((steps >> step) & 1) != 0) {
            events++;
            for (int i = 0; i < tot.length; i++) {
                counts[i][bin(tot[i])]++;
            }
            counts[tot.length][bin(time.of(toa, tot))]++;
        }
    }

    private static int bin(double x) {
        return (int) Math.max(0, Math.min(BINS - 1.0, Math.floor((x - FROM) / BIN)));
    }

    @Override
    public void add(TimeQuantiles other) {
        events += other.events;
        for (int i = 0; i < counts.length; i++) {
            for (int b = 0; b < BINS; b++) {
                counts[i][b] += other.counts[i][b];
            }
        }
    }

    /**
     * Lower edges of all bins but the first; what lies on an edge is above it. Fewer edges where many values are the same.
     *
     * @param variable a board's TOT, or the number of boards for the particle's time
     */
    double[] edges(int variable) {
        int bins = (int) Math.max(1, Math.min(MOST_BINS, events / EVENTS_A_BIN));
        double[] edges = new double[bins];
        int found = 0;
        long below = 0;
        int next = 1;
        for (int b = 0; b < BINS && next < bins; b++) {
            boolean isEdge = false;
            while (next < bins && below + counts[variable][b] > (double) next * events / bins) {
                isEdge = true; // the value with this rank lies in this bin
                next++;
            }
            if (isEdge && below > 0) {
                edges[found++] = FROM + b * BIN;
            }
            below += counts[variable][b];
        }
        return Arrays.copyOf(edges, found);
    }

    /** First and last value, to a bin. */
    double[] range(int variable) {
        int first = 0;
        int last = BINS - 1;
        while (first < last && counts[variable][first] == 0) {
            first++;
        }
        while (last > first && counts[variable][last] == 0) {
            last--;
        }
        return new double[] {FROM + first * BIN, FROM + (last + 1) * BIN};
    }
}
