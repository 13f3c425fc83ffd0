package etroc.cuts;

import java.util.Locale;

/**
 * One cut as SQL.
 *
 * @param row number in its table, from 0 over all rows
 * @param output name of the step that it marks, or empty
 * @param text how the user wrote it
 * @param sql boolean expression over the columns of the stage; never null for a row
 */
public record Cut(int row, String output, String text, String sql) {
    /** For {@code --dry-run}: what the user wrote, and what is done. */
    public String line(String what) {
        return String.format(Locale.ROOT, "%-11s%s  ->  %s%n", what, text, sql);
    }
}
