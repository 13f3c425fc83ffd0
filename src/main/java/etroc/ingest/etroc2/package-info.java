/** ETROC2 files to Parquet. In: runs of {@link etroc.source.etroc2}. Out: batches of hits and frames, and the counts of their files. */
@org.jspecify.annotations.NullMarked
package etroc.ingest.etroc2;
