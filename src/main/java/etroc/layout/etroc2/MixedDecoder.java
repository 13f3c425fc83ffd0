package etroc.layout.etroc2;

import etroc.layout.etroc2.ChipWord.Kind;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ETROC2 frames of a file of mixed word lines, and counts what else is in it. Source: src/docs/formats.md, "Mixed word lines". The
 * hits of ETROC1 need no decoder that remembers anything: they are a {@link etroc.layout.RecordLayout}.
 */
public final class MixedDecoder {
    private static final int CHANNELS = 4;

    private final HeaderEvents events;
    private final FrameSink sink;
    private final @Nullable Channel[] channels = new @Nullable Channel[CHANNELS];
    private final long[] counts = new long[MixedCount.values().length];
    private long headers;

    /** A decoder whose frames are of the events that their headers get. */
    public MixedDecoder(HeaderEvents events, FrameSink sink) {
        this.events = events;
        this.sink = sink;
    }

    private final class Channel {
        private final int number;
        private final FrameBuilder frames;
        private final BitStream bits = new BitStream(this::word);

        Channel(int number) {
            this.number = number;
            this.frames = new FrameBuilder(number, sink);
        }

        private void word(Kind kind, long word, long line) {
            if (kind == Kind.HEADER) {
                frames.setEvent(events.event(number, ChipWord.l1(word), ChipWord.bcid(word)));
            }
            frames.add(kind, word, line, headers);
            headers += kind == Kind.HEADER ? 1 : 0;
        }
    }

    /** Takes the word of the next line. */
    public void decode(long word, long line) {
        MixedCount kind = MixedWord.kind(word);
        count(kind);
        if (kind == MixedCount.SLICES) {
            int number = MixedWord.sliceChannel(word);
            Channel channel = channels[number];
            if (channel == null) {
                channel = new Channel(number);
                channels[number] = channel;
            }
            channel.bits.add(MixedWord.slice(word), line);
        }
    }

    /** The next line is no word. */
    public void malformed() {
        count(MixedCount.MALFORMED);
    }

    private void count(MixedCount what) {
        counts[MixedCount.LINES.ordinal()]++;
        counts[what.ordinal()]++;
    }

    /** The file ends. */
    public void finish() {
        for (Channel channel : channels) {
            if (channel != null) {
                channel.bits.finish();
                channel.frames.finish();
            }
        }
    }

    /** What the file held, when it is finished. */
    public MixedCounts counts() {
        Map<MixedCount, Long> all = new EnumMap<>(MixedCount.class);
        for (MixedCount what : MixedCount.values()) {
            all.put(what, counts[what.ordinal()]);
        }
        Map<Integer, StreamCounts> streams = new TreeMap<>();
        Map<Integer, MixedCounts.Bits> bits = new TreeMap<>();
        for (Channel c : channels) {
            if (c != null) {
                streams.put(c.number, c.frames.counts());
                bits.put(c.number, new MixedCounts.Bits(c.bits.slices(), c.bits.unsynced(), c.bits.losses()));
            }
        }
        return new MixedCounts(all, streams, bits);
    }

    /** Whether words of lines hold an ETROC2's bit stream: of a channel's bits at least half are in step, which chance does not bring about. */
    static boolean synchronises(long[] words) {
        BitStream[] streams = new BitStream[CHANNELS];
        for (int c = 0; c < CHANNELS; c++) {
            streams[c] = new BitStream((kind, word, line) -> {});
        }
        for (long word : words) {
            if (MixedWord.kind(word) == MixedCount.SLICES) {
                streams[MixedWord.sliceChannel(word)].add(MixedWord.slice(word), 0);
            }
        }
        for (BitStream stream : streams) {
            stream.finish();
            if (stream.found() >= 2 && stream.found() * ChipWord.BITS >= stream.unsynced()) {
                return true;
            }
        }
        return false;
    }
}
