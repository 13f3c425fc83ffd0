package etroc.cuts;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The cuts of a stage, checked against its columns and types.
 *
 * <p>A cut on the distance to a fitted line needs that line first: {@link #lines} says which, {@link #cuts(List)} takes what was fitted.
 *
 * @param entries in order
 * @param rows number of rows of their tables, skipped ones too
 */
public record CheckedCuts(List<Entry> entries, int rows) {
    /**
     * A cut, complete or but for a line.
     *
     * @param cut without SQL where it needs a line
     * @param line for a cut on the distance to a fitted line, else null
     * @param limit SQL that follows the distance
     * @param keep what the cut is where a board has no hit
     */
    public record Entry(Cut cut, FittedLine.@Nullable Axes line, String limit, boolean keep) {
        static Entry of(Cut cut) {
            return new Entry(cut, null, "", false);
        }

        private Cut with(FittedLine fitted) {
            String sql = "coalesce(" + fitted.distance() + limit + ", " + keep + ")";
            return new Cut(cut.row(), cut.output(), cut.text(), sql);
        }
    }

    public CheckedCuts {
        entries = List.copyOf(entries);
    }

    /** The lines that have to be fitted first, in order. */
    public List<FittedLine.Axes> lines() {
        return entries.stream()
                .map(Entry::line)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    /** The cuts as SQL, where none needs a line. */
    public List<Cut> cuts() {
        return cuts(List.of());
    }

    /**
     * The cuts as SQL.
     *
     * @param fitted a line for each of {@link #lines}, in order
     * @throws IllegalArgumentException if it is of others
     */
    public List<Cut> cuts(List<FittedLine> fitted) {
        List<FittedLine.Axes> given =
                fitted.stream().map(f -> new FittedLine.Axes(f.x(), f.y())).toList();
        if (!given.equals(lines())) {
            throw new IllegalArgumentException("lines of " + given + " for cuts that need " + lines());
        }
        List<Cut> cuts = new ArrayList<>();
        int next = 0;
        for (Entry e : entries) {
            cuts.add(e.line() == null ? e.cut() : e.with(fitted.get(next++)));
        }
        return cuts;
    }
}
