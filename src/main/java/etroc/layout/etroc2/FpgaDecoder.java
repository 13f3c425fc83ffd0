package etroc.layout.etroc2;

import etroc.layout.etroc2.ChipWord.Kind;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a run of FPGA words, or the part of it that begins in a slice, from the place at which reading enters the slice ({@link FpgaPassages}).
 * Source: src/docs/formats.md, "FPGA words".
 */
public final class FpgaDecoder {
    /** Words that {@link #decode} must be able to see at once. */
    public static final int LOOKAHEAD = FpgaScanner.LOOKAHEAD;

    private static final int CHANNELS = 4;

    private final FpgaScanner scanner = new FpgaScanner();
    private final FpgaSink sink;
    private final FpgaEvent event = new FpgaEvent();
    private final FrameBuilder[] channels = new FrameBuilder[CHANNELS];
    private final boolean[] used = new boolean[CHANNELS];
    private final long end;
    private final long[] counts = new long[FpgaCount.values().length];
    private long position;
    private long headers;

    private @Nullable FrameBuilder open;
    private int channelsLeft;
    /** L1 counter and BCID of the event's first frame; -1: none yet. */
    private int trigger;

    private boolean disagrees;

    /**
     * A decoder for what begins in {@code [entry, end)}.
     *
     * @param entry where reading enters the slice [words of the run]
     * @param end of the slice [words of the run]
     */
    public FpgaDecoder(long entry, long end, FpgaSink sink) {
        this.position = entry;
        this.end = end;
        this.sink = sink;
        for (int i = 0; i < CHANNELS; i++) {
            channels[i] = new FrameBuilder(i, frame -> sink.frame(frame, event));
        }
    }

    /** Where the next word that it wants stands in the run. */
    public long position() {
        return position;
    }

    /** Whether all that begins in the slice has been read. */
    public boolean done() {
        return position >= end;
    }

    /**
     * Reads on as far as the words allow: to the slice's end, or until more words are needed.
     *
     * @param words the one at {@code from} stands at {@link #position}
     * @param limit end of the valid words
     * @param last whether the run ends there
     * @return place of the first word that is still needed
     */
    public int decode(int[] words, int from, int limit, boolean last) {
        int p = from;
        while (p < limit && position < end) {
            int length = scanner.length(words, p, limit, last, position);
            if (length == 0) {
                break;
            }
            take(words, p, length);
            p += length;
            position += length;
        }
        return p;
    }

    private void take(int[] words, int p, int length) {
        count(FpgaCount.WORDS, length);
        switch (scanner.item()) {
            case EVENT -> {
                count(FpgaCount.EVENT_WORDS, length);
                event(words, p, length);
            }
            case RAW_DUMP -> count(FpgaCount.RAW_DUMP_WORDS, length);
            case OLD_FILLER -> count(FpgaCount.OLD_FILLERS, 1);
            case FIFO_FILLER -> count(FpgaCount.FIFO_FILLERS, 1);
            case CLOCK_FILLER -> count(FpgaCount.CLOCK_FILLERS, 1);
            case CLOCK2_FILLER -> count(FpgaCount.CLOCK2_FILLERS, 1);
            case ZERO -> count(FpgaCount.ZERO_WORDS, 1);
            case UNKNOWN -> unknown();
        }
    }

    private void unknown() {
        count(FpgaCount.UNKNOWN_WORDS, 1);
        FpgaError error = scanner.error();
        if (error != null) {
            count(
                    switch (error) {
                        case NO_SECOND_HEADER -> FpgaCount.NO_SECOND_HEADER;
                        case NO_EVENT_TRAILER -> FpgaCount.NO_EVENT_TRAILER;
                        case CUT_AT_END -> FpgaCount.CUT_AT_END;
                    },
                    1);
            sink.error(error, position);
        }
    }

    private void count(FpgaCount what, long n) {
        counts[what.ordinal()] += n;
    }

    private void event(int[] words, int p, int length) {
        event.begin(position, words[p], words[p + 1], words[p + length - 1], counts[FpgaCount.CLOCK_FILLERS.ordinal()]);
        channelsLeft = event.mask();
        trigger = -1;
        disagrees = false;
        int n = event.words();
        for (int k = 0; k < n; k++) {
            int offset = k * ChipWord.BITS;
            int i = offset >> 5;
            long two = ((long) words[p + 2 + i] << 32) | (words[p + 3 + i] & 0xFFFFFFFFL);
            add((two >>> (24 - (offset & 31))) & ChipWord.MASK, position + 2 + i);
        }
        endFrame();
        count(FpgaCount.EVENTS, 1);
        count(FpgaCount.CHIP_WORDS, n);
        count(FpgaCount.MISSING_FRAMES, Integer.bitCount(channelsLeft));
        count(FpgaCount.EVENT_HIT_MISMATCH, event.hitsDeclared() == event.dataWords() ? 0 : 1);
        count(FpgaCount.BCID_DISAGREEMENTS, disagrees ? 1 : 0);
        sink.event(event);
    }

    private void add(long word, long line) {
        Kind kind = ChipWord.kind(word);
        if (kind == Kind.HEADER) {
            endFrame();
            beginFrame(word);
        }
        if (open == null) {
            count(FpgaCount.WORDS_OUTSIDE_FRAMES, 1);
            return;
        }
        open.add(kind, word, line, headers);
        if (kind == Kind.HEADER) {
            headers++;
        } else if (kind == Kind.DATA) {
            event.addData();
        } else if (kind == Kind.TRAILER) {
            open = null;
        }
    }

    /** The header is that of the lowest channel that has not answered yet. */
    private void beginFrame(long header) {
        if (channelsLeft == 0) {
            count(FpgaCount.TOO_MANY_HEADERS, 1);
            return;
        }
        int channel = Integer.numberOfTrailingZeros(channelsLeft);
        channelsLeft &= channelsLeft - 1;
        open = channels[channel];
        used[channel] = true;
        open.setEvent(event.ordinal());
        event.addFrame();
        int counters = ChipWord.l1(header) << 12 | ChipWord.bcid(header);
        disagrees |= trigger >= 0 && trigger != counters;
        trigger = trigger < 0 ? counters : trigger;
    }

    private void endFrame() {
        if (open != null) {
            open.finish();
            open = null;
        }
    }

    /** What the slice held, when it is {@link #done}. */
    public FpgaCounts counts() {
        Map<FpgaCount, Long> all = new EnumMap<>(FpgaCount.class);
        for (FpgaCount what : FpgaCount.values()) {
            all.put(what, counts[what.ordinal()]);
        }
        Map<Integer, StreamCounts> streams = new TreeMap<>();
        for (int i = 0; i < CHANNELS; i++) {
            if (used[i]) {
                streams.put(i, channels[i].counts());
            }
        }
        return new FpgaCounts(all, streams);
    }
}
