/**
 * Commands. In: words of a command line. Out: exit codes and text on the terminal. The only package that knows which analyses exist.
 */
@org.jspecify.annotations.NullMarked
package etroc.cli;
