package etroc.hits;

import etroc.runs.DataFile;
import etroc.runs.Inventory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.util.CrcUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

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

    /**
     * Adds up the slices of each file; files of which there is no slice are empty. In the order of the inventory.
     *
     * @param slices read with {@code content = quality}
     */
    public static List<FileQuality> of(Inventory inventory, Dataset<Row> slices) {
        Map<String, List<Row>> byPath = new HashMap<>();
        slices.collectAsList().forEach(r -> byPath.computeIfAbsent(r.getString(0), p -> new ArrayList<>()).add(r));
        return inventory.files().stream()
                .map(f -> of(f, byPath.getOrDefault(f.path(), List.of())))
                .toList();
    }

    private static FileQuality of(DataFile file, List<Row> slices) {
        List<Row> ordered = slices.stream()
                .sorted(Comparator.comparingLong(r -> r.<Long>getAs("slice_start")))
                .toList();
        int crc = 0;
        for (Row slice : ordered) {
            int own = (int) (long) slice.<Long>getAs("crc32c");
            long bytes = slice.<Long>getAs("slice_bytes");
            crc = slice == ordered.get(0) ? own : CrcUtil.compose(crc, own, bytes, CrcUtil.CASTAGNOLI_POLYNOMIAL);
        }
        return new FileQuality(
                file,
                ordered.isEmpty() ? "" : ordered.get(0).getAs("layout"),
                sum(ordered, "lines"),
                sum(ordered, "header_lines"),
                sum(ordered, "hits"),
                sum(ordered, "no_hit_lines"),
                sum(ordered, "idle_words"),
                sum(ordered, "malformed"),
                sum(ordered, "no_board_words"),
                String.format(Locale.ROOT, "%08x", crc));
    }

    private static long sum(List<Row> rows, String column) {
        return rows.stream().mapToLong(r -> r.<Long>getAs(column)).sum();
    }
}
