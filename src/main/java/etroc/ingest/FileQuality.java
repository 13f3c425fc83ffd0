package etroc.ingest;

import etroc.runs.DataFile;
import etroc.source.SliceQuality;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.util.CrcUtil;

/**
 * What one file holds; {@code lines = hits + noHitLines + idleWords + malformed}.
 *
 * @param layout its record layout, empty for an empty file
 * @param lines lines, the header not counted
 * @param noHitLines records with hit flag 0 and words of no board
 * @param crc32c CRC-32C of the stored bytes, 8 hexadecimal digits
 * @param rowsByBoard rows of the Parquet hits by board id, from 0
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
        String crc32c,
        List<Long> rowsByBoard) {
    /** Board ids are below this. */
    public static final int BOARD_IDS = 4;

    /** Rows of all boards. */
    public long rows() {
        return rowsByBoard.stream().mapToLong(Long::longValue).sum();
    }

    /** Adds up the slices of each file; files of which there is no slice are empty. In the order of the files. */
    static List<FileQuality> of(List<DataFile> files, List<SliceQuality> slices) {
        Map<Integer, List<SliceQuality>> byFile = new HashMap<>();
        slices.stream()
                .sorted(Comparator.comparingLong(SliceQuality::start))
                .forEach(s -> byFile.computeIfAbsent(s.fileIndex(), f -> new ArrayList<>())
                        .add(s));
        return IntStream.range(0, files.size())
                .mapToObj(f -> sum(files.get(f), byFile.getOrDefault(f, List.of())))
                .toList();
    }

    private static FileQuality sum(DataFile file, List<SliceQuality> slices) {
        return new FileQuality(
                file,
                slices.isEmpty() ? "" : slices.get(0).layout(),
                sum(slices, SliceQuality::lines),
                sum(slices, SliceQuality::headerLines),
                sum(slices, SliceQuality::hits),
                sum(slices, SliceQuality::noHitLines),
                sum(slices, SliceQuality::idleWords),
                sum(slices, SliceQuality::malformed),
                crc(slices),
                IntStream.range(0, BOARD_IDS)
                        .mapToObj(b -> sum(slices, s -> s.rowsByBoard().get(b)))
                        .collect(Collectors.toList()));
    }

    private static long sum(List<SliceQuality> slices, ToLongFunction<SliceQuality> count) {
        return slices.stream().mapToLong(count).sum();
    }

    private static String crc(List<SliceQuality> slices) {
        int crc = 0;
        for (SliceQuality slice : slices) {
            int own = HexFormat.fromHexDigits(slice.crc32c());
            crc = slice.start() == 0 ? own : CrcUtil.compose(crc, own, slice.bytes(), CrcUtil.CASTAGNOLI_POLYNOMIAL);
        }
        return HexFormat.of().toHexDigits(crc);
    }
}
