/**
 * Results of an analysis. In: aggregated counts (scan points) or moments and histograms (time resolution). Out: typed rows with
 * uncertainties and a remark where a number could not be had. etroc.jobs writes them through etroc.store.
 */
@org.jspecify.annotations.NullMarked
package etroc.results;
