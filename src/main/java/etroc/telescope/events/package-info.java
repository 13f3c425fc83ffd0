/**
 * Events from hits. In: ingested hits, numbered in file order. Out: one row an event with columns {@code <variable>_<board>}. Cuts and times
 * follow.
 */
@org.jspecify.annotations.NullMarked
package etroc.telescope.events;
