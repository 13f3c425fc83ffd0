/** Jobs: each wires the steps of one command together and reads like a table of contents. What is computed stands in the packages below. */
@org.jspecify.annotations.NullMarked
package etroc.jobs;
