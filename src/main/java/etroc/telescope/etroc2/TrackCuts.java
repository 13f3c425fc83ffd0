package etroc.telescope.etroc2;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a track stay: windows of TOT and TOA, and the correlation of the boards' TOA. Codes are by board and event.
 *
 * @param reference place of the board whose TOA window is cut
 * @param toaWindow of it
 * @param totWindows first and last code by place of a board; of the others: found
 * @param correlation scaled median deviations; null: no cut
 */
record TrackCuts(
        int reference,
        ToaWindow toaWindow,
        Map<Integer, List<Integer>> totWindows,
        @Nullable Double correlation) implements Serializable {
    private static final long serialVersionUID = 1L;
    /** Standard deviations of a normal distribution in a median absolute deviation. */
    private static final double NORMAL = 1.4826;

    private static final double TOT_REACH = 5;
    private static final double TOT_WIDTHS = 3;
    private static final int TOT_ROUNDS = 10;

    static TrackCuts of(BoardSet set, Etroc2Settings settings) {
        Map<Integer, List<Integer>> windows = new HashMap<>();
        settings.totWindow().forEach((board, window) -> {
            if (set.boards().contains(board)) {
                windows.put(set.boards().indexOf(board), new ArrayList<>(window));
            }
        });
        return new TrackCuts(
                set.boards().indexOf(set.reference()), settings.toaWindow(), windows, settings.correlation());
    }

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
    boolean[] inWindows(TrackSample sample) {
        boolean[] stays = new boolean[sample.size()];
        Arrays.fill(stays, true);
        for (int b = 0; b < sample.boards(); b++) {
            double[] codes = sample.tot()[b];
            List<Integer> given = totWindows.get(b);
            double[] window = given == null ? totWindow(codes) : new double[] {given.get(0), given.get(1)};
            for (int e = 0; e < stays.length; e++) {
                stays[e] &= codes[e] >= window[0] && codes[e] <= window[1];
            }
        }
        double[] codes = sample.toa()[reference];
        for (int e = 0; e < stays.length; e++) {
            stays[e] &= toaWindow.holds(codes[e], TrackTimes.toaNs(codes[e], sample.bins()[reference][e]));
        }
        return stays;
    }

    /** Events whose TOA on the reference board is in the second half of the window. */
    boolean[] late(TrackSample sample) {
        boolean[] late = new boolean[sample.size()];
        double[] codes = sample.toa()[reference];
        for (int e = 0; e < late.length; e++) {
            late[e] = toaWindow.isLate(codes[e], TrackTimes.toaNs(codes[e], sample.bins()[reference][e]));
        }
        return late;
    }

    /** Events near the line of every pair of boards; all lines are of the same events. */
    boolean[] correlated(TrackSample sample) {
        double[][] toa = sample.toa();
        boolean[] stays = new boolean[sample.size()];
        Arrays.fill(stays, true);
        for (int a = 0; a < toa.length && correlation != null && stays.length > 1; a++) {
            for (int b = a + 1; b < toa.length; b++) {
                cut(stays, distances(toa[a], toa[b]), correlation);
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
