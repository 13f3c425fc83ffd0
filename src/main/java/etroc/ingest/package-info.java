/** Files to Parquet hits, batch by batch, with what every file holds; what is known already is not read again. Cuts and event builders follow. */
@org.jspecify.annotations.NullMarked
package etroc.ingest;
