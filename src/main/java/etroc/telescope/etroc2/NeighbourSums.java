package etroc.telescope.etroc2;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sums over the pixels of a board for one direction. */
final class NeighbourSums {
    private long events;
    private long found;
    private long timed;
    private double dtoa;
    private double dtoaSquares;
    /** By neighbour: events that ask for it, chance of a hit there, and of how many events that is known. */
    private final Map<Integer, double[]> asked = new TreeMap<>();

    /**
     * Adds the events with a hit at one predicted place.
     *
     * @param chance of a hit at the neighbour, and of how many events
     */
    void add(long n, double[] chance, int neighbour) {
        events += n;
        asked.computeIfAbsent(neighbour, q -> new double[] {0, chance[0], chance[1]})[0] += n;
    }

    /**
     * Adds the events that have a hit at the neighbour too.
     *
     * @param s their number; sums of the TOA codes of the predicted pixel p and of the neighbour q; of p*p, q*q, p*q
     */
    void add(long[] s, @Nullable Pixel predicted, @Nullable Pixel neighbour) {
        found += s[0];
        if (s[0] > 0 && predicted != null && neighbour != null && predicted.calibrated() && neighbour.calibrated()) {
            double p = predicted.fbinNs();
            double q = neighbour.fbinNs();
            timed += s[0];
            // TOA is 12.5 ns minus code times bin
            dtoa += p * s[1] - q * s[2];
            dtoaSquares += p * p * s[3] + q * q * s[4] - 2 * p * q * s[5];
        }
    }

    /** Binomial variance of a fraction; of none or all, that of one more or less, so that few events do not look certain. */
    private static double variance(double fraction, double of) {
        double some = Math.min(Math.max(fraction, 1 / (of + 1)), of / (of + 1));
        return some * (1 - some) / of;
    }

    Neighbour row(int board, String tot, int from, int to, int rows, int columns) {
        double fraction = (double) found / events;
        double expected = 0;
        double variance = variance(fraction, (double) events);
        for (double[] q : asked.values()) {
            double weight = q[0] / events;
            expected += weight * q[1];
            variance += weight * weight * variance(q[1], q[2]);
        }
        boolean none = events == 0;
        return new Neighbour(
                board,
                tot,
                none ? null : Integer.valueOf(from),
                none ? null : Integer.valueOf(to),
                rows,
                columns,
                events,
                found,
                none ? Double.NaN : fraction,
                none ? Double.NaN : expected,
                none ? Double.NaN : fraction - expected,
                none ? Double.NaN : Math.sqrt(variance),
                timed,
                timed == 0 ? Double.NaN : dtoa / timed,
                timed < 2 ? Double.NaN : Math.sqrt(Math.max(0, (dtoaSquares - dtoa * dtoa / timed) / (timed - 1))),
                none ? "no event with a hit at the prediction and another 3 pixels away from it" : "");
    }
}
