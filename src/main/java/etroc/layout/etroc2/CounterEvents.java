package etroc.layout.etroc2;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;

/**
 * Makes events of the counters of headers: a header joins the newest of the latest events whose corrected counters are both its own and which
 * does not hold its stream yet; else it opens one. Source: src/docs/formats.md, "Events by counters of ETROC2".
 */
public final class CounterEvents implements HeaderEvents {
    private static final int STREAM_WORDS = 4;

    private final int depth;
    private final Map<Integer, Counters> offsets;
    private final int[] counters;
    private final long[][] streams;
    private long opened;

    /** An L1 counter and a BCID, or a difference of both. */
    public record Counters(int l1, int bcid) implements Serializable {
        private static final long serialVersionUID = 1L;
        /** Counters of the same origin. */
        public static final Counters SAME = new Counters(0, 0);
    }

    /**
     * Where a reader stands between two headers.
     *
     * @param opened number of events so far
     * @param counters corrected ones of the latest events, by their number modulo the depth
     * @param streams those that these events hold, a bit each
     */
    public record State(long opened, int[] counters, long[][] streams) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /**
     * No events yet.
     *
     * @param depth how many of the latest events a header may join
     * @param offsets of the streams whose counters have another origin
     */
    public CounterEvents(int depth, Map<Integer, Counters> offsets) {
        this.depth = depth;
        this.offsets = offsets;
        this.counters = new int[depth];
        this.streams = new long[depth][STREAM_WORDS];
    }

    /** Events as another reader left them. */
    public CounterEvents(State state, Map<Integer, Counters> offsets) {
        this.depth = state.counters.length;
        this.offsets = offsets;
        this.counters = state.counters.clone();
        this.streams = Arrays.stream(state.streams).map(long[]::clone).toArray(long[][]::new);
        this.opened = state.opened;
    }

    /** Where it stands. */
    public State state() {
        return new State(
                opened,
                counters.clone(),
                Arrays.stream(streams).map(long[]::clone).toArray(long[][]::new));
    }

    /** Number of events so far. */
    public long opened() {
        return opened;
    }

    /** Counters of an event or a header as one number. */
    public static int packed(int l1, int bcid) {
        return l1 << 12 | bcid;
    }

    /** Corrected counters of the latest event, {@link #packed}. */
    public int latest() {
        return counters[(int) ((opened - 1) % depth)];
    }

    @Override
    public long event(int stream, int l1, int bcid) {
        int own = corrected(offsets.getOrDefault(stream, Counters.SAME), l1, bcid);
        int word = stream >> 6;
        long bit = 1L << stream;
        for (long e = opened - 1; e >= Math.max(0, opened - depth); e--) {
            int place = (int) (e % depth);
            if (counters[place] == own && (streams[place][word] & bit) == 0) {
                streams[place][word] |= bit;
                return e;
            }
        }
        int place = (int) (opened % depth);
        counters[place] = own;
        Arrays.fill(streams[place], 0);
        streams[place][word] = bit;
        return opened++;
    }

    private static int corrected(Counters offset, int l1, int bcid) {
        return offset.equals(Counters.SAME)
                ? packed(l1, bcid)
                : packed((l1 - offset.l1) & 0xFF, Math.floorMod(bcid - offset.bcid, ChipWord.CROSSINGS));
    }
}
