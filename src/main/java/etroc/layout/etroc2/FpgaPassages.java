package etroc.layout.etroc2;

import java.io.Serializable;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * Where reading leaves a slice of a run, for each place at which it may enter it. What begins at a word does not depend on the words before, and
 * readings from different places soon meet; so slices are walked through in parallel, and their entries follow one from the other:
 * {@code entry of the next = exit(entry of this)}.
 */
public final class FpgaPassages {
    private final FpgaScanner scanner = new FpgaScanner();
    private final long start;
    private final long end;
    /** Readings that have not left the slice, by where they are: those of the same place are one from there on. */
    private final TreeMap<Long, Integer> at = new TreeMap<>();
    /** Reading that a reading has met; itself while it goes on. */
    private final int[] met = new int[FpgaScanner.MAX_ITEM + 1];

    private final long[] exits = new long[FpgaScanner.MAX_ITEM + 1];

    /** The way through a slice: one exit, or one for each entry. */
    public record Passage(long start, long[] exits) implements Serializable {
        private static final long serialVersionUID = 1L;

        /** Where reading leaves the slice that enters it at this word; both are places in the run [words]. */
        public long exit(long entry) {
            return exits.length == 1 ? Math.max(entry, exits[0]) : exits[(int) (entry - start)];
        }
    }

    /**
     * Walks through the words {@code [start, end)} of a run.
     *
     * @param start of the slice [words]
     * @param end of the slice [words]
     */
    public FpgaPassages(long start, long end) {
        this.start = start;
        this.end = end;
        for (int i = 0; i < met.length; i++) {
            met[i] = i;
            go(i, start + i);
        }
    }

    private void go(int reading, long to) {
        if (to >= end) {
            exits[reading] = to;
            return;
        }
        Integer other = at.putIfAbsent(to, reading);
        if (other != null) {
            met[reading] = other;
        }
    }

    /**
     * Walks on as far as the words allow.
     *
     * @param words the first is the one that was asked for, at the beginning that at {@code start}
     * @param limit end of the valid words
     * @param last whether the run ends there
     * @return number of words that are no longer needed
     */
    public int walk(int[] words, int limit, boolean last, long position) {
        while (!at.isEmpty()) {
            long place = at.firstKey();
            int p = (int) (place - position);
            int length = p < limit ? scanner.length(words, p, limit, last, place) : 0;
            if (length == 0) {
                return Math.min(p, limit);
            }
            Integer reading = at.pollFirstEntry().getValue();
            go(reading, place + length);
        }
        return limit;
    }

    /** Whether all readings have left the slice. */
    public boolean done() {
        return at.isEmpty();
    }

    /** The result, when {@link #done}. */
    public Passage passage() {
        long[] all = new long[exits.length];
        for (int i = 0; i < all.length; i++) {
            int root = i;
            while (met[root] != root) {
                root = met[root];
            }
            all[i] = exits[root];
        }
        long first = all[0];
        boolean one = true;
        for (int i = 0; i < all.length; i++) {
            one &= all[i] == Math.max(first, start + i);
        }
        return new Passage(start, one ? Arrays.copyOf(all, 1) : all);
    }
}
