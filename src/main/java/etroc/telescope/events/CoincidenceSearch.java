package etroc.telescope.events;

import etroc.telescope.events.EventMatcher.Matches;
import etroc.telescope.events.EventMatcher.NeighboursMatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;

/**
 * The coincidences of one block. The order of candidates is that of three loops: rows in pattern order before others, then by span, then by
 * first row; so for each pair of a first and a last hit only the candidates between them are held, of which one at most is taken. Memory
 * does not grow with the window.
 */
final class CoincidenceSearch {
    private static final Comparator<int[]> BY_ROWS = Arrays::compare;

    private final CoincidenceMatcher matcher;
    private final HitBlock block;
    private final ChosenHits chosen;
    /** Boards that the hit's event has, 0 for a hit that is not used. */
    private final byte[] used;
    /** Used or not, depending on hits beyond the block. */
    private final boolean[] open;

    private final boolean[] inCandidate;
    /** Whether there are hits of enough boards around the hit to make a candidate of the present number of boards. */
    private final boolean[] hopeful;

    private final List<int[]> events = new ArrayList<>();
    /** Boards of the candidates looked for. */
    private int count;

    CoincidenceSearch(CoincidenceMatcher matcher, HitBlock block) {
        this.matcher = matcher;
        this.block = block;
        chosen = new ChosenHits(matcher, block);
        used = new byte[block.size()];
        open = new boolean[block.size()];
        inCandidate = new boolean[block.size()];
        hopeful = new boolean[block.size()];
    }

    Matches matches() throws NeighboursMatter {
        for (count = matcher.boards().size(); count >= matcher.required(); count--) {
            findHopeful();
            take(true);
            take(false);
            findCandidatesOfUnused();
        }
        long lost = 0;
        for (int i = block.coreFrom(); i < block.coreTo(); i++) {
            if (used[i] == 0 && (open[i] || nearEdge(i))) {
                throw new NeighboursMatter();
            }
            lost += inCandidate[i] && used[i] == 0 ? 1 : 0;
        }
        List<int[]> own = events.stream()
                .filter(e -> first(e) >= block.coreFrom() && first(e) < block.coreTo())
                .sorted(Comparator.comparingInt(CoincidenceSearch::first))
                .toList();
        return new Matches(own, lost);
    }

    private static int first(int[] event) {
        return Arrays.stream(event).filter(i -> i >= 0).min().orElseThrow();
    }

    private static void stopIfKilled() {
        TaskContext task = TaskContext.get();
        if (task != null && task.isInterrupted()) {
            throw new TaskKilledException("while events were looked for");
        }
    }

    /** Whether a candidate with hits beyond the block could hold this hit. */
    private boolean nearEdge(int hit) {
        int window = matcher.window();
        return chosen.slot(hit) >= 0
                && ((!block.beginsRun() && hit < window) || (!block.endsRun() && hit >= block.size() - window));
    }

    private void findHopeful() {
        for (int hit = 0; hit < block.size(); hit++) {
            hopeful[hit] = chosen.slot(hit) >= 0 && used[hit] == 0 && boardsAround(hit) >= count;
            if (hit % 1024 == 0) {
                stopIfKilled();
            }
        }
    }

    /** Boards of which a hit that is not used may be in one candidate with this hit; no more are counted than are needed. */
    private int boardsAround(int hit) {
        int boards = 1 << chosen.slot(hit);
        int end = Math.min(block.size() - 1, hit + matcher.window());
        for (int i = Math.max(0, hit - matcher.window()); i <= end && Integer.bitCount(boards) < count; i++) {
            if (chosen.slot(i) >= 0 && used[i] == 0 && chosen.fit(hit, i)) {
                boards |= 1 << chosen.slot(i);
            }
        }
        return Integer.bitCount(boards);
    }

    /** Takes the candidates of so many boards, the best first, and passes over those with a hit that is used. */
    private void take(boolean inPatternOrder) {
        int least = count - 1;
        int most = count == 1 ? 0 : matcher.window();
        for (int span = least; span <= most; span++) {
            stopIfKilled();
            for (int first = 0; first + span < block.size(); first++) {
                int last = first + span;
                if (free(first) && free(last) && possible(first, last, inPatternOrder)) {
                    for (int[] candidate : candidates(first, last, inPatternOrder)) {
                        take(candidate);
                    }
                }
            }
        }
    }

    private boolean free(int hit) {
        return hopeful[hit] && used[hit] == 0;
    }

    private boolean possible(int first, int last, boolean inPatternOrder) {
        if (count == 1) {
            return inPatternOrder;
        }
        return chosen.fit(first, last) && (!inPatternOrder || chosen.slot(first) < chosen.slot(last));
    }

    /** Candidates from a first to a last hit as rows by board id, the best first. */
    private List<int[]> candidates(int first, int last, boolean inPatternOrder) {
        List<int[]> candidates = new ArrayList<>(1);
        chosen.put(first);
        chosen.put(last);
        add(first + 1, last, count == 1 ? 0 : count - 2, inPatternOrder, candidates);
        chosen.remove(first);
        chosen.remove(last);
        candidates.sort(BY_ROWS);
        return candidates;
    }

    /** Adds those that have {@code missing} more hits, from one row to before the last. */
    private void add(int from, int last, int missing, boolean inPatternOrder, List<int[]> candidates) {
        if (missing == 0) {
            if (chosen.inPatternOrder() == inPatternOrder) {
                candidates.add(chosen.byBoard());
            }
            return;
        }
        for (int hit = from; hit < last; hit++) {
            if (free(hit) && chosen.fits(hit)) {
                chosen.put(hit);
                add(hit + 1, last, missing - 1, inPatternOrder, candidates);
                chosen.remove(hit);
            }
        }
    }

    private void take(int[] candidate) {
        boolean uncertain = false;
        for (int hit : candidate) {
            if (used[hit] > 0) {
                return;
            }
            uncertain |= open[hit] || nearEdge(hit);
        }
        for (int hit : candidate) {
            open[hit] = uncertain;
            used[hit] = (byte) (uncertain ? 0 : count);
        }
        if (!uncertain) {
            events.add(chosen.event(candidate));
        }
    }

    /** Finds the block's own hits that are not used so far and were part of a candidate of the present number of boards. */
    private void findCandidatesOfUnused() throws NeighboursMatter {
        for (int hit = block.coreFrom(); hit < block.coreTo(); hit++) {
            if (hopeful[hit] && used[hit] == 0 && !open[hit] && !inCandidate[hit]) {
                stopIfKilled();
                chosen.put(hit);
                inCandidate[hit] = canBeComplete(count - 1, false);
                boolean perhaps = !inCandidate[hit] && canBeComplete(count - 1, true);
                chosen.remove(hit);
                if (perhaps) {
                    throw new NeighboursMatter();
                }
            }
        }
    }

    /** Whether so many more hits, that were free when this number of boards had its turn, make a candidate of the chosen ones. */
    private boolean canBeComplete(int missing, boolean withUncertain) {
        if (missing == 0) {
            return true;
        }
        int end = Math.min(block.size() - 1, chosen.first() + matcher.window());
        for (int hit = Math.max(0, chosen.last() - matcher.window()); hit <= end; hit++) {
            boolean wasFree = hopeful[hit] && (used[hit] == 0 || used[hit] == count);
            boolean certain = used[hit] > 0 || !(open[hit] || nearEdge(hit));
            if (wasFree && (certain || withUncertain) && chosen.fits(hit)) {
                chosen.put(hit);
                boolean complete = canBeComplete(missing - 1, withUncertain);
                chosen.remove(hit);
                if (complete) {
                    return true;
                }
            }
        }
        return false;
    }
}
