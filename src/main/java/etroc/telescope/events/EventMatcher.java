package etroc.telescope.events;

import java.io.Serializable;
import java.util.List;

/** Finds the events of a block of hits. */
public interface EventMatcher extends Serializable {
    /**
     * Columns of an event: one entry a hit that it may have, such as {@code 0}, {@code 1}, {@code 3}. A pattern with repeated ids has
     * {@code 0}, {@code 1}, {@code 0_2}.
     */
    List<String> slots();

    /** Board id of each slot. */
    List<Integer> boards();

    /**
     * The events whose first hit is the block's own, and why other hits are in none.
     *
     * @throws NeighboursMatter if hits beyond the block could change them
     */
    Matches match(HitBlock block) throws NeighboursMatter;

    /**
     * Events of a block.
     *
     * @param events each an index into the block for every slot, -1 for none; by ascending first hit
     * @param lost own hits that were part of a candidate and of no event
     */
    record Matches(List<int[]> events, long lost) {}

    /** The block has to be looked at with more of its neighbours. */
    final class NeighboursMatter extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
