/**
 * The Spark data source {@code etroc1}. In: text files of hits. Out: columnar batches of typed hits. {@link etroc.ingest} and notebooks follow.
 */
@org.jspecify.annotations.NullMarked
package etroc.source;
