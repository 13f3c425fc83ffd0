/**
 * Bench scans, top to bottom. In: ingested hits of many runs. Out: hits against threshold, plateau, S-curves, lines of threshold against charge,
 * suggested thresholds; their tables and figures.
 */
@org.jspecify.annotations.NullMarked
package etroc.scan;
