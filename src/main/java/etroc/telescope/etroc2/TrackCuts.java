package etroc.telescope.etroc2;

import java.util.Arrays;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.jspecify.annotations.Nullable;

/** Which events of a track stay: windows of TOT and TOA, and the correlation of the boards' TOA. Codes are by board and event. */
final class TrackCuts {
    /** Standard deviations of a normal distribution in a median absolute deviation. */
    private static final double NORMAL = 1.4826;

    private static final double TOT_REACH = 5;
    private static final double TOT_WIDTHS = 3;
    private static final int TOT_ROUNDS = 10;

    private TrackCuts() {}

    /** First and last TOT code of a board's window. */
    static double[] totWindow(double[] codes) {
        double median = StatUtils.percentile(codes, 50);
        double reach = TOT_REACH * NORMAL * deviation(codes, median);
        double[] kept =
                Arrays.stream(codes).filter(c -> Math.abs(c - median) < reach).toArray();
        for (int i = 0; i < TOT_ROUNDS && kept.length > 0; i++) {
            double mean = StatUtils.mean(kept);
            double widths = TOT_WIDTHS * Math.sqrt(StatUtils.populationVariance(kept));
            double[] next = Arrays.stream(kept)
                    .filter(c -> c >= mean - widths && c <= mean + widths)
                    .toArray();
            boolean settled = next.length == kept.length;
            kept = next;
            if (settled) {
                break;
            }
        }
        double[] window = kept.length > 0 ? kept : codes;
        return new double[] {StatUtils.min(window), StatUtils.max(window)};
    }

    private static double deviation(double[] values, double median) {
        return StatUtils.percentile(
                Arrays.stream(values).map(v -> Math.abs(v - median)).toArray(), 50);
    }

    /** Events in all windows. */
    static boolean[] inWindows(double[][] toa, double[][] tot, int reference, double first, double last) {
        boolean[] stays = new boolean[toa[0].length];
        Arrays.fill(stays, true);
        for (int b = 0; b < tot.length; b++) {
            double[] window = totWindow(tot[b]);
            for (int e = 0; e < stays.length; e++) {
                stays[e] &= tot[b][e] >= window[0] && tot[b][e] <= window[1];
            }
        }
        for (int e = 0; e < stays.length; e++) {
            stays[e] &= toa[reference][e] >= first && toa[reference][e] <= last;
        }
        return stays;
    }

    /** Events near the line of every pair of boards; all lines are of the same events. */
    static boolean[] correlated(double[][] toa, @Nullable Double widths) {
        boolean[] stays = new boolean[toa[0].length];
        Arrays.fill(stays, true);
        for (int a = 0; a < toa.length && widths != null && stays.length > 1; a++) {
            for (int b = a + 1; b < toa.length; b++) {
                cut(stays, distances(toa[a], toa[b]), widths);
            }
        }
        return stays;
    }

    private static void cut(boolean[] stays, double[] distances, double widths) {
        double median = StatUtils.percentile(distances, 50);
        double limit = widths * NORMAL * deviation(distances, median);
        for (int e = 0; e < stays.length; e++) {
            stays[e] &= !(limit > 0) || Math.abs(distances[e] - median) < limit;
        }
    }

    /** Signed distances from the least-squares line of y on x, perpendicular to it. */
    private static double[] distances(double[] x, double[] y) {
        SimpleRegression line = new SimpleRegression();
        for (int e = 0; e < x.length; e++) {
            line.addData(x[e], y[e]);
        }
        double[] distances = new double[x.length];
        for (int e = 0; e < x.length; e++) {
            distances[e] = (y[e] - line.predict(x[e])) / Math.hypot(1, line.getSlope());
        }
        return distances;
    }

    /** The values of events that stay. */
    static double[] kept(double[] values, boolean[] stays) {
        double[] kept = new double[values.length];
        int n = 0;
        for (int e = 0; e < values.length; e++) {
            if (stays[e]) {
                kept[n++] = values[e];
            }
        }
        return Arrays.copyOf(kept, n);
    }
}
