package etroc.source;

import etroc.layout.HitRecord;
import etroc.runs.BoardSetting;
import etroc.runs.Run;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.execution.vectorized.ConstantColumnVector;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** The rows that a reader gathers before it hands them to Spark; all from one file. The vectors are used again for the next batch. */
final class HitBatch {
    static final int CAPACITY = 4096;
    /** Board ids are below this. */
    static final int BOARD_IDS = 4;

    private final StructType schema;
    private final WritableColumnVector board = vector(DataTypes.IntegerType);
    private final WritableColumnVector toa = vector(DataTypes.IntegerType);
    private final WritableColumnVector tot = vector(DataTypes.IntegerType);
    private final WritableColumnVector cal = vector(DataTypes.IntegerType);
    private final WritableColumnVector flag = vector(DataTypes.IntegerType);
    private final WritableColumnVector line = vector(DataTypes.LongType);
    private final WritableColumnVector row = vector(DataTypes.LongType);
    private final WritableColumnVector datetime = vector(DataTypes.TimestampNTZType);
    private final WritableColumnVector corrupt = vector(DataTypes.StringType);
    private final List<WritableColumnVector> ofLine = List.of(board, toa, tot, cal, flag, row, datetime, corrupt);
    /** Columns that the file's name says for each board, and what it says. */
    private final List<OfBoard> ofBoard = new ArrayList<>();

    private ColumnVector[] vectors = new ColumnVector[0];
    private int count;

    private record OfBoard(
            WritableColumnVector vector, @Nullable Object[] values) {}

    HitBatch(StructType schema) {
        this.schema = schema;
    }

    private static WritableColumnVector vector(DataType type) {
        return new OnHeapColumnVector(CAPACITY, type);
    }

    /** The rows that follow are from this slice. */
    void begin(HitSlice slice, boolean hasDatetime) {
        ofBoard.clear();
        vectors = Arrays.stream(schema.fields())
                .map(f -> vector(f, slice, hasDatetime))
                .toArray(ColumnVector[]::new);
    }

    void clear() {
        count = 0;
        ofLine.forEach(WritableColumnVector::reset);
        corrupt.putNulls(0, CAPACITY); // rows of records have no such text
    }

    int count() {
        return count;
    }

    boolean full() {
        return count == CAPACITY;
    }

    void add(HitRecord r, long lineNumber, long rowNumber) {
        int i = count++;
        board.putInt(i, r.board);
        toa.putInt(i, r.toa);
        tot.putInt(i, r.tot);
        cal.putInt(i, r.cal);
        flag.putInt(i, r.flag);
        line.putLong(i, lineNumber);
        row.putLong(i, rowNumber);
        datetime.putLong(i, r.datetime);
    }

    /** A line that is no record: nothing is known but its number and its text. */
    void addCorrupt(String text, long lineNumber) {
        int i = count++;
        Stream.of(board, toa, tot, cal, flag, row, datetime).forEach(v -> v.putNull(i));
        line.putLong(i, lineNumber);
        corrupt.putNotNull(i);
        corrupt.putByteArray(i, text.getBytes(StandardCharsets.UTF_8));
    }

    ColumnarBatch batch() {
        for (OfBoard column : ofBoard) {
            column.vector.reset();
            for (int i = 0; i < count; i++) {
                Object value = board.isNullAt(i) ? null : column.values[board.getInt(i)];
                if (value == null) {
                    column.vector.putNull(i);
                } else if (value instanceof Integer number) {
                    column.vector.putInt(i, number);
                } else {
                    column.vector.putByteArray(i, (byte[]) value);
                }
            }
        }
        return new ColumnarBatch(vectors, count);
    }

    private ColumnVector vector(StructField field, HitSlice slice, boolean hasDatetime) {
        if (field.name().equalsIgnoreCase(HitTable.FILE_INDEX)) {
            return constant(field.dataType(), slice.fileIndex());
        } else if (field.name().equalsIgnoreCase(HitTable.ROW)) {
            return row;
        } else if (!HitColumn.isName(field.name())) {
            return corrupt;
        }
        HitColumn column = HitColumn.named(field.name());
        Run run = slice.file().run();
        return switch (column) {
            case RUN -> constant(column.type(), run.name());
            case SPLIT -> constant(column.type(), slice.file().split());
            case LINE -> line;
            case BOARD -> board;
            case TOA -> toa;
            case TOT -> tot;
            case CAL -> cal;
            case HIT_FLAG -> flag;
            case DATETIME -> hasDatetime ? datetime : constant(column.type(), null);
            case PHASE -> constant(column.type(), run.phase());
            case PIXEL ->
                byBoard(column, run, s -> s.pixel() == null ? null : s.pixel().getBytes(StandardCharsets.UTF_8));
            case CHARGE -> byBoard(column, run, BoardSetting::charge);
            case THRESHOLD -> byBoard(column, run, BoardSetting::threshold);
            case BIAS -> constant(column.type(), run.biasVoltage());
        };
    }

    private static ColumnVector constant(DataType type, @Nullable Object value) {
        ConstantColumnVector vector = new ConstantColumnVector(CAPACITY, type);
        if (value == null) {
            vector.setNull();
        } else if (value instanceof Integer number) {
            vector.setInt(number);
        } else if (value instanceof Double number) {
            vector.setDouble(number);
        } else {
            vector.setUtf8String(UTF8String.fromString(value.toString()));
        }
        return vector;
    }

    private ColumnVector byBoard(HitColumn column, Run run, Function<BoardSetting, @Nullable Object> of) {
        @Nullable Object[] values = new @Nullable Object[BOARD_IDS];
        run.boards().forEach(setting -> values[setting.board()] = of.apply(setting));
        OfBoard filled = new OfBoard(vector(column.type()), values);
        ofBoard.add(filled);
        return filled.vector;
    }
}
