package etroc.layout.etroc2;

import etroc.layout.etroc2.ChipWord.Kind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads KCU records: 8 bytes, little-endian, with marker bits, e-link and chip word. Source: src/docs/formats.md, "KCU records".
 *
 * <p>It reads the frames whose header stands in a slice of the file, {@code [start, end)}; bytes are handed to it from the slice's beginning
 * on, in chunks of any size, until it is {@link #done} or the file ends. So a file may be cut anywhere, and the frames are the same. A frame
 * is handed over when it ends, with the number of its record as line.
 */
public final class KcuDecoder {
    /** Bytes of a record. */
    public static final int RECORD = 8;

    private static final int STREAMS = 256;
    private static final int HEADER_MARKER = 1;
    private static final int TRAILER_MARKER = 2;
    private static final long FIFO_FULL = 1L << 50;
    /** Bits 39 to 22, which tell a header. */
    private static final long HEADER_BITS = 0xFFFFC00000L;

    private static final long MAX_PADDING = 256;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final HeaderEvents events;
    private final FrameSink sink;
    private final @Nullable FrameBuilder[] streams = new @Nullable FrameBuilder[STREAMS];
    private final long last;
    private long line;
    private final byte[] rest = new byte[RECORD];
    private int restBytes;
    /** Streams whose frame goes on behind the slice; -1 before its end. */
    private int openBehind = -1;

    private long records;
    private long padding;
    private long markerMismatches;
    private long reservedBits;
    private long fullRecords;
    private long headers;
    private long trailingBytes;

    /**
     * A decoder for the records that begin in {@code [start, end)}.
     *
     * @param start of the slice [bytes]
     * @param end of the slice [bytes]
     */
    public KcuDecoder(long start, long end, FrameSink sink) {
        this(start, end, HeaderEvents.NONE, sink);
    }

    /** A decoder whose frames are of the events that their headers get, in the order of the headers. */
    public KcuDecoder(long start, long end, HeaderEvents events, FrameSink sink) {
        this.line = firstRecord(start);
        this.last = firstRecord(end);
        this.events = events;
        this.sink = sink;
    }

    private static long firstRecord(long position) {
        return (position + RECORD - 1) / RECORD;
    }

    /** Where the first byte that {@link #decode} must be given stands in the file, for a slice that begins at this byte. */
    public static long firstByte(long start) {
        return firstRecord(start) * RECORD;
    }

    /**
     * Hands over the headers of whole records, in their order, and looks at nothing else.
     *
     * @param from first byte of a record
     * @param to end of the records
     */
    public static void headers(byte[] buffer, int from, int to, HeaderEvents events) {
        for (int i = from; i < to; i += RECORD) {
            long bits = (long) LONG.get(buffer, i);
            if ((bits & HEADER_BITS) == ChipWord.PREAMBLE << 24) { // which is never padding
                events.event((int) (bits >>> 40) & 0xFF, ChipWord.l1(bits), ChipWord.bcid(bits));
            }
        }
    }

    /** Takes bytes {@code [from, to)} of a buffer, which follow those of the call before in the file. */
    public void decode(byte[] buffer, int from, int to) {
        int position = from;
        while (restBytes > 0 && restBytes < RECORD && position < to) {
            rest[restBytes++] = buffer[position++];
        }
        if (restBytes == RECORD) {
            decodeRecords(rest, 0, RECORD);
            restBytes = 0;
        }
        if (restBytes == 0) {
            position = decodeRecords(buffer, position, to);
            restBytes = done() ? 0 : to - position;
            System.arraycopy(buffer, position, rest, 0, restBytes);
        }
    }

    /** Decodes whole records; where it stopped. */
    private int decodeRecords(byte[] buffer, int from, int to) {
        int position = from;
        int inside = (int) Math.min((to - from) / RECORD, Math.max(0, last - line));
        for (int end = from + inside * RECORD; position < end; position += RECORD) {
            decode((long) LONG.get(buffer, position));
            line++;
        }
        if (line >= last && openBehind < 0) {
            reachBorder();
        }
        while (openBehind > 0 && position + RECORD <= to) {
            decodeBehind((long) LONG.get(buffer, position));
            line++;
            position += RECORD;
        }
        return position;
    }

    private void decode(long bits) {
        records++;
        int markers = (int) (bits >>> 48) & (HEADER_MARKER | TRAILER_MARKER);
        long word = bits & ChipWord.MASK;
        reservedBits += bits >>> 56 != 0 ? 1 : 0;
        fullRecords += (bits & FIFO_FULL) != 0 ? 1 : 0;
        if (isPadding(markers, word)) {
            padding++;
            return;
        }
        Kind kind = ChipWord.kind(word);
        int expected = kind == Kind.HEADER ? HEADER_MARKER : kind == Kind.TRAILER ? TRAILER_MARKER : 0;
        markerMismatches += markers == expected ? 0 : 1;
        int number = (int) (bits >>> 40) & 0xFF;
        FrameBuilder stream = stream(number);
        if (kind == Kind.HEADER) {
            stream.setEvent(events.event(number, ChipWord.l1(word), ChipWord.bcid(word)));
        }
        stream.add(kind, word, line, headers);
        headers += kind == Kind.HEADER ? 1 : 0;
    }

    private static boolean isPadding(int markers, long word) {
        return markers == 0 && !ChipWord.isData(word) && (word == 0 || (word & 0xFFFFFFFFL) <= MAX_PADDING);
    }

    private FrameBuilder stream(int number) {
        FrameBuilder stream = streams[number];
        if (stream == null) {
            stream = new FrameBuilder(number, sink);
            streams[number] = stream;
        }
        return stream;
    }

    private void reachBorder() {
        openBehind = 0;
        for (FrameBuilder stream : streams) {
            if (stream != null) {
                stream.reachBorder();
                openBehind += stream.isOpen() ? 1 : 0;
            }
        }
    }

    private void decodeBehind(long bits) {
        long word = bits & ChipWord.MASK;
        FrameBuilder stream = streams[(int) (bits >>> 40) & 0xFF];
        if (stream != null
                && stream.isOpen()
                && !isPadding((int) (bits >>> 48) & (HEADER_MARKER | TRAILER_MARKER), word)) {
            stream.addBehind(ChipWord.kind(word), word, line);
            openBehind -= stream.isOpen() ? 0 : 1;
        }
    }

    /** Whether all of its frames have ended, behind the slice's end; what follows is of no interest. */
    public boolean done() {
        return openBehind == 0;
    }

    /** The file ends; of no effect when it is {@link #done}. */
    public void finish() {
        if (openBehind < 0) {
            trailingBytes = restBytes;
            reachBorder();
        }
        for (FrameBuilder stream : streams) {
            if (stream != null) {
                stream.finish();
            }
        }
        openBehind = 0;
    }

    /** Number of headers in the slice. */
    public long headers() {
        return headers;
    }

    /** What the slice held; complete when {@link #done}. */
    public KcuCounts counts() {
        Map<Integer, StreamCounts> of = new TreeMap<>();
        for (int i = 0; i < STREAMS; i++) {
            FrameBuilder stream = streams[i];
            if (stream != null) {
                of.put(i, stream.counts());
            }
        }
        return new KcuCounts(records, padding, markerMismatches, reservedBits, fullRecords, trailingBytes, of);
    }
}
