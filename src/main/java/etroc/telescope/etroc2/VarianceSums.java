package etroc.telescope.etroc2;

import etroc.telescope.etroc2.TrackBootstrap.Part;
import etroc.telescope.etroc2.TrackResult.Step;
import java.io.Serializable;
import org.apache.commons.math3.stat.StatUtils;

/** Variances of a board's tracks, weighted with their events: sums of the data and of each replica, by part of the events and step. */
public final class VarianceSums implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int PARTS = Part.values().length;
    private static final int STEPS = Step.values().length;

    private final int[][] tracks = new int[PARTS][STEPS];
    private final long[][] events = new long[PARTS][STEPS];
    private final double[][] sum = new double[PARTS][STEPS];
    private final double[][] bins2 = new double[PARTS][STEPS];
    private final double[][][] replicas;
    /** By part and step: of 1, the variance and its square, over the square of the variance's uncertainty. */
    private final double[][][] chi = new double[PARTS][STEPS][3];

    VarianceSums(int replicas) {
        this.replicas = new double[PARTS][STEPS][replicas];
    }

    /** Adds a board of a track, in the steps and parts in which it has a variance. */
    void add(TrackResult track, int board) {
        for (int p = 0; p < PARTS; p++) {
            for (int s = 0; s < STEPS; s++) {
                double variance = track.variances()[p][s][board];
                long n = track.ofPart()[p];
                if (n < TrackBootstrap.FEWEST || Double.isNaN(variance)) {
                    continue;
                }
                double[] own = track.replicas()[p][s][board];
                tracks[p][s]++;
                events[p][s] += n;
                sum[p][s] += n * variance;
                bins2[p][s] += n * track.bins2()[board];
                for (int r = 0; r < own.length; r++) {
                    replicas[p][s][r] += n * own[r];
                }
                double weight = 1 / StatUtils.variance(own);
                chi[p][s][0] += weight;
                chi[p][s][1] += weight * variance;
                chi[p][s][2] += weight * variance * variance;
            }
        }
    }

    void add(VarianceSums other) {
        for (int p = 0; p < PARTS; p++) {
            for (int s = 0; s < STEPS; s++) {
                tracks[p][s] += other.tracks[p][s];
                events[p][s] += other.events[p][s];
                sum[p][s] += other.sum[p][s];
                bins2[p][s] += other.bins2[p][s];
                for (int r = 0; r < replicas[p][s].length; r++) {
                    replicas[p][s][r] += other.replicas[p][s][r];
                }
                for (int i = 0; i < chi[p][s].length; i++) {
                    chi[p][s][i] += other.chi[p][s][i];
                }
            }
        }
    }

    /**
     * The mean over tracks.
     *
     * @param value variance [ns^2]; NaN without tracks
     * @param replicas of it [ns^2]
     * @param bin2 mean square of the TDC bins [ns^2]
     * @param chi2 of the tracks' variances about it
     */
    record Mean(int tracks, long events, double value, double[] replicas, double bin2, double chi2) {
        boolean exists() {
            return tracks > 0;
        }

        double sigma() {
            return value > 0 ? Math.sqrt(value) : Double.NaN;
        }

        double unc() {
            return replicas.length > 1 ? Math.sqrt(StatUtils.variance(replicas)) : Double.NaN;
        }

        /** Square root of a percentile of the replicas, 0 where that is negative. */
        double root(double percent) {
            return replicas.length > 1 && !Double.isNaN(unc())
                    ? Math.sqrt(Math.max(0, StatUtils.percentile(replicas, percent)))
                    : Double.NaN;
        }
    }

    Mean mean(Part part, Step step) {
        int p = part.ordinal();
        int s = step.ordinal();
        double[] own = new double[tracks[p][s] == 0 ? 0 : replicas[p][s].length];
        for (int r = 0; r < own.length; r++) {
            own[r] = replicas[p][s][r] / events[p][s];
        }
        double value = sum[p][s] / events[p][s];
        double[] c = chi[p][s];
        double chi2 = Math.max(0, c[2] - 2 * value * c[1] + value * value * c[0]);
        return new Mean(tracks[p][s], events[p][s], value, own, bins2[p][s] / events[p][s], chi2);
    }
}
