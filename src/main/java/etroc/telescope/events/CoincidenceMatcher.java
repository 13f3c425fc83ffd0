package etroc.telescope.events;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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

    /** What is known of a hit. */
    private static final byte UNUSED = 0;

    private static final byte USED = 1;
    /** Used or not, depending on hits beyond the block. */
    private static final byte OPEN = 2;

    public CoincidenceMatcher {
        boards = List.copyOf(boards);
    }

    @Override
    public List<String> slots() {
        return boards.stream().map(String::valueOf).toList();
    }

    /** Hits of a candidate, ascending; boards are those of the block. */
    private record Candidate(int[] hits, boolean inPatternOrder, int[] hitsByBoard) {
        int first() {
            return hits[0];
        }

        int span() {
            return hits[hits.length - 1] - hits[0];
        }
    }

    private static final Comparator<Candidate> BEST_FIRST = Comparator.comparing(Candidate::inPatternOrder)
            .reversed()
            .thenComparingInt(Candidate::span)
            .thenComparingInt(Candidate::first)
            .thenComparing(Candidate::hitsByBoard, Arrays::compare);

    @Override
    public Matches match(HitBlock block) throws NeighboursMatter {
        byte[] state = new byte[block.size()];
        boolean[] inCandidate = new boolean[block.size()];
        List<int[]> events = new ArrayList<>();
        for (int count = boards.size(); count >= required; count--) {
            choose(block, count, state, inCandidate, events);
        }
        long lost = 0;
        for (int i = block.coreFrom(); i < block.coreTo(); i++) {
            if (state[i] == OPEN) {
                throw new NeighboursMatter();
            }
            lost += inCandidate[i] && state[i] == UNUSED ? 1 : 0;
        }
        List<int[]> own = events.stream()
                .filter(e -> first(e) >= block.coreFrom() && first(e) < block.coreTo())
                .sorted(Comparator.comparingInt(CoincidenceMatcher::first))
                .toList();
        return new Matches(own, lost);
    }

    private static int first(int[] event) {
        return Arrays.stream(event).filter(i -> i >= 0).min().orElseThrow();
    }

    /** Takes the candidates of so many boards, the best first, and drops those with a hit that is used. */
    private void choose(HitBlock block, int count, byte[] state, boolean[] inCandidate, List<int[]> events) {
        List<Candidate> candidates = new ArrayList<>();
        for (int first = 0; first < block.size(); first++) {
            if (state[first] != USED && slot(block, first) >= 0) {
                int[] hits = new int[count];
                hits[0] = first;
                extend(block, hits, 1, state, candidates);
            }
        }
        candidates.sort(BEST_FIRST);
        for (Candidate candidate : candidates) {
            boolean used = false;
            boolean open = false;
            for (int hit : candidate.hits()) {
                inCandidate[hit] = true;
                used |= state[hit] == USED;
                open |= state[hit] == OPEN || nearEdge(block, hit);
            }
            if (!used) {
                for (int hit : candidate.hits()) {
                    state[hit] = open ? OPEN : USED;
                }
                if (!open) {
                    events.add(event(block, candidate));
                }
            }
        }
    }

    /** Whether a candidate with hits beyond the block could hold this hit. */
    private boolean nearEdge(HitBlock block, int hit) {
        return (!block.beginsRun() && hit < window) || (!block.endsRun() && hit >= block.size() - window);
    }

    private void extend(HitBlock block, int[] hits, int count, byte[] state, List<Candidate> candidates) {
        if (count == hits.length) {
            candidates.add(candidate(block, hits.clone()));
            return;
        }
        int end = Math.min(block.size() - 1, hits[0] + window);
        for (int next = hits[count - 1] + 1; next <= end; next++) {
            if (state[next] != USED && fits(block, hits, count, next)) {
                hits[count] = next;
                extend(block, hits, count + 1, state, candidates);
            }
        }
    }

    private boolean fits(HitBlock block, int[] hits, int count, int next) {
        if (slot(block, next) < 0) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            boolean sameBoard = block.board()[hits[i]] == block.board()[next];
            boolean tooFar = toaWindow >= 0 && Math.abs(block.toa()[hits[i]] - block.toa()[next]) > toaWindow;
            if (sameBoard || tooFar) {
                return false;
            }
        }
        return true;
    }

    private int slot(HitBlock block, int hit) {
        return boards.indexOf(block.board()[hit]);
    }

    private Candidate candidate(HitBlock block, int[] hits) {
        boolean ordered = true;
        for (int i = 1; i < hits.length; i++) {
            ordered &= slot(block, hits[i - 1]) < slot(block, hits[i]);
        }
        int[] byBoard = Arrays.stream(hits)
                .boxed()
                .sorted(Comparator.comparingInt(h -> block.board()[h]))
                .mapToInt(h -> h)
                .toArray();
        return new Candidate(hits, ordered, byBoard);
    }

    private int[] event(HitBlock block, Candidate candidate) {
        int[] event = new int[boards.size()];
        Arrays.fill(event, -1);
        for (int hit : candidate.hits()) {
            event[slot(block, hit)] = hit;
        }
        return event;
    }
}
