/** Campaigns: a file that names many datasets, each brought up to date in an output of its own, with a table and a page over all of them. */
@org.jspecify.annotations.NullMarked
package etroc.campaign;
