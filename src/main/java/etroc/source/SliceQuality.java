package etroc.source;

import etroc.layout.Layouts;
import etroc.layout.LineKind;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A row of {@code table = quality}: what one slice of a file holds. {@code lines = hits + noHitLines + idleWords + malformed}.
 *
 * @param fileIndex place of the file in its list
 * @param start first byte of the slice
 * @param bytes length of the slice, as stored
 * @param crc32c of these bytes, 8 hexadecimal digits
 * @param layout name of the record layout, empty for an empty file
 * @param lines that begin in the slice, the header not counted
 * @param hits lines with hit flag 1
 * @param noHitLines records with hit flag 0 and words of no board
 * @param idleWords idle words and blank lines
 * @param malformed lines that are none of these
 * @param headerLines 1 where the file begins with a header, or 0
 * @param rowsByBoard rows of {@code table = hits} by board id, from 0
 * @param firstMalformed the first malformed lines, at most so many as the option {@code malformed-lines} says
 */
public record SliceQuality(
        int fileIndex,
        long start,
        long bytes,
        String crc32c,
        String layout,
        long lines,
        long hits,
        long noHitLines,
        long idleWords,
        long malformed,
        long headerLines,
        List<Long> rowsByBoard,
        List<Malformed> firstMalformed) {

    /**
     * A line that is no record.
     *
     * @param line number, from 0 at the beginning of the slice
     * @param text its first 200 characters
     */
    public record Malformed(long line, String text, String reason) {}

    /** The columns: those of the record, with the file's path, run and split. */
    static final StructType SCHEMA = StructType.fromDDL("file_index int not null, path string not null,"
            + " run string not null, split int not null, start bigint not null, bytes bigint not null,"
            + " crc32c string not null, layout string not null, lines bigint not null, hits bigint not null,"
            + " no_hit_lines bigint not null, idle_words bigint not null, malformed bigint not null,"
            + " header_lines bigint not null, rows_by_board array<bigint> not null,"
            + " first_malformed array<struct<line: bigint, text: string, reason: string>> not null");

    /** Whether its records have time stamps. */
    public boolean hasDatetime() {
        return !layout.isEmpty() && Layouts.named(layout).get(0).hasDatetime();
    }

    /** All lines, the header too: what the next slice's lines are numbered from. */
    long allLines() {
        return lines + headerLines;
    }

    /** Rows of all boards. */
    long rows() {
        return rowsByBoard.stream().mapToLong(Long::longValue).sum();
    }

    /** A row as a reader makes it, in the order of {@link #SCHEMA}. */
    static InternalRow row(
            HitSlice slice, String crc, String layout, long[] kinds, long[] rowsByBoard, List<Malformed> malformed) {
        long noHits = kinds[LineKind.NO_HIT.ordinal()] + kinds[LineKind.NO_BOARD.ordinal()];
        long hits = kinds[LineKind.HIT.ordinal()];
        long idle = kinds[LineKind.IDLE.ordinal()];
        long wrong = kinds[LineKind.MALFORMED.ordinal()];
        Object[] lines = malformed.stream()
                .map(m -> new GenericInternalRow(
                        new Object[] {m.line(), UTF8String.fromString(m.text()), UTF8String.fromString(m.reason())}))
                .toArray();
        return new GenericInternalRow(new Object[] {
            slice.fileIndex(),
            UTF8String.fromString(slice.file().path()),
            UTF8String.fromString(slice.file().run().name()),
            slice.file().split(),
            slice.part().start(),
            slice.part().bytes(),
            UTF8String.fromString(crc),
            UTF8String.fromString(layout),
            hits + noHits + idle + wrong,
            hits,
            noHits,
            idle,
            wrong,
            kinds[LineKind.HEADER.ordinal()],
            UnsafeArrayData.fromPrimitiveArray(rowsByBoard),
            new GenericArrayData(lines)
        });
    }

    /** A row as Spark hands it to the driver. */
    public static SliceQuality of(Row row) {
        return new SliceQuality(
                row.<Integer>getAs("file_index"),
                row.<Long>getAs("start"),
                row.<Long>getAs("bytes"),
                row.getAs("crc32c"),
                row.getAs("layout"),
                row.<Long>getAs("lines"),
                row.<Long>getAs("hits"),
                row.<Long>getAs("no_hit_lines"),
                row.<Long>getAs("idle_words"),
                row.<Long>getAs("malformed"),
                row.<Long>getAs("header_lines"),
                row.getList(row.fieldIndex("rows_by_board")),
                row.<Row>getList(row.fieldIndex("first_malformed")).stream()
                        .map(m -> new Malformed(m.getLong(0), m.getString(1), m.getString(2)))
                        .toList());
    }
}
