package etroc.telescope.events;

import java.util.Map;

/**
 * What became of the hits when events were built.
 *
 * @param events number of events of each run that has hits
 * @param hits of each board
 * @param hitsInEvents of each board
 * @param lostHits that were part of a candidate and of no event
 */
public record BuiltEvents(
        Map<String, Long> events, Map<Integer, Long> hits, Map<Integer, Long> hitsInEvents, long lostHits) {}
