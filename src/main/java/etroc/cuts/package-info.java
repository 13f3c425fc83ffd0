/**
 * Cuts. In: CSV tables in the two layouts of the old scripts, or SQL expressions from the settings, read once ({@link etroc.cuts.Cuts}). They are
 * checked against the columns and types of their stage before any job runs, and become SQL that is true or false for every row. Out: that SQL,
 * one column that says which cuts a row fails, and the cutflow from counts by that column.
 */
@org.jspecify.annotations.NullMarked
package etroc.cuts;
