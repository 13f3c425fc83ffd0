/** Data with known truth. In: a seed and a few numbers. Out: files in the DAQ's formats, and a truth file beside them. */
@org.jspecify.annotations.NullMarked
package etroc.simulate;
