/** The command line: picocli commands, exit codes, terminal output. What is done stands in etroc.jobs. */
@org.jspecify.annotations.NullMarked
package etroc.app;
