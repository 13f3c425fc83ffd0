/**
 * The Spark data source {@code etroc1}. In: text files of hits in one of several {@link etroc.hits.RecordLayout}s. Out: columnar
 * batches of typed hits; and {@link etroc.hits.HitIngest}, which writes them to Parquet and counts what every file holds. Cuts and event builders follow; none of them knows a layout.
 */
@org.jspecify.annotations.NullMarked
package etroc.hits;
