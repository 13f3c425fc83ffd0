package etroc.source.etroc2;

import etroc.layout.etroc2.HeaderEvents;
import java.io.Serializable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a file, and what reading it needs to know of those before it.
 *
 * @param entry where reading enters it: words of the run, or number of its first line
 * @param firstFrame number of headers before it in the run
 * @param firstEvent number of events before it in the run; 0 where headers make them
 * @param clocksBefore clock fillers before it in the run
 * @param start of the makers of events; null where lines or words say where events begin
 */
record ReadPiece(
        Piece piece,
        RunFacts facts,
        long entry,
        long firstFrame,
        long firstEvent,
        long clocksBefore,
        RunEvents.@Nullable Start start)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    HeaderEvents events() {
        if (start != null) {
            return start.events();
        }
        AtomicLong next = new AtomicLong(); // of one stream each header is an event
        return piece.run().eventsByCounters() ? (stream, l1, bcid) -> next.getAndIncrement() : HeaderEvents.NONE;
    }
}
