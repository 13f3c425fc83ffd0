package etroc.scan;

import etroc.About;
import java.util.Arrays;
import org.apache.commons.math3.stat.StatUtils;

/** Where every pulse is seen and no noise. One that was found from the data also lies beyond the noise bump. */
public record Plateau(
        @About(value = "hits of a settled curve", name = "plateau")
        double hits,

        @About(value = "largest distance of a settled point from the plateau [hits]", name = "plateau_window")
        double window,

        @About("largest distance of a settled point from the rolling mean [hits]")
        double flatness,

        @About(value = "1: found from the data", name = "plateau_is_automatic")
        boolean found) {
    private static final double WINDOW = 1.5;
    private static final double FLATNESS = 1.2;
    /** A point of the noise bump lies so many square roots above the plateau. */
    private static final double BUMP = 4;

    /**
     * The plateau of one board.
     *
     * @param counts hits of all points of all its curves; zeros are left out
     * @return with {@code hits} NaN if there are no counts and none is given
     */
    public static Plateau of(double[] counts, NoiseOptions options) {
        double hits = options.plateau() != null ? options.plateau() : mostCommon(counts);
        return new Plateau(
                hits,
                options.window() != null ? options.window() : WINDOW * Math.sqrt(hits),
                options.flatness() != null ? options.flatness() : FLATNESS * Math.sqrt(hits),
                options.plateau() == null);
    }

    /** Median of the counts around the one that has the most others within its square root; of equals the smallest. */
    static double mostCommon(double[] counts) {
        double[] sorted = Arrays.stream(counts).filter(c -> c > 0).sorted().toArray();
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
            if (to - from > bestTo - bestFrom) {
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
        int first = found ? lastOfBump(hits) + 1 : 0;
        for (int i = Math.max(half, first); i < hits.length - half; i++) {
            double mean = StatUtils.mean(hits, i - half, rollingMean);
            if (Math.abs(mean - hits[i]) < flatness && Math.abs(hits[i] - this.hits) < window) {
                return i;
            }
        }
        return -1;
    }

    private int lastOfBump(double[] counts) {
        int last = counts.length - 1;
        while (last >= 0 && counts[last] < hits + BUMP * Math.sqrt(hits)) {
            last--;
        }
        return last;
    }
}
