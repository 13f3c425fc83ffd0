/**
 * Events from hits. In: ingested hits, numbered in file order. Out: one row an event with columns {@code <variable>_<board>}. A run is cut
 * into blocks of rows that overlap, which are shuffled as arrays; a {@link etroc.events.EventMatcher} finds the events of a block on plain arrays, and says so when it
 * had to see more of the neighbours to be sure. Cuts and times follow.
 */
@org.jspecify.annotations.NullMarked
package etroc.events;
