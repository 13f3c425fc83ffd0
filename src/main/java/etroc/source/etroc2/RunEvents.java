package etroc.source.etroc2;

import etroc.layout.etroc2.CounterEvents;
import etroc.layout.etroc2.CounterEvents.Counters;
import etroc.layout.etroc2.CounterOffsets;
import etroc.layout.etroc2.Etroc2Layout;
import etroc.layout.etroc2.Frame;
import etroc.layout.etroc2.HeaderEvents;
import etroc.layout.etroc2.JoinedEvents;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The events of a run whose headers' counters make them: where the makers of events stand at the beginning of each piece, so that pieces are
 * read in parallel. Headers are gone through in their order, which one task does a run: reading them alone is quick, and what a header joins
 * depends on all before it.
 *
 * @param events of the run
 * @param starts by number of the piece
 * @param remarks of streams and readout boards
 */
record RunEvents(long events, Map<Integer, Start> starts, List<String> remarks) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Where a piece begins. */
    record Start(CounterEvents.State state, Map<Integer, Counters> offsets, JoinedEvents joined)
            implements Serializable {
        private static final long serialVersionUID = 1L;

        HeaderEvents events() {
            CounterEvents events = new CounterEvents(state, offsets);
            return (stream, l1, bcid) -> joined.of(events.event(stream, l1, bcid));
        }
    }

    /** How events are made. */
    record Rules(int depth, @Nullable Map<Integer, Counters> offsets) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    private static final PieceSink NOTHING = new PieceSink() {
        @Override
        public void frame(Frame frame, long event, Places places) {}

        @Override
        public void error(String kind, String text, long place, Places places) {}
    };

    /** A unit's pieces, and headers by stream. */
    record Unit(List<Piece> pieces, Map<Integer, Long> headers) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Goes through a run.
     *
     * @param units files of readout boards, or all files as one
     */
    static RunEvents of(List<Unit> units, Rules rules, Configuration conf) throws IOException {
        Map<Integer, Start> starts = new TreeMap<>();
        List<String> remarks = new ArrayList<>();
        int[] first = new int[0];
        long all = 0;
        for (int u = 0; u < units.size(); u++) {
            Unit unit = units.get(u);
            Map<Integer, Counters> offsets = offsets(unit, rules, remarks, conf);
            CounterEvents events = new CounterEvents(rules.depth, offsets);
            Map<Integer, CounterEvents.State> states = new TreeMap<>();
            Latest latest = new Latest(events, units.size() > 1);
            for (Piece piece : unit.pieces) {
                states.put(piece.number(), events.state());
                decode(piece, latest, conf);
            }
            JoinedEvents joined = JoinedEvents.SAME;
            boolean boards = unit.pieces.get(0).run().filesAreBoards();
            if (u == 0) {
                first = latest.counters();
                all = events.opened();
            } else if (!boards) {
                joined = new JoinedEvents(new long[] {0}, new long[] {all});
                all += events.opened();
            } else {
                JoinedEvents.Joined found = JoinedEvents.of(first, latest.counters(), all);
                joined = found.events();
                all = found.all();
                remarks.add("readout board " + u + ": its counters are "
                        + found.offset().l1() + " triggers and "
                        + found.offset().bcid() + " crossings from those of the first; " + found.alone() + " of "
                        + events.opened() + " events have no partner");
            }
            JoinedEvents of = joined;
            states.forEach((piece, state) -> starts.put(piece, new Start(state, offsets, of)));
        }
        return new RunEvents(all, starts, remarks);
    }

    private static Map<Integer, Counters> offsets(Unit unit, Rules rules, List<String> remarks, Configuration conf)
            throws IOException {
        if (rules.offsets != null || unit.headers.size() < 2) {
            return rules.offsets == null ? Map.of() : rules.offsets;
        }
        CounterOffsets offsets = new CounterOffsets(unit.headers);
        for (Piece piece : unit.pieces) {
            decode(piece, offsets, conf);
        }
        CounterOffsets.Found found = offsets.found();
        found.offsets()
                .forEach((stream, o) -> remarks.add("stream " + stream + ": its counters are " + o.l1()
                        + " triggers and " + o.bcid() + " crossings from those of the stream with most headers"));
        found.remarks().forEach((stream, text) -> remarks.add("stream " + stream + ": " + text));
        return new TreeMap<>(found.offsets());
    }

    private static void decode(Piece piece, HeaderEvents events, Configuration conf) throws IOException {
        if (piece.run().layout() == Etroc2Layout.KCU) {
            KcuDecoding.headers(piece, events, conf);
            return;
        }
        try (Decoding decoding = Decoding.of(piece, 0, events, NOTHING, conf)) {
            decoding.finish();
        }
    }

    /** Keeps the counters of each event, where boards are to be joined. */
    private static final class Latest implements HeaderEvents {
        private final CounterEvents events;
        private final boolean keep;
        private int[] counters = new int[1024];

        Latest(CounterEvents events, boolean keep) {
            this.events = events;
            this.keep = keep;
        }

        @Override
        public long event(int stream, int l1, int bcid) {
            long before = events.opened();
            long event = events.event(stream, l1, bcid);
            if (keep && events.opened() > before) {
                int i = Math.toIntExact(event);
                counters = i < counters.length ? counters : Arrays.copyOf(counters, 2 * counters.length);
                counters[i] = events.latest();
            }
            return event;
        }

        int[] counters() {
            return keep ? Arrays.copyOf(counters, Math.toIntExact(events.opened())) : new int[0];
        }
    }
}
