package etroc.cuts;

import java.util.List;
import java.util.stream.Collectors;

/** How many events each cut lets through: alone, after all before it, and all but it. {@link CutCounts} counts them, all in one pass. */
public final class Cutflow {
    private Cutflow() {}

    /**
     * One line of a cutflow.
     *
     * @param all events before any cut
     * @param alone events that pass this cut
     * @param cumulative events that pass this cut and all before it
     * @param allOthers events that pass all cuts but this one (N-1)
     */
    public record Line(Cut cut, long all, long alone, long cumulative, long allOthers) {}

    /** SQL of all cuts together. */
    public static String all(List<Cut> cuts) {
        return cuts.isEmpty()
                ? "true"
                : cuts.stream().map(c -> "(" + c.sql() + ")").collect(Collectors.joining(" AND "));
    }
}
