package etroc.telescope.events;

import java.util.List;
import java.util.Map;

/**
 * What a build of events wrote, and what became of the hits.
 *
 * @param parts names of the Parquet files that count
 * @param runs names by run index
 * @param firstEvent number of the first event of each block, in its run
 * @param events number of events of each run
 * @param hits of each board
 * @param hitsInEvents of each board
 * @param lostHits that were part of a candidate and of no event
 */
public record BuiltEvents(
        List<String> parts,
        List<String> runs,
        List<Long> firstEvent,
        Map<String, Long> events,
        Map<Integer, Long> hits,
        Map<Integer, Long> hitsInEvents,
        long lostHits) {}
