/**
 * The Spark data source {@code etroc1}. In: text files of hits in one of several {@link etroc.hits.RecordLayout}s. Out: columnar
 * batches of typed hits, or the counts of what was read ({@code content = quality}) or the lines that are none
 * ({@code content = malformed}). Cuts and event builders follow; none of them knows a layout.
 */
@org.jspecify.annotations.NullMarked
package etroc.hits;
