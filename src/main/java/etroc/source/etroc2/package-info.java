/**
 * The Spark data source {@code etroc2}. In: files of frames, binary or text. Out: columnar batches of hits or frames, and what was counted.
 */
@org.jspecify.annotations.NullMarked
package etroc.source.etroc2;
