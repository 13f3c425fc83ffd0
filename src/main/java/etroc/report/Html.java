package etroc.report;

import etroc.store.Table;
import java.util.List;
import java.util.Locale;
import org.apache.commons.text.StringEscapeUtils;
import org.jspecify.annotations.Nullable;

/** Text and tables as HTML. Everything that is not markup of this package goes through {@link #text}. */
final class Html {
    private Html() {}

    /** A text that may hold anything. */
    static String text(@Nullable Object value) {
        return value == null ? "" : StringEscapeUtils.escapeXml10(value.toString());
    }

    /** A table with its columns' names as header; numbers to the right. */
    static String table(Table table) {
        StringBuilder html = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
        List<Table.Column> columns = table.columns();
        columns.forEach(c ->
                html.append("<th>").append(text(c.name().replace('_', ' '))).append("</th>"));
        html.append("</tr></thead><tbody>");
        for (@Nullable Object[] row : table.rows()) {
            html.append("<tr>");
            for (int i = 0; i < row.length; i++) {
                String css = columns.get(i).type() == Table.Type.TEXT ? "" : " class=\"number\"";
                html.append("<td")
                        .append(css)
                        .append('>')
                        .append(text(cell(row[i])))
                        .append("</td>");
            }
            html.append("</tr>");
        }
        return html.append("</tbody></table></div>").toString();
    }

    private static @Nullable Object cell(@Nullable Object value) {
        return value instanceof Double number ? String.format(Locale.ROOT, "%.6g", number) : value;
    }
}
