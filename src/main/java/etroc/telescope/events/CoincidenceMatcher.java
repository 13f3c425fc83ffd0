package etroc.telescope.events;

import java.util.List;

/**
 * Events from windows: sets of one hit of every board within some rows and TOA codes; the best candidates first, each hit used once
 * (src/docs/analysis.md, section 2, step 2).
 *
 * @param boards in pattern order, all different
 * @param window largest difference of rows
 * @param toaWindow largest difference of TOA codes; negative: any
 * @param required fewest boards of an event
 */
public record CoincidenceMatcher(List<Integer> boards, int window, int toaWindow, int required)
        implements EventMatcher {
    private static final long serialVersionUID = 1L;

    public CoincidenceMatcher {
        boards = List.copyOf(boards);
    }

    @Override
    public List<String> slots() {
        return boards.stream().map(String::valueOf).toList();
    }

    @Override
    public Matches match(HitBlock block) throws NeighboursMatter {
        return new CoincidenceSearch(this, block).matches();
    }
}
