/** One pass over a dataset that adds up accumulators on the executors, merged in a fixed order; histograms. */
@org.jspecify.annotations.NullMarked
package etroc.passes;
