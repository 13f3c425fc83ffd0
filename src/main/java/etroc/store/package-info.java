/**
 * What is kept. In: small {@link etroc.store.Table}s and datasets. Out: directories that appear whole or not at all, whoever else writes or is
 * killed: batches of hits, events, result sets of Parquet, SQLite and a manifest. The only package that writes results.
 */
@org.jspecify.annotations.NullMarked
package etroc.store;
