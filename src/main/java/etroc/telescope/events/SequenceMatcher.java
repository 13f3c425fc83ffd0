package etroc.telescope.events;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * Events from the order of the hits: every place where the board ids of consecutive hits equal the pattern; of matches that overlap the
 * earliest wins.
 *
 * @param boards the pattern, not empty
 */
public record SequenceMatcher(List<Integer> boards) implements EventMatcher {
    private static final long serialVersionUID = 1L;

    public SequenceMatcher {
        boards = List.copyOf(boards);
    }

    /** Whether two matches cannot overlap. */
    boolean idsDiffer() {
        return new HashSet<>(boards).size() == boards.size();
    }

    @Override
    public List<String> slots() {
        List<String> slots = new ArrayList<>();
        for (int i = 0; i < boards.size(); i++) {
            int board = boards.get(i);
            long before = boards.subList(0, i).stream().filter(b -> b == board).count();
            slots.add(before == 0 ? "" + board : board + "_" + (before + 1));
        }
        return slots;
    }

    @Override
    public Matches match(HitBlock block) throws NeighboursMatter {
        int length = boards.size();
        if (!block.endsRun() && block.coreTo() + length - 1 > block.size()) {
            throw new NeighboursMatter();
        }
        int free = certainlyFree(block);
        List<int[]> events = new ArrayList<>();
        for (int i = free; i < block.coreTo(); i++) {
            if (matches(block, i)) {
                if (i >= block.coreFrom()) {
                    int[] event = new int[length];
                    int first = i;
                    Arrays.setAll(event, n -> first + n);
                    events.add(event);
                }
                i += length - 1;
            }
        }
        return new Matches(events, 0);
    }

    private boolean matches(HitBlock block, int at) {
        if (at + boards.size() > block.size()) {
            return false;
        }
        for (int n = 0; n < boards.size(); n++) {
            if (block.board()[at + n] != boards.get(n)) {
                return false;
            }
        }
        return true;
    }

    /** An index at or before the block's own hits at which no earlier event can still be open. */
    private int certainlyFree(HitBlock block) throws NeighboursMatter {
        if (block.beginsRun()) {
            return 0;
        }
        if (idsDiffer()) {
            return block.coreFrom();
        }
        int quiet = 0;
        for (int i = block.coreFrom() - 1; i >= 0; i--) {
            quiet = matches(block, i) ? 0 : quiet + 1;
            if (quiet == boards.size() - 1) {
                return i + quiet;
            }
        }
        throw new NeighboursMatter();
    }
}
