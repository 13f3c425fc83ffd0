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

    private final ColumnVector[] vectors;
    /** The columns that differ from row to row, and their vectors. */
    private final Etroc2Column[] of;

    private final WritableColumnVector[] written;
    private int capacity = CAPACITY;
    private int count;

    FrameBatch(Etroc2Kind kind, StructType schema) {
        Etroc2Column[] columns =
                Arrays.stream(schema.fieldNames()).map(n -> kind.column(n)).toArray(Etroc2Column[]::new);
        of = Arrays.stream(columns).filter(c -> c != Etroc2Column.RUN).toArray(Etroc2Column[]::new);
        vectors = Arrays.stream(columns)
                .map(c -> c == Etroc2Column.RUN
                        ? new ConstantColumnVector(CAPACITY, c.type())
                        : new OnHeapColumnVector(CAPACITY, c.type()))
                .toArray(ColumnVector[]::new);
        written = Arrays.stream(vectors)
                .filter(WritableColumnVector.class::isInstance)
                .map(WritableColumnVector.class::cast)
                .toArray(WritableColumnVector[]::new);
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
        capacity = CAPACITY; // a vector may have become small again
        for (WritableColumnVector vector : written) {
            vector.reset();
        }
    }

    int count() {
        return count;
    }

    void add(FrameView view, int word) {
        if (count == capacity) {
            capacity *= 2;
            for (WritableColumnVector vector : written) {
                vector.reserve(capacity);
            }
        }
        for (int c = 0; c < written.length; c++) {
            long value = of[c].of(view, word);
            WritableColumnVector vector = written[c];
            if (value == Etroc2Column.NULL) {
                vector.putNull(count);
            } else if (of[c].type() == DataTypes.IntegerType) {
                vector.putInt(count, (int) value);
            } else if (of[c].type() == DataTypes.LongType) {
                vector.putLong(count, value);
            } else {
                vector.putBoolean(count, value != 0);
            }
        }
        count++;
    }

    ColumnarBatch batch() {
        return new ColumnarBatch(vectors, count);
    }
}
