package etroc.source.etroc2;

import java.util.Arrays;
import org.apache.spark.sql.execution.vectorized.ConstantColumnVector;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;

/** The rows that a reader gathers before it hands them to Spark; all of one run. The vectors grow, and are used again for the next batch. */
final class FrameBatch {
    private static final int CAPACITY = 4096;

    private final Etroc2Column[] columns;
    private final ColumnVector[] vectors;
    private int count;

    FrameBatch(Etroc2Kind kind, StructType schema) {
        columns = Arrays.stream(schema.fieldNames()).map(n -> kind.column(n)).toArray(Etroc2Column[]::new);
        vectors = Arrays.stream(columns)
                .map(c -> c == Etroc2Column.RUN
                        ? new ConstantColumnVector(CAPACITY, c.type())
                        : new OnHeapColumnVector(CAPACITY, c.type()))
                .toArray(ColumnVector[]::new);
    }

    /** The rows that follow are of this run. */
    void begin(String run) {
        for (ColumnVector vector : vectors) {
            if (vector instanceof ConstantColumnVector constant) {
                constant.setUtf8String(UTF8String.fromString(run));
            }
        }
    }

    void clear() {
        count = 0;
        for (ColumnVector vector : vectors) {
            if (vector instanceof WritableColumnVector own) {
                own.reset();
            }
        }
    }

    int count() {
        return count;
    }

    void add(FrameView view, int word) {
        for (int c = 0; c < columns.length; c++) {
            if (vectors[c] instanceof WritableColumnVector vector) {
                vector.reserve(count + 1);
                put(vector, columns[c], columns[c].of(view, word));
            }
        }
        count++;
    }

    private void put(WritableColumnVector vector, Etroc2Column column, long value) {
        if (value == Etroc2Column.NULL) {
            vector.putNull(count);
        } else if (column.type() == DataTypes.IntegerType) {
            vector.putInt(count, (int) value);
        } else if (column.type() == DataTypes.LongType) {
            vector.putLong(count, value);
        } else {
            vector.putBoolean(count, value != 0);
        }
    }

    ColumnarBatch batch() {
        return new ColumnarBatch(vectors, count);
    }
}
