package etroc.layout.etroc2;

import etroc.layout.etroc2.CounterEvents.Counters;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds by how much the counters of streams differ from those of the stream with most headers. Takes all headers of a file in their order.
 * Source: src/docs/formats.md, "Events by counters of ETROC2".
 */
public final class CounterOffsets implements HeaderEvents {
    private static final int NEAR = 8;
    private static final int LEAST = 10;
    private static final int STREAMS = 256;
    /** Headers that wait for the reference's next ones; of a stream that goes on without the reference the rest counts as without partner. */
    private static final int MOST_WAITING = 1 << 16;

    private static final int DIFFERENCES = 256 * ChipWord.CROSSINGS;

    private final int reference;
    /** The reference's latest headers, by their number modulo {@link #NEAR}. */
    private final int[] before = new int[NEAR];

    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final @Nullable Stream[] streams = new @Nullable Stream[STREAMS];
    private final TreeSet<Integer> bcids = new TreeSet<>();
    private long seen;

    /** What was found. */
    public record Found(Map<Integer, Counters> offsets, Map<Integer, String> remarks) {}

    private static final class Waiting {
        private final Stream stream;
        private final int counters;
        private final long until;

        Waiting(Stream stream, int counters, long until) {
            this.stream = stream;
            this.counters = counters;
            this.until = until;
        }
    }

    private static final class Stream {
        private long headers;
        private long equal;
        /** How often each difference came; none of a stream with too few headers for an offset. */
        private final int[] differences;

        Stream(long all) {
            differences = new int[all < LEAST ? 0 : DIFFERENCES];
        }
    }

    /** @param headers of each stream of the file */
    public CounterOffsets(Map<Integer, Long> headers) {
        int most = -1;
        for (Map.Entry<Integer, Long> e : new TreeMap<>(headers).entrySet()) {
            if (most < 0 || e.getValue() > headers.getOrDefault(most, 0L)) {
                most = e.getKey();
            }
        }
        reference = most;
        headers.forEach((stream, n) -> {
            if (n > 0 && stream != reference) {
                streams[stream] = new Stream(n);
            }
        });
    }

    @Override
    public long event(int stream, int l1, int bcid) {
        int counters = CounterEvents.packed(l1, bcid);
        if (bcids.size() < 2) {
            bcids.add(bcid);
        }
        if (stream == reference) {
            before[(int) (seen++ % NEAR)] = counters;
            answer(counters);
            return 0;
        }
        @Nullable Stream own = streams[stream];
        if (own == null) {
            return 0;
        }
        own.headers++;
        if (seen > 0 && own.differences.length > 0) {
            int last = before[(int) ((seen - 1) % NEAR)];
            int dl1 = (l1 - (last >>> 12)) & 0xFF;
            int dbcid = Math.floorMod(bcid - (last & 0xFFF), ChipWord.CROSSINGS);
            own.differences[dl1 * ChipWord.CROSSINGS + dbcid]++;
        }
        if (isBefore(counters)) {
            own.equal++;
        } else if (waiting.size() < MOST_WAITING) {
            waiting.add(new Waiting(own, counters, seen + NEAR));
        }
        return 0;
    }

    private boolean isBefore(int counters) {
        for (int i = 0; i < Math.min(seen, NEAR); i++) {
            if (before[i] == counters) {
                return true;
            }
        }
        return false;
    }

    private void answer(int counters) {
        for (Iterator<Waiting> i = waiting.iterator(); i.hasNext(); ) {
            Waiting w = i.next();
            if (w.counters == counters) {
                w.stream.equal++;
                i.remove();
            } else if (w.until <= seen) {
                i.remove();
            }
        }
    }

    /** The offsets, after the last header. */
    public Found found() {
        Map<Integer, Counters> offsets = new TreeMap<>();
        Map<Integer, String> remarks = new TreeMap<>();
        for (int number = 0; number < STREAMS; number++) {
            @Nullable Stream s = streams[number];
            if (s == null || 2 * s.equal >= s.headers) {
                continue;
            }
            int best = 0;
            for (int d = 1; d < s.differences.length; d++) {
                best = s.differences[d] > s.differences[best] ? d : best;
            }
            if (s.differences.length > 0 && 2L * s.differences[best] >= s.headers) {
                offsets.put(number, new Counters(best / ChipWord.CROSSINGS, best % ChipWord.CROSSINGS));
                if (bcids.size() < 2) {
                    remarks.put(
                            number,
                            "the BCID is constant, so that the offset of its L1 counter is known up to one trigger");
                }
            } else {
                remarks.put(
                        number,
                        "its counters fit those of stream " + reference + " in " + s.equal + " of " + s.headers
                                + " headers and have no common offset: events are built without one");
            }
        }
        return new Found(offsets, remarks);
    }
}
