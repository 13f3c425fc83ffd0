/** Pages that open without a network, made of the tables of results. */
@org.jspecify.annotations.NullMarked
package etroc.report;
