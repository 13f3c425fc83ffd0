package etroc.telescope.walk;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * Delays of the boards in each run, relative to their means over all events: what a joint fit with constants of its own for every run finds.
 * Over the boards of a run they sum to 0, over the events of a board too.
 *
 * @param ofRuns by run index
 */
public record RunDelays(Map<Integer, Delay> ofRuns) {
    public static final RunDelays NONE = new RunDelays(Map.of());

    public RunDelays {
        ofRuns = new TreeMap<>(ofRuns);
    }

    /**
     * Delays in one run.
     *
     * @param events of the run in the fit
     * @param value of each board [ns]
     * @param unc their uncertainties [ns]
     */
    public record Delay(long events, double[] value, double[] unc) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** By run index and board [ns], 0 for a run without events in the fit; empty where there are none. */
    public double[][] values(int runs, int boards) {
        double[][] values = new double[ofRuns.isEmpty() ? 0 : runs][boards];
        ofRuns.forEach((run, delay) -> values[run] = delay.value());
        return values;
    }
}
