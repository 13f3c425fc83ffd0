/**
 * Runs the stages of an analysis: fingerprints, what an earlier result has already, order, progress, provenance. Knows no physics.
 */
@org.jspecify.annotations.NullMarked
package etroc.pipeline;
