/** The chip words and frames of ETROC2 and the layouts that carry them, bytes to records and back. No Spark SQL, no settings. */
@org.jspecify.annotations.NullMarked
package etroc.layout.etroc2;
