package etroc.telescope.walk;

import etroc.fits.GaussianCore;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The cut on what a joint correction leaves: events whose corrected times lie so many core widths from the core of a pair. As SQL for the events
 * that are written and as a condition for the passes over their times; both keep the same events.
 *
 * @param corrected times after the correction
 * @param centres mean of the core of u_i - u_j of each pair (i, next i) [ns]
 * @param limits largest distance from it [ns]; infinite where the pair has no core
 */
public record ResidualCut(WalkState corrected, double[] centres, double[] limits) implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * The cut at some core widths.
     *
     * @param cores of the pairs (i, next i) of the corrected times
     * @param widths how many core widths are allowed
     */
    public static ResidualCut of(WalkState corrected, GaussianCore[] cores, double widths) {
        double[] limits = new double[cores.length == 2 ? 1 : cores.length];
        double[] centres = new double[limits.length];
        for (int i = 0; i < limits.length; i++) {
            centres[i] = cores[i].converged() ? cores[i].mean() : 0;
            limits[i] = cores[i].converged() ? widths * cores[i].width() : Double.POSITIVE_INFINITY;
        }
        return new ResidualCut(corrected, centres, limits);
    }

    /** Whether an event with these times [ns] is kept. */
    public boolean keeps(double[] toa, double[] tot) {
        for (int i = 0; i < limits.length; i++) {
            int next = (i + 1) % toa.length;
            double difference = corrected.time(i, toa, tot) - corrected.time(next, toa, tot);
            if (Math.abs(difference - centres[i]) > limits[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether it keeps every event. */
    public boolean isEmpty() {
        return Arrays.stream(limits).allMatch(Double::isInfinite);
    }

    /**
     * SQL that keeps an event; one without a time of every board is not kept.
     *
     * @param delays columns of the boards' delays in the event's run; empty: none
     */
    public String sql(List<Integer> boards, List<String> delays) {
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < limits.length; i++) {
            if (Double.isFinite(limits[i])) {
                conditions.add("abs(" + time(boards, delays, i) + " - " + time(boards, delays, (i + 1) % boards.size())
                        + " - " + centres[i] + "D) <= " + limits[i] + "D");
            }
        }
        return conditions.isEmpty() ? "true" : "coalesce(" + String.join(" AND ", conditions) + ", false)";
    }

    private String time(List<Integer> boards, List<String> delays, int board) {
        String delay = delays.isEmpty() ? "" : delays.get(board);
        return "("
                + TimeWalk.correctedTime(
                        boards.get(board), delay, corrected.polynomials().get(board)) + ")";
    }
}
