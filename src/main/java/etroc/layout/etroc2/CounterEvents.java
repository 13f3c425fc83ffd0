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
    private static final int STREAMS = 256;

    private final int depth;
    /** Offset of each stream. */
    private final Counters[] offsets = new Counters[STREAMS];

    private final int[] counters;
    private final long[][] streams;
    private long opened;
    /** Place of the latest event. */
    private int newest;

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
        this(new State(0, new int[depth], new long[depth][STREAM_WORDS]), offsets);
    }

    /** Events as another reader left them. */
    public CounterEvents(State state, Map<Integer, Counters> offsets) {
        this.depth = state.counters.length;
        Arrays.setAll(this.offsets, stream -> offsets.getOrDefault(stream, Counters.SAME));
        this.counters = state.counters.clone();
        this.streams = Arrays.stream(state.streams).map(long[]::clone).toArray(long[][]::new);
        this.opened = state.opened;
        this.newest = (int) Math.floorMod(opened - 1, (long) depth);
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
        return counters[newest];
    }

    @Override
    public long event(int stream, int l1, int bcid) {
        int own = corrected(offsets[stream], l1, bcid);
        int word = stream >> 6;
        long bit = 1L << stream;
        int place = newest;
        for (long e = opened - 1; e >= Math.max(0, opened - depth); e--) {
            if (counters[place] == own && (streams[place][word] & bit) == 0) {
                streams[place][word] |= bit;
                return e;
            }
            place = place == 0 ? depth - 1 : place - 1;
        }
        newest = newest + 1 == depth ? 0 : newest + 1;
        counters[newest] = own;
        Arrays.fill(streams[newest], 0);
        streams[newest][word] = bit;
        return opened++;
    }

    private static int corrected(Counters offset, int l1, int bcid) {
        return offset.equals(Counters.SAME)
                ? packed(l1, bcid)
                : packed((l1 - offset.l1) & 0xFF, Math.floorMod(bcid - offset.bcid, ChipWord.CROSSINGS));
    }
}
