package etroc.layout;

import etroc.InputException;
import etroc.source.LineCounter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CodecPool;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.io.compress.Decompressor;
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
    private final RecordLayout layout;
    private final RecordLayout.Decoder decoder;
    private final HitRecord record = new HitRecord();
    private final CRC32C checksum = new CRC32C();
    private final InputStream in;
    private final @Nullable CompressionCodec codec;
    private @Nullable Decompressor decompressor;

    private final byte[] buffer = new byte[CHUNK];
    private long bufferStart;
    private int position;
    private int limit;
    private boolean atEnd;

    private long line;
    private int lineFrom;
    private int lineTo;
    /** Beginning of a line that did not fit into the buffer. */
    private @Nullable String longLine;

    /**
     * @param allowed layouts to choose from by looking
     * @throws InputException if the file cannot be opened or its layout is not recognised
     */
    public SliceReader(FileSlice slice, List<RecordLayout> allowed, Configuration conf) {
        this.slice = slice;
        this.conf = conf;
        this.line = Math.max(slice.firstLine(), 0) - 1;
        Path path = new Path(slice.file().path());
        try {
            codec = slice.file().compressed() ? new CompressionCodecFactory(conf).getCodec(path) : null;
            FSDataInputStream raw = path.getFileSystem(conf).open(path);
            in = codec == null ? raw : decompressed(raw, codec);
            bufferStart = Math.max(slice.start() - 1, 0);
            if (bufferStart > 0) {
                raw.seek(bufferStart);
            }
            fill();
            layout = Layouts.detect(allowed, buffer, limit, atEnd, slice.file().path());
            decoder = layout.decoder();
            skipToFirstLine();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private InputStream decompressed(InputStream raw, CompressionCodec compression) throws IOException {
        decompressor = CodecPool.getDecompressor(compression);
        return compression.createInputStream(new CheckedInputStream(raw, checksum), decompressor);
    }

    private InputException unreadable(IOException e) {
        return new InputException("cannot read " + slice.file().path() + ": " + e.getMessage(), e);
    }

    public RecordLayout layout() {
        return layout;
    }

    public HitRecord record() {
        return record;
    }

    /** Number of the line that was read last, within the file from 0; within the slice if nobody asked for line numbers. */
    public long line() {
        return line;
    }

    /** CRC-32C of the slice's bytes, as stored; complete when {@link #advance} has returned null. */
    public long checksum() {
        return checksum.getValue();
    }

    /** Text of the line that was read last, for messages. */
    public String lineText() {
        return longLine != null ? longLine : Layouts.printable(buffer, lineFrom, lineTo);
    }

    /** The error for the line that was read last, which is malformed. */
    public InputException malformedLine() {
        boolean counted = slice.firstLine() >= 0 || slice.start() == 0;
        long number = counted ? line : LineCounter.firstLine(slice, conf) + line;
        return new InputException(slice.file().path() + ", line " + (number + 1) + ": " + record.malformation
                + ", found '" + lineText() + "' in layout " + layout.name()
                + " (mode PERMISSIVE counts such lines and goes on)");
    }

    /** Reads the next line; null at the end of the slice. */
    @Nullable
    public LineKind advance() {
        if (bufferStart + position >= slice.end()) {
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
            int end = indexOfLineEnd(buffer, position, limit);
            if (end < 0 && !atEnd) {
                fill();
                int used = decoder.decodeUsual(buffer, position, limit, record);
                if (used > 0) {
                    position += used;
                    line++;
                    return record.flag == 1 ? LineKind.HIT : LineKind.NO_HIT;
                }
                end = indexOfLineEnd(buffer, position, limit);
            }
            if (position == limit) {
                return null;
            }
            line++;
            lineFrom = position;
            boolean unfinished = end < 0 && !atEnd;
            lineTo = end < 0 ? limit : end;
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
            throw unreadable(e);
        }
    }

    /** A header in the middle of a file is a line of the wrong columns: it is the first line of a file appended to another. */
    private LineKind headerOnlyAtTop(LineKind kind) {
        return kind == LineKind.HEADER && bufferStart + lineFrom > 0
                ? record.malformed(Malformation.WRONG_COLUMN_COUNT)
                : kind;
    }

    private void skipPastLineEnd() throws IOException {
        int end;
        do {
            position = limit;
            fill();
            end = indexOfLineEnd(buffer, position, limit);
        } while (end < 0 && !atEnd);
        position = end < 0 ? limit : end + 1;
    }

    private void skipToFirstLine() throws IOException {
        if (slice.start() == 0) {
            return;
        }
        while (true) {
            int end = indexOfLineEnd(buffer, position, limit);
            if (end >= 0) {
                position = end + 1;
                return;
            }
            position = limit;
            if (atEnd) {
                return;
            }
            fill();
        }
    }

    /** Moves what is left to the front of the buffer and reads until the buffer is full or the file ends. */
    private void fill() throws IOException {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        bufferStart += position;
        limit -= position;
        position = 0;
        readMore();
    }

    private void readMore() throws IOException {
        while (limit < buffer.length && !atEnd) {
            int read = in.read(buffer, limit, buffer.length - limit);
            if (read < 0) {
                atEnd = true;
            } else {
                if (codec == null) {
                    addToChecksum(bufferStart + limit, read);
                }
                limit += read;
            }
        }
    }

    private void addToChecksum(long offset, int length) {
        long from = Math.max(offset, slice.start());
        long to = Math.min(offset + length, slice.end());
        if (from < to) {
            checksum.update(buffer, limit + (int) (from - offset), (int) (to - from));
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
        if (decompressor != null) {
            CodecPool.returnDecompressor(decompressor);
            decompressor = null;
        }
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
