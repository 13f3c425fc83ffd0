package etroc.layout.etroc2;

import etroc.layout.etroc2.CounterEvents.Counters;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Numbers of the events of a further readout board among those of the first: the same where counters fit, in order; else numbers of their own
 * behind all others. Source: src/docs/formats.md, "Events by counters of ETROC2".
 *
 * @param own first events of stretches, in the board's own numbers, ascending
 * @param joined numbers that they have in the run
 */
public record JoinedEvents(long[] own, long[] joined) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int RANKS = 32;
    private static final int AHEAD = 256;

    /** The first board's events keep their numbers. */
    public static final JoinedEvents SAME = new JoinedEvents(new long[] {0}, new long[] {0});

    /** The events, and how many the run has with them. */
    public record Joined(JoinedEvents events, long all, Counters offset, long alone) {}

    /** The number that an event has in the run. */
    public long of(long event) {
        int i = Arrays.binarySearch(own, event);
        int stretch = i >= 0 ? i : -i - 2;
        return joined[stretch] + (event - own[stretch]);
    }

    /**
     * Joins a further board.
     *
     * @param first corrected counters of the first board's events, {@link CounterEvents#packed}
     * @param further those of the other's
     * @param all number of events of the run so far
     */
    public static Joined of(int[] first, int[] further, long all) {
        Counters offset = offset(first, further);
        long[] numbers = new long[further.length];
        long next = all;
        long alone = 0;
        int from = 0;
        for (int i = 0; i < further.length; i++) {
            int wanted = shifted(further[i], offset);
            int found = -1;
            for (int j = from; j < Math.min(first.length, from + AHEAD) && found < 0; j++) {
                found = first[j] == wanted ? j : -1;
            }
            if (found >= 0) {
                from = found + 1;
                numbers[i] = found;
            } else {
                alone++;
                numbers[i] = next++;
            }
        }
        return new Joined(stretches(numbers), next, offset, alone);
    }

    private static JoinedEvents stretches(long[] numbers) {
        long[] own = new long[Math.max(1, numbers.length)];
        long[] joined = new long[own.length];
        int n = 0;
        for (int i = 0; i < numbers.length; i++) {
            if (i == 0 || numbers[i] != numbers[i - 1] + 1) {
                own[n] = i;
                joined[n++] = numbers[i];
            }
        }
        int kept = Math.max(1, n);
        return new JoinedEvents(Arrays.copyOf(own, kept), Arrays.copyOf(joined, kept));
    }

    private static int shifted(int counters, Counters by) {
        return CounterEvents.packed(
                ((counters >>> 12) - by.l1()) & 0xFF,
                by.equals(Counters.SAME)
                        ? counters & 0xFFF
                        : Math.floorMod((counters & 0xFFF) - by.bcid(), ChipWord.CROSSINGS));
    }

    /** The most frequent difference of events whose ranks are near; of equals the smallest. */
    private static Counters offset(int[] first, int[] further) {
        int[] differences = new int[256 * ChipWord.CROSSINGS];
        int best = 0;
        for (int i = 0; i < further.length; i++) {
            for (int j = Math.max(0, i - RANKS); j <= Math.min(first.length - 1, i + RANKS); j++) {
                int dl1 = ((further[i] >>> 12) - (first[j] >>> 12)) & 0xFF;
                int dbcid = Math.floorMod((further[i] & 0xFFF) - (first[j] & 0xFFF), ChipWord.CROSSINGS);
                differences[dl1 * ChipWord.CROSSINGS + dbcid]++;
            }
        }
        for (int d = 1; d < differences.length; d++) {
            best = differences[d] > differences[best] ? d : best;
        }
        return new Counters(best / ChipWord.CROSSINGS, best % ChipWord.CROSSINGS);
    }
}
