package etroc.layout;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
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

/** The bytes from the one before a slice on, decompressed where they are compressed, and the CRC-32C of the slice's own as stored. */
final class SliceInput implements Closeable {
    private final FileSlice slice;
    private final FSDataInputStream raw;
    private final CRC32C checksum = new CRC32C();
    private final InputStream in;
    private @Nullable Decompressor decompressor;
    private long position;

    SliceInput(FileSlice slice, Configuration conf) throws IOException {
        this.slice = slice;
        Path path = new Path(slice.path());
        raw = RawFiles.open(slice.path(), conf);
        try {
            position = Math.max(slice.start() - 1, 0);
            raw.seek(position);
            in = slice.compressed() ? decompressed(path, conf) : raw;
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private InputStream decompressed(Path path, Configuration conf) throws IOException {
        CompressionCodec codec = new CompressionCodecFactory(conf).getCodec(path);
        decompressor = CodecPool.getDecompressor(codec);
        return codec.createInputStream(new CheckedInputStream(raw, checksum), decompressor);
    }

    /** Position of the next byte in the file, or in what it is decompressed to. */
    long position() {
        return position;
    }

    /** Reads the first bytes of the file, wherever the slice begins; the number of bytes read, less than asked for at the file's end only. */
    int head(byte[] buffer, int length) throws IOException {
        int filled = 0;
        int read;
        while (filled < length && (read = raw.read(filled, buffer, filled, length - filled)) > 0) {
            filled += read;
        }
        return filled;
    }

    /** Reads until the buffer is full or the file ends; the new end of the valid bytes. */
    int fill(byte[] buffer, int from) throws IOException {
        int filled = from;
        int read;
        while (filled < buffer.length && (read = in.read(buffer, filled, buffer.length - filled)) > 0) {
            if (!slice.compressed()) {
                check(buffer, filled, read);
            }
            filled += read;
            position += read;
        }
        return filled;
    }

    private void check(byte[] buffer, int offset, int length) {
        long from = Math.max(position, slice.start());
        long to = Math.min(position + length, slice.end());
        if (from < to) {
            checksum.update(buffer, offset + (int) (from - position), (int) (to - from));
        }
    }

    /** Lines that begin before a slice; where it begins with a line, a line end stands one byte before. Reads all that stands there. */
    static long linesBefore(FileSlice slice, Configuration conf) throws IOException {
        if (slice.start() == 0) {
            return 0;
        }
        long count = 1;
        long left = slice.start() - 1;
        byte[] buffer = SliceReader.newBuffer();
        try (SliceInput in = new SliceInput(new FileSlice(slice.path(), slice.length(), false, 0, left), conf)) {
            while (left > 0) {
                int filled = (int) Math.min(in.fill(buffer, 0), left);
                for (int i = 0; i < filled; i++) {
                    count += buffer[i] == '\n' ? 1 : 0;
                }
                left = filled == 0 ? 0 : left - filled;
            }
        }
        return count;
    }

    /** CRC-32C of the slice's bytes, as stored, so far as they were read. */
    long checksum() {
        return checksum.getValue();
    }

    @Override
    public void close() throws IOException {
        raw.close();
        if (decompressor != null) {
            CodecPool.returnDecompressor(decompressor);
            decompressor = null;
        }
    }
}
