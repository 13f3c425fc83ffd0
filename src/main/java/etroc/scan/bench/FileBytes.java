package etroc.scan.bench;

import etroc.layout.RawFiles;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.apache.hadoop.conf.Configuration;

/** A file that is read from its beginning to its end, with the checksum of what was read. */
final class FileBytes implements Closeable {
    private static final int BUFFER = 1 << 16;

    private final LastByte last;
    private final CheckedInputStream in;

    /** Knows the last byte that was read. */
    private static final class LastByte extends FilterInputStream {
        private int value = '\n';

        LastByte(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            value = read < 0 ? value : read;
            return read;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int n = super.read(bytes, from, length);
            value = n > 0 ? bytes[from + n - 1] : value;
            return n;
        }
    }

    FileBytes(String path, Configuration conf) throws IOException {
        last = new LastByte(new BufferedInputStream(RawFiles.open(path, conf), BUFFER));
        in = new CheckedInputStream(last, new CRC32C());
    }

    InputStream in() {
        return in;
    }

    /** Whether what was read so far is nothing, or ends with a line feed. */
    boolean endsWithLine() {
        return last.value == '\n';
    }

    /** CRC-32C of what was read so far. */
    String crc32c() {
        return String.format(Locale.ROOT, "%08x", in.getChecksum().getValue());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
