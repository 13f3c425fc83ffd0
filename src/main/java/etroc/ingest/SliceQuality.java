package etroc.ingest;

import etroc.layout.FileSlice;
import etroc.layout.HitRecord;
import etroc.layout.LineKind;
import etroc.layout.SliceReader;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What one slice held: how many lines of each kind, a checksum, and the first lines that are no record.
 *
 * @param path of the file
 * @param fileIndex its place in the list of files
 * @param start first byte of the slice
 * @param bytes length of the slice, as stored
 * @param layout name of the layout
 * @param counts of lines by {@link LineKind#ordinal}
 * @param rowsByBoard rows that were kept, by board id
 * @param crc32c of the slice's bytes, as stored
 */
record SliceQuality(
        String path,
        int fileIndex,
        long start,
        long bytes,
        String layout,
        long[] counts,
        long[] rowsByBoard,
        long crc32c,
        List<MalformedLine> malformed)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Counts while a slice is read. */
    static final class Counter {
        private final long[] counts = new long[LineKind.values().length];
        private final long[] rowsByBoard = new long[SliceRows.BOARD_IDS];
        private final List<MalformedLine> malformed = new ArrayList<>();
        private final FileSlice slice;
        private final int keep;

        /** @param keep how many malformed lines to keep with their text */
        Counter(FileSlice slice, int keep) {
            this.slice = slice;
            this.keep = keep;
        }

        void add(LineKind kind, SliceReader lines) {
            counts[kind.ordinal()]++;
            if (kind == LineKind.MALFORMED && malformed.size() < keep) {
                malformed.add(new MalformedLine(
                        slice.file().path(),
                        lines.line(),
                        lines.lineText(),
                        lines.record().malformation.toString()));
            }
        }

        /** A record was kept as a row. */
        void addRow(HitRecord record) {
            rowsByBoard[record.board]++;
        }

        SliceQuality result(SliceReader lines) {
            return new SliceQuality(
                    slice.file().path(),
                    slice.fileIndex(),
                    slice.start(),
                    Math.min(slice.end(), slice.file().length()) - slice.start(),
                    lines.layout().name(),
                    counts,
                    rowsByBoard,
                    lines.checksum(),
                    malformed);
        }
    }

    SliceRows rows() {
        return new SliceRows(fileIndex, start, rowsByBoard);
    }

    long count(LineKind kind) {
        return counts[kind.ordinal()];
    }
}
