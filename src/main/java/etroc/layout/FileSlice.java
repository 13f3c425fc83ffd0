package etroc.layout;

import java.io.Serializable;

/**
 * A part of a file that one task reads: the lines that begin in {@code [start, end)}.
 *
 * @param path full path, with the file system's scheme
 * @param length size of the file [bytes], as stored
 * @param compressed whether the file is read through the codec of its ending, and from its beginning only
 * @param start first byte
 * @param end one past the last byte; of no meaning for a compressed file, which is read to its end
 */
public record FileSlice(String path, long length, boolean compressed, long start, long end) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Stored bytes of the slice. */
    public long bytes() {
        return end - start;
    }
}
