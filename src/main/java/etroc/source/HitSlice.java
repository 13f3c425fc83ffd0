package etroc.source;

import etroc.layout.FileSlice;
import etroc.runs.DataFile;
import java.io.Serializable;

/**
 * A slice of a listed file.
 *
 * @param fileIndex place of the file in its list
 * @param firstLine number of its first line within the file, from 0; -1 if nobody counted
 * @param firstRow number of its first row within the file, from 0; -1 if nobody counted
 */
record HitSlice(DataFile file, int fileIndex, FileSlice part, long firstLine, long firstRow) implements Serializable {
    private static final long serialVersionUID = 1L;

    static HitSlice of(DataFile file, int fileIndex, long start, long end) {
        long first = start == 0 ? 0 : -1;
        FileSlice part = new FileSlice(file.path(), file.length(), file.compressed(), start, end);
        return new HitSlice(file, fileIndex, part, first, first);
    }

    HitSlice numbered(long line, long row) {
        return new HitSlice(file, fileIndex, part, line, row);
    }
}
