/** Bytes to records and back: layouts, decoders, writers, slices of files. No Spark SQL, no settings. */
@org.jspecify.annotations.NullMarked
package etroc.layout;
