package etroc.hits;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What one slice held: how many lines of each kind, a checksum, and the first lines that are no record.
 *
 * @param path of the file
 * @param start first byte of the slice
 * @param bytes length of the slice, as stored
 * @param layout name of the layout
 * @param counts of lines by {@link LineKind#ordinal}
 * @param crc32c of the slice's bytes, as stored
 */
record SliceQuality(
        String path, long start, long bytes, String layout, long[] counts, long crc32c, List<MalformedLine> malformed)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Counts while a slice is read. */
    static final class Counter {
        private final long[] counts = new long[LineKind.values().length];
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

        SliceQuality result(SliceReader lines) {
            return new SliceQuality(
                    slice.file().path(),
                    slice.start(),
                    Math.min(slice.end(), slice.file().length()) - slice.start(),
                    lines.layout().name(),
                    counts,
                    lines.checksum(),
                    malformed);
        }
    }

    long count(LineKind kind) {
        return counts[kind.ordinal()];
    }
}
