package etroc.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Something in a section of a page that is no figure. */
public sealed interface Block {
    /** A paragraph. */
    record Text(String paragraph) implements Block {}

    /**
     * Lines and columns.
     *
     * @param caption if there is one, the grid is folded under it; empty: it is in sight
     */
    record Grid(String caption, List<String> head, List<List<Cell>> rows) implements Block {
        /** A grid in sight. */
        public static Grid of(List<String> head, List<@Nullable Object[]> rows) {
            return folded("", head, rows);
        }

        /** A grid under a caption; {@code _} in its head is drawn as a blank. Cells: texts, whole numbers, doubles, {@link Cell}s or null. */
        public static Grid folded(String caption, List<String> head, List<@Nullable Object[]> rows) {
            List<List<Cell>> cells = new ArrayList<>();
            rows.forEach(r -> cells.add(Arrays.stream(r).map(Cell::of).toList()));
            return new Grid(caption, head.stream().map(h -> h.replace('_', ' ')).toList(), cells);
        }

        /** For the template, which asks each block for what it is. */
        Grid grid() {
            return this;
        }
    }

    /**
     * A cell of a grid.
     *
     * @param number stands to the right
     * @param link what it leads to; empty: nothing
     */
    record Cell(String text, boolean number, String link) {
        static Cell of(@Nullable Object value) {
            if (value instanceof Cell cell) {
                return cell;
            }
            String text = value instanceof Double d ? String.format(Locale.ROOT, "%.6g", d) : String.valueOf(value);
            return new Cell(value == null ? "" : text, value instanceof Number, "");
        }
    }
}
