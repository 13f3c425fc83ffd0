/**
 * A single board under a laser. In: ingested hits of runs with {@code LaserAttenuation} in their names. Out: times and jitter of each run, curves
 * of hits against threshold; their tables and figures.
 */
@org.jspecify.annotations.NullMarked
package etroc.scan.laser;
