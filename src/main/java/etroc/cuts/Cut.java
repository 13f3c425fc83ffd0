package etroc.cuts;

/**
 * One cut as SQL.
 *
 * @param row number in its table, from 0 over all rows
 * @param output name of the step that it marks, or empty
 * @param text how the user wrote it
 * @param sql boolean expression over the columns of the stage; never null for a row
 */
public record Cut(int row, String output, String text, String sql) {}
