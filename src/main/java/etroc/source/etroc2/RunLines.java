package etroc.source.etroc2;

import etroc.layout.RawFiles;
import etroc.runs.DataFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.io.IOUtils;
import org.jspecify.annotations.Nullable;

/** The lines of a run's files, one after another, from a place in one of them on. A file's last line need not have an end. */
final class RunLines implements Closeable {
    /** Of a line that is longer than the buffer so much is kept; no record is that long. */
    private static final int KEPT = Decoding.CHUNK / 2;

    private static final int SHOWN = 200;

    private final StreamRun run;
    private final Configuration conf;
    private final byte[] buffer = new byte[Decoding.CHUNK];
    private @Nullable FSDataInputStream in;
    private int file;
    private long line;
    private boolean found;
    /** Place of the buffer's first byte in the file. */
    private long position;

    private long lineStart;
    private int from;
    private int to;
    private int next;
    private int valid;
    private boolean fileEnded;

    /**
     * Begins with the first line that begins at or behind a place.
     *
     * @param firstLine number of that line in the file
     */
    RunLines(StreamRun run, int file, long start, long firstLine, Configuration conf) throws IOException {
        this.run = run;
        this.conf = conf;
        open(file, Math.max(0, start - 1));
        if (start > 0) {
            find();
        }
        line = firstLine;
    }

    private void open(int number, long at) throws IOException {
        close();
        file = number;
        position = at;
        line = 0;
        next = 0;
        valid = 0;
        DataFile data = run.files().get(number);
        FSDataInputStream opened = RawFiles.open(data.path(), conf);
        in = opened;
        opened.seek(Math.min(at, data.length()));
        fileEnded = false;
    }

    /** Goes to the next line; false at the end of the run. */
    boolean advance() throws IOException {
        line += found ? 1 : 0;
        found = false;
        while (!find()) {
            if (file + 1 >= run.files().size()) {
                return false;
            }
            open(file + 1, 0);
        }
        found = true;
        return true;
    }

    /** Finds the next line of the file; false at its end. */
    private boolean find() throws IOException {
        from = next;
        lineStart = position + from;
        int searched = from;
        while (true) {
            for (int i = searched; i < valid; i++) {
                if (buffer[i] == '\n') {
                    to = i;
                    next = i + 1;
                    return true;
                }
            }
            if (fileEnded) {
                to = valid;
                next = valid;
                return from < valid;
            }
            searched = readOn();
        }
    }

    /** Reads on behind what is there of the line; where new bytes begin. */
    private int readOn() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, valid - from);
        position += from;
        valid -= from;
        from = 0;
        if (valid == buffer.length) {
            position += valid - KEPT;
            valid = KEPT;
        }
        int old = valid;
        FSDataInputStream open = in;
        valid += open == null ? 0 : open.readNBytes(buffer, old, buffer.length - old);
        fileEnded = valid < buffer.length;
        return old;
    }

    byte[] buffer() {
        return buffer;
    }

    int from() {
        return from;
    }

    /** End of the line, without its line end. */
    int to() {
        return to > from && buffer[to - 1] == '\r' ? to - 1 : to;
    }

    int file() {
        return file;
    }

    /** Number of the line in its file. */
    long line() {
        return line;
    }

    /** First byte of the line in its file. */
    long lineStart() {
        return lineStart;
    }

    /** The line's beginning, for messages; bytes that are no printable character as question marks. */
    String text() {
        return new String(buffer, from, Math.min(to() - from, SHOWN), StandardCharsets.US_ASCII)
                .replaceAll("[^\\p{Print}]", "?");
    }

    @Override
    public void close() throws IOException {
        IOUtils.closeStream(in);
        in = null;
    }
}
