package etroc.store;

import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Tables as text: aligned for the terminal, or CSV. */
public final class TableText {
    private static final int MAX_WIDTH = 60;
    /** What formulas begin with. */
    private static final String FORMULA = "=+-@\t\r";

    private TableText() {}

    /**
     * Aligned columns with a line under the heading; numbers to the right, at most {@code maxRows} rows. Long cells are cut, but not those of the
     * last column: remarks stand there.
     */
    public static String aligned(Table table, int maxRows) {
        List<List<String>> lines = new ArrayList<>(List.of(table.names()));
        table.first(maxRows)
                .rows()
                .forEach(r -> lines.add(IntStream.range(0, r.length)
                        .mapToObj(i -> cell(r[i], i == r.length - 1))
                        .toList()));
        int[] widths = IntStream.range(0, table.columns().size())
                .map(i -> lines.stream().mapToInt(l -> l.get(i).length()).max().orElse(0))
                .toArray();
        lines.add(
                1,
                Arrays.stream(widths)
                        .mapToObj(w -> "-".repeat(Math.min(w, MAX_WIDTH)))
                        .toList());
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder cells = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                boolean left = table.columns().get(i).type() == Table.Type.TEXT;
                cells.append(String.format(Locale.ROOT, "%" + (left ? "-" : "") + widths[i] + "s  ", line.get(i)));
            }
            text.append(cells.toString().stripTrailing()).append('\n');
        }
        int more = table.rows().size() - maxRows;
        return text + (more > 0 ? "... " + more + " more rows\n" : "");
    }

    private static String cell(@Nullable Object value, boolean isWhole) {
        if (value == null) {
            return "-";
        }
        String text = value.toString();
        if (value instanceof Double d) {
            boolean whole = d == Math.rint(d) && Math.abs(d) < 1e7;
            text = String.format(Locale.ROOT, whole ? "%.1f" : "%.5g", d);
        }
        return text.length() > MAX_WIDTH && !isWhole ? text.substring(0, MAX_WIDTH - 1) + "…" : text;
    }

    /** CSV with a header line; missing values are empty, texts quoted where they need it, and none is a formula. */
    public static String csv(Table table) {
        CsvWriterSettings settings = new CsvWriterSettings();
        settings.getFormat().setLineSeparator("\n");
        settings.getFormat().setComment('\0');
        settings.setQuoteEscapingEnabled(true);
        settings.trimValues(false);
        StringWriter text = new StringWriter();
        CsvWriter writer = new CsvWriter(text, settings);
        writer.writeHeaders(table.names());
        table.rows()
                .forEach(r -> writer.writeRow(
                        Arrays.stream(r).map(TableText::harmless).toArray()));
        writer.close();
        return text.toString();
    }

    /** A text that spreadsheets would take for a formula gets an apostrophe before it, which they do not show. */
    private static @Nullable Object harmless(@Nullable Object value) {
        return value instanceof String text && !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0
                ? "'" + text
                : value;
    }
}
