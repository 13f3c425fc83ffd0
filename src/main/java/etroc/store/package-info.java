/**
 * What is kept. In: small {@link etroc.store.Table}s and datasets. Out: immutable result sets of Parquet, SQLite and a manifest, staged,
 * checked and published by one rename. The only package that writes results.
 */
@org.jspecify.annotations.NullMarked
package etroc.store;
