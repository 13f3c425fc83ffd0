package etroc.source;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** The column vectors of a batch of hits: plain arrays, one value for all rows, or one value for each board. */
final class HitVectors {
    private HitVectors() {}

    /** What no vector of hits needs. */
    private abstract static class Base extends ColumnVector {
        Base(DataType type) {
            super(type);
        }

        @Override
        public void close() {}

        @Override
        public boolean hasNull() {
            return false;
        }

        @Override
        public int numNulls() {
            return 0;
        }

        @Override
        public boolean isNullAt(int rowId) {
            return false;
        }

        @Override
        public int getInt(int rowId) {
            throw none();
        }

        @Override
        public long getLong(int rowId) {
            throw none();
        }

        @Override
        public double getDouble(int rowId) {
            throw none();
        }

        @Override
        public UTF8String getUTF8String(int rowId) {
            throw none();
        }

        @Override
        public boolean getBoolean(int rowId) {
            throw none();
        }

        @Override
        public byte getByte(int rowId) {
            throw none();
        }

        @Override
        public short getShort(int rowId) {
            throw none();
        }

        @Override
        public float getFloat(int rowId) {
            throw none();
        }

        @Override
        public ColumnarArray getArray(int rowId) {
            throw none();
        }

        @Override
        public ColumnarMap getMap(int ordinal) {
            throw none();
        }

        @Override
        public Decimal getDecimal(int rowId, int precision, int scale) {
            throw none();
        }

        @Override
        public byte[] getBinary(int rowId) {
            throw none();
        }

        @Override
        public ColumnVector getChild(int ordinal) {
            throw none();
        }

        private IllegalStateException none() {
            return new IllegalStateException("a column of hits of type " + type + " was read as another type");
        }
    }

    /** Codes: one int a row; {@code nulls} marks rows without one, null if there are none. */
    static final class Ints extends Base {
        private final int[] values;
        private final boolean @Nullable [] nulls;

        Ints(DataType type, int[] values, boolean @Nullable [] nulls) {
            super(type);
            this.values = values;
            this.nulls = nulls;
        }

        @Override
        public boolean hasNull() {
            return nulls != null;
        }

        @Override
        public boolean isNullAt(int rowId) {
            return nulls != null && nulls[rowId];
        }

        @Override
        public int getInt(int rowId) {
            return values[rowId];
        }
    }

    /** Lines and time stamps: one long a row. */
    static final class Longs extends Base {
        private final long[] values;
        private final boolean @Nullable [] nulls;

        Longs(DataType type, long[] values, boolean @Nullable [] nulls) {
            super(type);
            this.values = values;
            this.nulls = nulls;
        }

        @Override
        public boolean hasNull() {
            return nulls != null;
        }

        @Override
        public boolean isNullAt(int rowId) {
            return nulls != null && nulls[rowId];
        }

        @Override
        public long getLong(int rowId) {
            return values[rowId];
        }
    }

    /** Texts: null where there is none. */
    static final class Texts extends Base {
        private final @Nullable UTF8String[] values;

        Texts(DataType type, @Nullable UTF8String[] values) {
            super(type);
            this.values = values;
        }

        @Override
        public boolean hasNull() {
            return true;
        }

        @Override
        public boolean isNullAt(int rowId) {
            return values[rowId] == null;
        }

        @Override
        @SuppressWarnings("NullAway") // Spark asks isNullAt first
        public UTF8String getUTF8String(int rowId) {
            return values[rowId];
        }
    }

    /** A value of the file's name: the same for all rows, or one for each board (four entries, looked up by the row's board). */
    static final class OfRun extends Base {
        private final @Nullable Object[] values;
        private final int[] boards;
        private final int mask;

        private OfRun(DataType type, @Nullable Object[] values, int[] boards, int mask) {
            super(type);
            this.values = values;
            this.boards = boards;
            this.mask = mask;
        }

        static OfRun constant(DataType type, @Nullable Object value, int[] boards) {
            return new OfRun(type, new @Nullable Object[] {value}, boards, 0);
        }

        static OfRun byBoard(DataType type, @Nullable Object[] values, int[] boards) {
            return new OfRun(type, values, boards, 3);
        }

        @SuppressWarnings("NullAway") // Spark asks isNullAt first
        private Object value(int rowId) {
            return values[boards[rowId] & mask];
        }

        @Override
        public boolean hasNull() {
            for (Object value : values) {
                if (value == null) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean isNullAt(int rowId) {
            return values[boards[rowId] & mask] == null;
        }

        @Override
        public int getInt(int rowId) {
            return (Integer) value(rowId);
        }

        @Override
        public long getLong(int rowId) {
            return (Long) value(rowId);
        }

        @Override
        public double getDouble(int rowId) {
            return (Double) value(rowId);
        }

        @Override
        public UTF8String getUTF8String(int rowId) {
            return (UTF8String) value(rowId);
        }
    }
}
