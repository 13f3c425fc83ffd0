package etroc.telescope.etroc2;

import java.io.Serializable;

/**
 * What the events of a track say. Arrays are by {@link Step}, then by board.
 *
 * @param track its number in the set
 * @param afterWindows events in all windows
 * @param afterCorrelation of those, events near the lines
 * @param events of those, events that the residual cut keeps: all that follows is of these
 * @param pairs variances of time differences by step and pair of boards [ns^2]
 * @param pairUncs their uncertainties [ns^2]
 * @param variances of the boards by part of the events, step and board [ns^2]
 * @param uncs uncertainties of those of all events, by step and board [ns^2]
 * @param replicas variances of the bootstrap, by part, step, board and replica [ns^2]; empty where they are not needed any more
 * @param ofPart events of each part
 * @param bins2 mean square of the TDC bins by board [ns^2]
 * @param remark why there is nothing, or empty
 */
public record TrackResult(
        int track,
        long afterWindows,
        long afterCorrelation,
        long events,
        double[][][] pairs,
        double[][][] pairUncs,
        double[][][] variances,
        double[][] uncs,
        double[][][][] replicas,
        long[] ofPart,
        double[] bins2,
        String remark)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Standard deviations before and after the time-walk correction, and Gaussian cores after it. */
    public enum Step {
        RAW,
        WALK,
        CORE
    }

    static TrackResult none(int track, long[] flow, String remark) {
        return new TrackResult(
                track,
                flow[0],
                flow[1],
                flow[2],
                new double[0][][],
                new double[0][][],
                new double[0][][],
                new double[0][],
                new double[0][][][],
                new long[0],
                new double[0],
                remark);
    }

    /** Variances and replicas of one board, as its first. */
    TrackResult ofBoard(int board) {
        double[][][] own = new double[variances.length][Step.values().length][];
        double[][][][] ownReplicas = new double[variances.length][Step.values().length][][];
        for (int p = 0; p < own.length; p++) {
            for (int s = 0; s < own[p].length; s++) {
                own[p][s] = new double[] {variances[p][s][board]};
                ownReplicas[p][s] = new double[][] {replicas[p][s][board]};
            }
        }
        return new TrackResult(
                track,
                afterWindows,
                afterCorrelation,
                events,
                new double[0][][],
                new double[0][][],
                own,
                new double[0][],
                ownReplicas,
                ofPart,
                new double[] {bins2[board]},
                remark);
    }

    /** Without the replicas, which are some 60 kB. */
    TrackResult light() {
        return new TrackResult(
                track,
                afterWindows,
                afterCorrelation,
                events,
                pairs,
                pairUncs,
                variances,
                uncs,
                new double[0][][][],
                ofPart,
                bins2,
                remark);
    }
}
