package etroc.telescope;

/**
 * A named row of the time cuts.
 *
 * @param order its row; for the last one the number of rows
 */
record Step(int order, String name) {}
