package etroc.report;

import etroc.store.Table;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.commons.text.StringEscapeUtils;
import org.jspecify.annotations.Nullable;

/** Text and tables as HTML. Everything that is not markup of this package goes through {@link #text}. */
public final class Html {
    private Html() {}

    /** A text that may hold anything. */
    public static String text(@Nullable Object value) {
        return value == null ? "" : StringEscapeUtils.escapeXml10(value.toString());
    }

    /** A table with its columns' names as header; numbers to the right. */
    public static String table(Table table) {
        return table(table, row -> "");
    }

    /**
     * The same with links.
     *
     * @param link what the first cell of a row leads to; empty: nothing
     */
    public static String table(Table table, Function<Table.Row, String> link) {
        List<Table.Row> named = table.byName();
        StringBuilder html = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
        List<Table.Column> columns = table.columns();
        columns.forEach(c ->
                html.append("<th>").append(text(c.name().replace('_', ' '))).append("</th>"));
        html.append("</tr></thead><tbody>");
        for (int r = 0; r < table.rows().size(); r++) {
            @Nullable Object[] row = table.rows().get(r);
            String target = link.apply(named.get(r));
            html.append("<tr>");
            for (int i = 0; i < row.length; i++) {
                String css = columns.get(i).type() == Table.Type.TEXT ? "" : " class=\"number\"";
                html.append("<td").append(css).append('>');
                if (i == 0 && !target.isEmpty()) {
                    html.append("<a href=\"")
                            .append(text(target))
                            .append("\">")
                            .append(text(cell(row[i])))
                            .append("</a>");
                } else {
                    html.append(text(cell(row[i])));
                }
                html.append("</td>");
            }
            html.append("</tr>");
        }
        return html.append("</tbody></table></div>").toString();
    }

    private static @Nullable Object cell(@Nullable Object value) {
        return value instanceof Double number ? String.format(Locale.ROOT, "%.6g", number) : value;
    }
}
