/**
 * Cuts. In: CSV tables in the two layouts of the old scripts, or SQL expressions from the settings; all are checked before any job runs.
 * Out: SQL expressions over the columns of a stage, and the cutflow from one aggregation.
 */
@org.jspecify.annotations.NullMarked
package etroc.cuts;
