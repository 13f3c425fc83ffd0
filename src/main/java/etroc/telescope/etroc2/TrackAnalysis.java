package etroc.telescope.etroc2;

import etroc.telescope.etroc2.TrackResult.Step;
import etroc.telescope.resolution.Draws;
import etroc.telescope.resolution.PairAxis;
import etroc.telescope.walk.JointWalkFit;
import etroc.telescope.walk.JointWalkSums;
import etroc.telescope.walk.TotMoments;
import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * From the codes of a track's events to the variances of its boards.
 *
 * @param reference place of the board whose TOA window is cut
 * @param toaFirst first TOA code of that window
 * @param toaLast last TOA code of it
 * @param correlation scaled median deviations; null: no cut
 * @param draws of the bootstrap
 */
record TrackAnalysis(
        int reference, int toaFirst, int toaLast, @Nullable Double correlation, Draws draws) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int FEWEST = 30;
    private static final int DEGREE = 2;
    /** Where TOA codes count back from [ns]. */
    private static final double TOA_ORIGIN_NS = 12.5;

    private static final int TOT_FINE = 32;

    /**
     * Of a track.
     *
     * @param toa codes by board and event
     * @param tot the same
     * @param fbin width of a TDC bin of each board's pixel [ns]
     * @param keys of the events, the same in whatever order they come
     */
    TrackResult of(int track, double[][] toa, double[][] tot, double[] fbin, long[] keys) {
        boolean[] inWindows = TrackCuts.inWindows(toa, tot, reference, toaFirst, toaLast);
        double[][] toaInside = kept(toa, inWindows);
        double[][] totInside = kept(tot, inWindows);
        int afterWindows = toaInside[0].length;
        boolean[] near = TrackCuts.correlated(toaInside, correlation);
        double[][] times = kept(toaInside, near);
        double[][] widths = kept(totInside, near);
        int n = times[0].length;
        if (n < FEWEST) {
            return TrackResult.none(track, afterWindows, n, "only " + n + " events after the cuts");
        }
        toTimes(times, widths, fbin);
        JointWalkFit fit = walk(times, widths);
        double factor = fit.freedom().factor(times.length, n);
        if (!fit.polynomials().get(0).exists() || !Double.isFinite(factor)) {
            return TrackResult.none(
                    track, afterWindows, n, fit.polynomials().get(0).remark());
        }
        double[][] corrected = new double[times.length][n];
        for (int b = 0; b < times.length; b++) {
            for (int e = 0; e < n; e++) {
                corrected[b][e] = times[b][e] + fit.polynomials().get(b).at(widths[b][e]);
            }
        }
        return widths(track, afterWindows, times, corrected, factor, weights(keys, inWindows, near, n));
    }

    private static double[][] kept(double[][] values, boolean[] stays) {
        return Arrays.stream(values).map(v -> TrackCuts.kept(v, stays)).toArray(double[][]::new);
    }

    private static void toTimes(double[][] toa, double[][] tot, double[] fbin) {
        for (int b = 0; b < toa.length; b++) {
            for (int e = 0; e < toa[b].length; e++) {
                toa[b][e] = TOA_ORIGIN_NS - toa[b][e] * fbin[b];
                tot[b][e] = (2 * tot[b][e] - Math.floor(tot[b][e] / TOT_FINE)) * fbin[b];
            }
        }
    }

    private static JointWalkFit walk(double[][] toa, double[][] tot) {
        TotMoments moments = new TotMoments(toa.length);
        each(toa, tot, moments::add);
        JointWalkSums sums = new JointWalkSums(moments, DEGREE, false);
        each(toa, tot, sums::add);
        double[] unknown = new double[toa.length];
        Arrays.fill(unknown, Double.NaN);
        return sums.solve(unknown);
    }

    /** Takes TOA and TOT of an event. */
    private interface Taker {
        void take(double[] toa, double[] tot);
    }

    private static void each(double[][] toa, double[][] tot, Taker taker) {
        double[] times = new double[toa.length];
        double[] widths = new double[toa.length];
        for (int e = 0; e < toa[0].length; e++) {
            for (int b = 0; b < toa.length; b++) {
                times[b] = toa[b][e];
                widths[b] = tot[b][e];
            }
            taker.take(times, widths);
        }
    }

    /** How often each event that stays counts, by replica; in the last row once. */
    private int[][] weights(long[] keys, boolean[] inWindows, boolean[] near, int n) {
        int[][] weights = new int[draws.columns()][n];
        int[] own = new int[draws.columns()];
        int inside = 0;
        int event = 0;
        for (int e = 0; e < keys.length; e++) {
            if (inWindows[e] && near[inside++]) {
                draws.draw(keys[e], own);
                for (int r = 0; r < own.length; r++) {
                    weights[r][event] = own[r];
                }
                event++;
            }
        }
        return weights;
    }

    private TrackResult widths(
            int track, int afterWindows, double[][] times, double[][] corrected, double factor, int[][] weights) {
        int boards = times.length;
        double[][][][] pairs = new double[weights.length][Step.values().length][boards][boards];
        for (int a = 0; a < boards; a++) {
            for (int b = a + 1; b < boards; b++) {
                double[] raw = PairVariances.differences(times[a], times[b]);
                double[] walk = PairVariances.differences(corrected[a], corrected[b]);
                PairAxis coarse = PairVariances.axis(walk, PairAxis.FINE);
                for (int r = 0; r < weights.length; r++) {
                    double[] own = {
                        PairVariances.weighted(raw, weights[r]),
                        factor * PairVariances.weighted(walk, weights[r]),
                        factor
                                * (r == draws.replicas()
                                        ? PairVariances.core(walk)
                                        : PairVariances.core(walk, weights[r], coarse))
                    };
                    for (int s = 0; s < own.length; s++) {
                        pairs[r][s][a][b] = own[s];
                        pairs[r][s][b][a] = own[s];
                    }
                }
            }
        }
        double[][][] replicas = new double[Step.values().length][boards][draws.replicas()];
        double[][] variances = new double[Step.values().length][];
        for (int s = 0; s < variances.length; s++) {
            for (int r = 0; r < draws.replicas(); r++) {
                double[] own = PairVariances.ofBoards(pairs[r][s]);
                for (int b = 0; b < boards; b++) {
                    replicas[s][b][r] = own[b];
                }
            }
            variances[s] = PairVariances.ofBoards(pairs[draws.replicas()][s]);
        }
        return new TrackResult(track, afterWindows, times[0].length, pairs[draws.replicas()], variances, replicas, "");
    }
}
