/** The one place that makes a Spark session, names its jobs and watches their progress. */
@org.jspecify.annotations.NullMarked
package etroc.spark;
