package etroc.scan.bench;

import etroc.layout.RawFiles;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.apache.hadoop.conf.Configuration;

/** A file that is read from its beginning to its end, with the checksum of what was read. */
final class FileBytes implements Closeable {
    private static final int BUFFER = 1 << 16;

    private final CheckedInputStream in;

    FileBytes(String path, Configuration conf) throws IOException {
        in = new CheckedInputStream(new BufferedInputStream(RawFiles.open(path, conf), BUFFER), new CRC32C());
    }

    InputStream in() {
        return in;
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
