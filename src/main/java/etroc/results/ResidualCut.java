package etroc.results;

import etroc.fits.GaussianCore;
import etroc.fits.Polynomial;
import etroc.times.TimeWalk;
import java.util.ArrayList;
import java.util.List;

/** The cut on what a joint correction leaves: events whose corrected times lie further apart than so many core widths. */
public final class ResidualCut {
    private ResidualCut() {}

    /**
     * SQL that keeps an event.
     *
     * @param cores of the pairs (i, next i) of the corrected times
     * @param widths how many core widths are allowed
     */
    public static String sql(List<Integer> boards, List<Polynomial> polynomials, GaussianCore[] cores, double widths) {
        List<String> conditions = new ArrayList<>();
        int pairs = boards.size() == 2 ? 1 : boards.size();
        for (int i = 0; i < pairs; i++) {
            int next = (i + 1) % boards.size();
            if (cores[i].converged()) {
                conditions.add("abs((" + TimeWalk.correctedTime(boards.get(i), polynomials.get(i)) + ") - ("
                        + TimeWalk.correctedTime(boards.get(next), polynomials.get(next)) + ")) <= "
                        + widths * cores[i].width() + "D");
            }
        }
        return conditions.isEmpty() ? "true" : "coalesce(" + String.join(" AND ", conditions) + ", false)";
    }
}
