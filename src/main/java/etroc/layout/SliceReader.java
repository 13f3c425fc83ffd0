package etroc.layout;

import etroc.InputException;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the lines of one slice. {@link #advance} decodes the next line into {@link #record} and says what it was. Memory is one
 * buffer whatever the size of file, slice or line.
 */
public final class SliceReader implements Closeable {
    /** Longest line that is looked at; data lines have 10 to 40 bytes. */
    static final int MAX_LINE = 4096;

    private static final int CHUNK = 256 * 1024;

    private final FileSlice slice;
    private final Configuration conf;
    private final SliceInput in;
    /** Lines that begin here or later are not the slice's. */
    private final long end;

    private final RecordLayout layout;
    private final RecordLayout.Decoder decoder;
    private final HitRecord record = new HitRecord();

    private final byte[] buffer;
    /** Position of the buffer's first byte in the file. */
    private long bufferStart;

    private int position;
    private int limit;
    private boolean atEnd;

    private long line = -1;
    private int lineFrom;
    private int lineTo;
    /** Beginning of a line that did not fit into the buffer. */
    private @Nullable String longLine;

    private SliceReader(FileSlice slice, SliceInput in, RecordLayout layout, byte[] buffer, Configuration conf) {
        this.slice = slice;
        this.in = in;
        this.end = slice.compressed() ? Long.MAX_VALUE : slice.end();
        this.layout = layout;
        this.decoder = layout.decoder();
        this.buffer = buffer;
        this.conf = conf;
    }

    /** A buffer for {@link #open}, for one slice after the other. */
    public static byte[] newBuffer() {
        return new byte[CHUNK];
    }

    /**
     * Begins to read a slice. The layout is that of the file's first lines, whichever slice of it is read.
     *
     * @param allowed layouts to choose from by looking
     * @param buffer of {@link #newBuffer}; the reader's own until it is closed
     * @throws InputException if the file cannot be opened or its layout is not recognised
     */
    public static SliceReader open(FileSlice slice, List<RecordLayout> allowed, byte[] buffer, Configuration conf) {
        SliceInput in = null;
        try {
            in = new SliceInput(slice, conf);
            int filled = 0;
            int head;
            if (slice.start() == 0) {
                filled = in.fill(buffer, 0);
                head = Math.min(filled, Layouts.HEAD);
            } else {
                head = allowed.size() == 1 ? 0 : in.head(buffer, Layouts.HEAD);
            }
            RecordLayout layout = Layouts.detect(allowed, buffer, head, head < Layouts.HEAD, slice.path());
            SliceReader reader = new SliceReader(slice, in, layout, buffer, conf);
            reader.begin(filled);
            return reader;
        } catch (IOException | RuntimeException e) {
            closeAfter(e, in);
            throw e instanceof IOException io ? unreadable(slice, io) : (RuntimeException) e;
        }
    }

    private static void closeAfter(Exception failure, @Nullable SliceInput in) {
        try {
            if (in != null) {
                in.close();
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private static InputException unreadable(FileSlice slice, IOException e) {
        return new InputException("cannot read " + slice.path() + ": " + e.getMessage(), e);
    }

    /** Goes to the slice's first line. */
    private void begin(int filled) throws IOException {
        if (slice.start() == 0) {
            limit = filled;
            atEnd = filled < buffer.length;
        } else {
            bufferStart = in.position();
            fill();
            skipPastLineEnd();
        }
    }

    public RecordLayout layout() {
        return layout;
    }

    public HitRecord record() {
        return record;
    }

    /** Number of the line that was read last, within the slice from 0. */
    public long line() {
        return line;
    }

    /** CRC-32C of the slice's bytes, as stored; complete when {@link #advance} has returned null. */
    public long checksum() {
        return in.checksum();
    }

    /** Text of the line that was read last, for messages. */
    public String lineText() {
        return longLine != null ? longLine : Layouts.printable(buffer, lineFrom, lineTo);
    }

    /** The error for the line that was read last, which is malformed. It counts the lines before the slice to name the line of the file. */
    public InputException malformedLine() {
        try {
            return new InputException(slice.path() + ", line " + (SliceInput.linesBefore(slice, conf) + line + 1) + ": "
                    + record.malformation
                    + ", found '" + lineText() + "' in layout " + layout.name()
                    + " (mode PERMISSIVE counts such lines and goes on)");
        } catch (IOException e) {
            return unreadable(slice, e);
        }
    }

    /** Reads the next line; null at the end of the slice. */
    @Nullable
    public LineKind advance() {
        if (bufferStart + position >= end) {
            return null;
        }
        int used = decoder.decodeUsual(buffer, position, limit, record);
        if (used == 0) {
            return advanceSlowly();
        }
        position += used;
        line++;
        return record.flag == 1 ? LineKind.HIT : LineKind.NO_HIT;
    }

    private @Nullable LineKind advanceSlowly() {
        try {
            int lineEnd = indexOfLineEnd(buffer, position, limit);
            if (lineEnd < 0 && !atEnd) {
                fill();
                int used = decoder.decodeUsual(buffer, position, limit, record);
                if (used > 0) {
                    position += used;
                    line++;
                    return record.flag == 1 ? LineKind.HIT : LineKind.NO_HIT;
                }
                lineEnd = indexOfLineEnd(buffer, position, limit);
            }
            if (position == limit) {
                return null;
            }
            line++;
            lineFrom = position;
            boolean unfinished = lineEnd < 0 && !atEnd;
            lineTo = lineEnd < 0 ? limit : lineEnd;
            position = Math.min(lineTo + 1, limit);
            if (unfinished || lineTo - lineFrom > MAX_LINE) {
                longLine = Layouts.printable(buffer, lineFrom, lineTo);
                if (unfinished) {
                    skipPastLineEnd();
                }
                return record.malformed(Malformation.LINE_TOO_LONG);
            }
            longLine = null;
            lineTo = withoutCarriageReturn(buffer, lineFrom, lineTo);
            return headerOnlyAtTop(decoder.decode(buffer, lineFrom, lineTo, record));
        } catch (IOException e) {
            throw unreadable(slice, e);
        }
    }

    /** A header in the middle of a file is a line of the wrong columns: it is the first line of a file appended to another. */
    private LineKind headerOnlyAtTop(LineKind kind) {
        return kind == LineKind.HEADER && bufferStart + lineFrom > 0
                ? record.malformed(Malformation.WRONG_COLUMN_COUNT)
                : kind;
    }

    private void skipPastLineEnd() throws IOException {
        int lineEnd;
        while ((lineEnd = indexOfLineEnd(buffer, position, limit)) < 0 && !atEnd) {
            position = limit;
            fill();
        }
        position = lineEnd < 0 ? limit : lineEnd + 1;
    }

    /** Moves what is left to the front of the buffer and reads until the buffer is full or the file ends. */
    private void fill() throws IOException {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        bufferStart += position;
        limit -= position;
        position = 0;
        limit = in.fill(buffer, limit);
        atEnd = limit < buffer.length;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    static int indexOfLineEnd(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    static int withoutCarriageReturn(byte[] bytes, int from, int to) {
        return to > from && bytes[to - 1] == '\r' ? to - 1 : to;
    }
}
