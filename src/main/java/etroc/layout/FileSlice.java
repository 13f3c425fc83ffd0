package etroc.layout;

import etroc.runs.DataFile;
import java.io.Serializable;

/**
 * A part of a file that one task reads: the lines that begin in {@code [start, end)}.
 *
 * @param fileIndex place of the file in its list
 * @param start first byte
 * @param end one past the last byte; {@link Long#MAX_VALUE} for a compressed file, whose size is not known before
 * @param firstLine number of its first line within the file, from 0; -1 if nobody asked for line numbers
 */
public record FileSlice(DataFile file, int fileIndex, long start, long end, long firstLine) implements Serializable {
    public FileSlice withFirstLine(long line) {
        return new FileSlice(file, fileIndex, start, end, line);
    }
}
