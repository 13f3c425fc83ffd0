package etroc.source;

import etroc.layout.FileSlice;
import etroc.layout.HitRecord;
import etroc.runs.BoardSetting;
import etroc.runs.Run;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** The rows that a reader gathers before it hands them to Spark; all from one file. The arrays are used again for the next batch. */
final class HitBatch {
    static final int CAPACITY = 4096;
    /** Entry of the look-up by board that stands for no board. */
    private static final int NO_BOARD = 2;

    private final StructType schema;
    private final int[] board = new int[CAPACITY];
    private final int[] toa = new int[CAPACITY];
    private final int[] tot = new int[CAPACITY];
    private final int[] cal = new int[CAPACITY];
    private final int[] flag = new int[CAPACITY];
    private final long[] line = new long[CAPACITY];
    private final long[] datetime = new long[CAPACITY];
    private final boolean @Nullable [] corrupt;
    private final @Nullable UTF8String @Nullable [] corruptText;
    private int count;

    /** @param corruptRows whether lines that are no record become rows */
    HitBatch(StructType schema, boolean corruptRows) {
        this.schema = schema;
        corrupt = corruptRows ? new boolean[CAPACITY] : null;
        corruptText = corruptRows ? new @Nullable UTF8String[CAPACITY] : null;
    }

    void clear() {
        count = 0;
        if (corrupt != null && corruptText != null) {
            Arrays.fill(corrupt, false);
            Arrays.fill(corruptText, null);
        }
    }

    int count() {
        return count;
    }

    boolean full() {
        return count == CAPACITY;
    }

    void add(HitRecord r, long lineNumber) {
        int i = count++;
        board[i] = r.board;
        toa[i] = r.toa;
        tot[i] = r.tot;
        cal[i] = r.cal;
        flag[i] = r.flag;
        line[i] = lineNumber;
        datetime[i] = r.datetime;
    }

    void addCorrupt(String text, long lineNumber) {
        if (corrupt != null && corruptText != null) {
            int i = count++;
            board[i] = NO_BOARD;
            line[i] = lineNumber;
            corrupt[i] = true;
            corruptText[i] = UTF8String.fromString(text);
        }
    }

    /** The vectors over this batch's arrays for the rows of one file. */
    ColumnVector[] vectors(FileSlice slice, boolean hasDatetime) {
        return Arrays.stream(schema.fields())
                .map(f -> vector(f, slice, hasDatetime))
                .toArray(ColumnVector[]::new);
    }

    ColumnarBatch batch(ColumnVector[] vectors) {
        return new ColumnarBatch(vectors, count);
    }

    private ColumnVector vector(StructField field, FileSlice slice, boolean hasDatetime) {
        if (!HitColumn.isName(field.name())) {
            return corruptText == null
                    ? HitVectors.OfRun.constant(field.dataType(), null, board)
                    : new HitVectors.Texts(field.dataType(), corruptText);
        }
        HitColumn column = HitColumn.named(field.name());
        Run run = slice.file().run();
        return switch (column) {
            case RUN -> constant(column, UTF8String.fromString(run.name()));
            case SPLIT -> constant(column, slice.file().split());
            case LINE -> new HitVectors.Longs(column.type(), line, null);
            case BOARD -> new HitVectors.Ints(column.type(), board, corrupt);
            case TOA -> new HitVectors.Ints(column.type(), toa, corrupt);
            case TOT -> new HitVectors.Ints(column.type(), tot, corrupt);
            case CAL -> new HitVectors.Ints(column.type(), cal, corrupt);
            case HIT_FLAG -> new HitVectors.Ints(column.type(), flag, corrupt);
            case DATETIME ->
                hasDatetime ? new HitVectors.Longs(column.type(), datetime, corrupt) : constant(column, null);
            case PHASE -> constant(column, run.phase());
            case PIXEL -> byBoard(column, run, s -> s.pixel() == null ? null : UTF8String.fromString(s.pixel()));
            case CHARGE -> byBoard(column, run, BoardSetting::charge);
            case THRESHOLD -> byBoard(column, run, BoardSetting::threshold);
            case BIAS -> constant(column, run.biasVoltage());
        };
    }

    private ColumnVector constant(HitColumn column, @Nullable Object value) {
        return HitVectors.OfRun.constant(column.type(), value, board);
    }

    private ColumnVector byBoard(HitColumn column, Run run, Function<BoardSetting, @Nullable Object> of) {
        @Nullable Object[] values = new @Nullable Object[4];
        run.boards().forEach(setting -> values[setting.board()] = of.apply(setting));
        return HitVectors.OfRun.byBoard(column.type(), values, board);
    }
}
