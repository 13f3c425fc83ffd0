/**
 * A drawing kit. In: figures of series, and sections of paragraphs and grids. Out: a page that opens without a network, and each figure as files.
 * Knows no table.
 */
@org.jspecify.annotations.NullMarked
package etroc.report;
