package etroc.telescope.events;

import java.util.Arrays;
import java.util.List;

/** A candidate while it is put together: at most one hit of each board of the pattern, and which hits of a block may be in it together. */
final class ChosenHits {
    private static final int NONE = -1;

    private final int[] toa;
    private final int toaWindow;
    /** Place of each hit's board in the pattern, -1 for others. */
    private final int[] slot;
    /** Slots by ascending board id. */
    private final int[] slotsById;
    /** Hits by slot. */
    private final int[] chosen;

    ChosenHits(CoincidenceMatcher matcher, HitBlock block) {
        List<Integer> boards = matcher.boards();
        toa = block.toa();
        toaWindow = matcher.toaWindow();
        slot = Arrays.stream(block.board()).map(boards::indexOf).toArray();
        slotsById = boards.stream().sorted().mapToInt(boards::indexOf).toArray();
        chosen = new int[boards.size()];
        Arrays.fill(chosen, NONE);
    }

    /** Place of a hit's board in the pattern, negative if its board is not of it. */
    int slot(int hit) {
        return slot[hit];
    }

    void put(int hit) {
        chosen[slot[hit]] = hit;
    }

    void remove(int hit) {
        chosen[slot[hit]] = NONE;
    }

    /** Whether two hits of the pattern's boards may be in one event. */
    boolean fit(int a, int b) {
        return slot[a] != slot[b] && (toaWindow < 0 || Math.abs(toa[a] - toa[b]) <= toaWindow);
    }

    /** Whether a hit may join those chosen. */
    boolean fits(int hit) {
        for (int other : chosen) {
            if (other != NONE && !fit(hit, other)) {
                return false;
            }
        }
        return true;
    }

    boolean inPatternOrder() {
        int before = NONE;
        for (int hit : chosen) {
            if (hit != NONE && hit < before) {
                return false;
            }
            before = Math.max(before, hit);
        }
        return true;
    }

    /** The hits by board id. */
    int[] byBoard() {
        return Arrays.stream(slotsById)
                .map(s -> chosen[s])
                .filter(h -> h != NONE)
                .toArray();
    }

    /** First row of the hits. */
    int first() {
        return Arrays.stream(chosen).filter(h -> h != NONE).min().orElseThrow();
    }

    /** Last row of the hits. */
    int last() {
        return Arrays.stream(chosen).max().orElseThrow();
    }

    /** An event of some hits: one for each board of the pattern, -1 where it has none. */
    int[] event(int[] hits) {
        int[] event = new int[chosen.length];
        Arrays.fill(event, NONE);
        for (int hit : hits) {
            event[slot[hit]] = hit;
        }
        return event;
    }
}
