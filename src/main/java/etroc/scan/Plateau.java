package etroc.scan;

import etroc.About;
import java.util.Arrays;
import org.apache.commons.math3.stat.StatUtils;

/** Where every pulse is seen and no noise. One that was found from the data also lies beyond the noise bump. */
public record Plateau(
        @About(value = "hits of a settled curve", name = "plateau")
        double hits,

        @About(value = "scatter of the counts near it, at least its square root [hits]", name = "plateau_spread")
        double spread,

        @About(value = "largest distance of a settled point from the plateau [hits]", name = "plateau_window")
        double window,

        @About("largest distance of a settled point from the rolling mean [hits]")
        double flatness,

        @About(value = "1: found from the data", name = "plateau_is_automatic")
        boolean found) {
    private static final double WINDOW = 1.5;
    private static final double FLATNESS = 1.2;
    /** A point of the noise bump lies so many spreads above the plateau. */
    private static final double BUMP = 4;
    /** Counts so near to the plateau, as a fraction of it, are of the plateau. */
    private static final double NEAR = 0.25;
    /** Pulses that differ from run to run scatter more than this many square roots. */
    private static final double WIDE = 1.3;

    /**
     * The plateau of one pixel.
     *
     * @param counts hits of all points of all its curves; zeros are left out
     * @return with {@code hits} NaN if there are no counts and none is given
     */
    public static Plateau of(double[] counts, NoiseOptions options) {
        double[] sorted = Arrays.stream(counts).filter(c -> c > 0).sorted().toArray();
        boolean found = options.plateau() == null;
        double center = options.plateau() == null ? mostCommon(sorted) : options.plateau();
        double first = center;
        double[] near = Arrays.stream(sorted)
                .filter(c -> Math.abs(c - first) <= NEAR * first)
                .toArray();
        double spread = Math.max(Math.sqrt(center), Spread.of(near));
        if (found && spread > WIDE * Math.sqrt(center)) {
            center = StatUtils.percentile(near, 50);
        }
        return new Plateau(
                center,
                spread,
                options.window() != null ? options.window() : WINDOW * spread,
                options.flatness() != null ? options.flatness() : FLATNESS * spread,
                found);
    }

    /**
     * Median of the counts around the one with the largest product of itself and the others within its square root; of equals the smallest.
     * Without that factor the long tail of a noise bump, many small counts, would win.
     */
    static double mostCommon(double[] sorted) {
        double best = -1;
        int bestFrom = 0;
        int bestTo = 0;
        int from = 0;
        int to = 0;
        for (double count : sorted) {
            double reach = Math.sqrt(count);
            while (sorted[from] < count - reach) {
                from++;
            }
            while (to < sorted.length && sorted[to] <= count + reach) {
                to++;
            }
            double weight = count * (to - from - 1);
            if (weight > best) {
                best = weight;
                bestFrom = from;
                bestTo = to;
            }
        }
        return sorted.length == 0 ? Double.NaN : StatUtils.percentile(Arrays.copyOfRange(sorted, bestFrom, bestTo), 50);
    }

    /**
     * Index of the first settled point of a curve, or -1.
     *
     * @param hits by ascending threshold
     * @param rollingMean points of the centred mean, odd
     */
    public int firstSettled(double[] hits, int rollingMean) {
        int half = (rollingMean - 1) / 2;
        int first = found ? Curve.lastAtLeast(hits, bump()) + 1 : 0;
        for (int i = Math.max(half, first); i < hits.length - half; i++) {
            double mean = StatUtils.mean(hits, i - half, rollingMean);
            if (Math.abs(mean - hits[i]) < flatness && Math.abs(hits[i] - this.hits) < window) {
                return i;
            }
        }
        return -1;
    }

    /** From so many hits on a count is too large for pulses alone. */
    double bump() {
        return hits + BUMP * spread;
    }
}
