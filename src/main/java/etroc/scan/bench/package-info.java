/**
 * Scans of an ETROC2 chip on the bench: folders of the register-access notebooks in, baselines, thresholds against charge, and times against
 * charge, threshold and delay out. What follows: {@code report} and {@code store}.
 */
@org.jspecify.annotations.NullMarked
package etroc.scan.bench;
