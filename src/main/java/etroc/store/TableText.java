package etroc.store;

import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tables as text: aligned for the terminal, or CSV. */
public final class TableText {
    private static final int MAX_WIDTH = 60;

    private TableText() {}

    /** Aligned columns with a line under the heading; numbers to the right, at most {@code maxRows} rows. */
    public static String aligned(Table table, int maxRows) {
        List<List<String>> rows = table.rows().stream()
                .limit(maxRows)
                .map(r -> java.util.Arrays.stream(r).map(TableText::cell).toList())
                .toList();
        int n = table.columns().size();
        int[] widths = new int[n];
        for (int i = 0; i < n; i++) {
            int column = i;
            widths[i] = Math.min(
                    MAX_WIDTH,
                    Math.max(
                            table.columns().get(i).name().length(),
                            rows.stream()
                                    .mapToInt(r -> r.get(column).length())
                                    .max()
                                    .orElse(0)));
        }
        StringBuilder text = new StringBuilder();
        line(text, table, widths, table.names());
        line(
                text,
                table,
                widths,
                java.util.Arrays.stream(widths).mapToObj("-"::repeat).toList());
        rows.forEach(r -> line(text, table, widths, r));
        if (table.rows().size() > maxRows) {
            text.append("... ").append(table.rows().size() - maxRows).append(" more rows\n");
        }
        return text.toString();
    }

    private static void line(StringBuilder text, Table table, int[] widths, List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell =
                    cells.get(i).length() > widths[i] ? cells.get(i).substring(0, widths[i] - 1) + "…" : cells.get(i);
            boolean left = table.columns().get(i).type() == Table.Type.TEXT;
            line.append(i == 0 ? "" : "  ")
                    .append(left ? cell : "")
                    .append(" ".repeat(widths[i] - cell.length()))
                    .append(left ? "" : cell);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "-";
        }
        if (value instanceof Double d) {
            return d == Math.rint(d) && Math.abs(d) < 1e7
                    ? String.format(Locale.ROOT, "%.1f", d)
                    : String.format(Locale.ROOT, "%.5g", d);
        }
        return value.toString();
    }

    /** CSV with a header line; missing values are empty, texts quoted where they need it. */
    public static String csv(Table table) {
        CsvWriterSettings settings = new CsvWriterSettings();
        settings.getFormat().setLineSeparator("\n");
        settings.getFormat().setComment('\0');
        settings.setQuoteEscapingEnabled(true);
        settings.trimValues(false);
        StringWriter text = new StringWriter();
        CsvWriter writer = new CsvWriter(text, settings);
        writer.writeHeaders(table.names());
        writer.writeRowsAndClose(table.rows());
        return text.toString();
    }
}
