package etroc.ingest;

import etroc.layout.LineKind;
import etroc.runs.DataFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.util.CrcUtil;

/**
 * What one file holds; {@code lines = hits + noHitLines + idleWords + malformed}.
 *
 * @param layout its record layout, empty for an empty file
 * @param lines lines, the header not counted
 * @param noHitLines records with hit flag 0 and words of no board
 * @param noBoardWords those of them that are words of no board, and never rows
 * @param crc32c CRC-32C of the stored bytes, 8 hexadecimal digits
 */
public record FileQuality(
        DataFile file,
        String layout,
        long lines,
        long headerLines,
        long hits,
        long noHitLines,
        long idleWords,
        long malformed,
        long noBoardWords,
        String crc32c) {

    /** Rows that the file has when lines with hit flag 0 are kept ({@code keepAll}) or not. */
    public long rows(boolean keepAll) {
        return keepAll ? hits + noHitLines - noBoardWords : hits;
    }

    /** Adds up the slices of each file; files of which there is no slice are empty. In the order given. */
    static List<FileQuality> of(List<DataFile> files, List<SliceQuality> slices) {
        Map<String, List<SliceQuality>> byPath = new HashMap<>();
        slices.forEach(
                s -> byPath.computeIfAbsent(s.path(), p -> new ArrayList<>()).add(s));
        return files.stream()
                .map(f -> of(f, byPath.getOrDefault(f.path(), List.of())))
                .toList();
    }

    private static FileQuality of(DataFile file, List<SliceQuality> slices) {
        List<SliceQuality> ordered = slices.stream()
                .sorted(Comparator.comparingLong(SliceQuality::start))
                .toList();
        int crc = 0;
        for (SliceQuality slice : ordered) {
            int own = (int) slice.crc32c();
            crc = slice.start() == 0 ? own : CrcUtil.compose(crc, own, slice.bytes(), CrcUtil.CASTAGNOLI_POLYNOMIAL);
        }
        long header = sum(ordered, LineKind.HEADER);
        long noBoard = sum(ordered, LineKind.NO_BOARD);
        long noHit = sum(ordered, LineKind.NO_HIT) + noBoard;
        long hits = sum(ordered, LineKind.HIT);
        long idle = sum(ordered, LineKind.IDLE);
        long malformed = sum(ordered, LineKind.MALFORMED);
        return new FileQuality(
                file,
                ordered.isEmpty() ? "" : ordered.get(0).layout(),
                hits + noHit + idle + malformed,
                header,
                hits,
                noHit,
                idle,
                malformed,
                noBoard,
                String.format(Locale.ROOT, "%08x", crc));
    }

    private static long sum(List<SliceQuality> slices, LineKind kind) {
        return slices.stream().mapToLong(s -> s.count(kind)).sum();
    }
}
