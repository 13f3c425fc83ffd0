package etroc.layout.etroc2;

import etroc.layout.etroc2.ChipWord.Kind;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads translated text, line by line, in slices of a run: all lines of the slice, {@link #reachBorder}, and then the lines behind it until it is
 * {@link #done} or the run ends. A frame belongs to the slice of its header, an event to that of its event header.
 */
public final class TextDecoder {
    private static final int CHANNELS = 4;

    private final TextLine line;
    private final @Nullable HeaderEvents ofHeaders;
    private final TextSink sink;
    private final FrameBuilder[] channels = new FrameBuilder[CHANNELS];
    private final long[] counts = new long[TextCount.values().length];
    private long event = -1;
    private long headers;
    private long declaredHits = -1;
    private long eventHits;
    private boolean eventOpen;
    private boolean behind;

    /** A decoder for a slice of a run. */
    public TextDecoder(TextDialect dialect, TextSink sink) {
        this(dialect, HeaderEvents.NONE, sink);
    }

    /** A decoder whose frames are of the events that their headers get, where the dialect has no lines that begin events. */
    public TextDecoder(TextDialect dialect, HeaderEvents events, TextSink sink) {
        this.line = new TextLine(dialect);
        this.ofHeaders = dialect.hasEvents() ? null : events;
        this.sink = sink;
        for (int i = 0; i < CHANNELS; i++) {
            channels[i] = new FrameBuilder(i, dialect.hasChip(), sink);
            channels[i].setEvent(event);
        }
    }

    /**
     * Takes the next line.
     *
     * @param from first byte
     * @param to end of the line, without its line end
     * @param number of the line
     */
    public void decode(byte[] buffer, int from, int to, long number) {
        TextLineKind kind = line.parse(buffer, from, to);
        eventHits += kind == TextLineKind.DATA ? 1 : 0;
        if (behind) {
            decodeBehind(kind, number);
            return;
        }
        count(TextCount.LINES);
        count(kind.count());
        if (kind.isWord()) {
            Kind word = ChipWord.kind(line.word());
            FrameBuilder channel = channels[line.channel()];
            if (word == Kind.HEADER && ofHeaders != null) {
                channel.setEvent(ofHeaders.event(line.channel(), ChipWord.l1(line.word()), ChipWord.bcid(line.word())));
            }
            channel.add(word, line.word(), number, headers);
            headers += word == Kind.HEADER ? 1 : 0;
        } else if (kind == TextLineKind.EVENT_HEADER) {
            beginEvent();
        } else if (kind == TextLineKind.CLOCK) {
            count(TextCount.CLOCK_FILLERS);
        } else if (kind == TextLineKind.MALFORMED) {
            sink.malformed(line.reason(), number);
        }
    }

    private void count(TextCount what) {
        counts[what.ordinal()]++;
    }

    private void beginEvent() {
        endEvent();
        eventOpen = true;
        eventHits = 0;
        declaredHits = line.declaredHits();
        event++;
        for (FrameBuilder channel : channels) {
            channel.endEvent();
            channel.setEvent(event);
        }
    }

    private void endEvent() {
        if (eventOpen && declaredHits >= 0 && declaredHits != eventHits) {
            count(TextCount.EVENT_HIT_MISMATCH);
        }
        eventOpen = false;
    }

    /** The slice ends here; lines that follow only end its last event and frames. */
    public void reachBorder() {
        behind = true;
        for (FrameBuilder channel : channels) {
            channel.reachBorder();
        }
    }

    private void decodeBehind(TextLineKind kind, long number) {
        if (kind == TextLineKind.EVENT_HEADER) {
            endEvent();
            for (FrameBuilder channel : channels) {
                if (channel.isOpen()) {
                    channel.addBehind(Kind.HEADER, 0, number);
                }
            }
        } else if (kind.isWord() && channels[line.channel()].isOpen()) {
            channels[line.channel()].addBehind(ChipWord.kind(line.word()), line.word(), number);
        }
    }

    /** Whether all that begins in the slice has ended, behind its border. */
    public boolean done() {
        boolean open = eventOpen;
        for (FrameBuilder channel : channels) {
            open |= channel.isOpen();
        }
        return behind && !open;
    }

    /** The run ends; of no effect when it is {@link #done}. */
    public void finish() {
        if (!behind) {
            reachBorder();
        }
        endEvent();
        for (FrameBuilder channel : channels) {
            channel.finish();
        }
    }

    /** What the slice held, when it is {@link #done}. */
    public TextCounts counts() {
        Map<TextCount, Long> all = new EnumMap<>(TextCount.class);
        for (TextCount what : TextCount.values()) {
            all.put(what, counts[what.ordinal()]);
        }
        Map<Integer, StreamCounts> streams = new TreeMap<>();
        for (int i = 0; i < CHANNELS; i++) {
            streams.put(i, channels[i].counts());
        }
        return new TextCounts(all, streams);
    }
}
