package etroc.telescope.etroc2;

import java.io.Serializable;

/**
 * What the events of a track say. Arrays are by {@link Step}, then by board.
 *
 * @param track its number in the set
 * @param afterWindows events in all windows
 * @param afterCorrelation of those, events near the lines
 * @param pairs variances of time differences by step and pair of boards [ns^2]
 * @param variances of the boards by step [ns^2]
 * @param replicas the same of the bootstrap, by step, board and replica [ns^2]
 * @param remark why there is nothing, or empty
 */
public record TrackResult(
        int track,
        long afterWindows,
        long afterCorrelation,
        double[][][] pairs,
        double[][] variances,
        double[][][] replicas,
        String remark)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Standard deviations before and after the time-walk correction, and Gaussian cores after it. */
    public enum Step {
        RAW,
        WALK,
        CORE
    }

    static TrackResult none(int track, long afterWindows, long afterCorrelation, String remark) {
        return new TrackResult(
                track, afterWindows, afterCorrelation, new double[0][][], new double[0][], new double[0][][], remark);
    }
}
