package etroc.passes;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/** One pass over rows that adds up sums on the executors. Spark's own aggregates would need one each for what a pass of these does at once. */
public final class RowSums {
    private RowSums() {}

    /** What can be added up in parts. */
    public interface Parts<A> extends Serializable {
        /** Adds what another partition found. */
        void add(A other);
    }

    /** An accumulator of rows, made once a partition. */
    public interface Accumulator<A> extends Parts<A> {
        /** Adds a row, which is Spark's own and changes when the next one is read. */
        void add(InternalRow row);
    }

    /** Makes accumulators on the executors. */
    public interface Factory<A> extends Supplier<A>, Serializable {}

    /** Runs the pass over some columns. */
    public static <A extends Accumulator<A>> A of(Dataset<Row> rows, List<Column> columns, Factory<A> factory) {
        return sum(
                rows.select(columns.toArray(Column[]::new))
                        .queryExecution()
                        .toRdd()
                        .toJavaRDD()
                        .mapPartitions(part -> List.of(sums(part, factory)).iterator()),
                factory);
    }

    private static <A extends Accumulator<A>> A sums(Iterator<InternalRow> rows, Factory<A> factory) {
        A sums = factory.get();
        while (rows.hasNext()) {
            sums.add(rows.next());
        }
        return sums;
    }

    /** Puts the sums of partitions together in their order, so that rounding is the same each time. */
    public static <A extends Parts<A>> A sum(JavaRDD<A> parts, Factory<A> factory) {
        A all = factory.get();
        parts.collect().forEach(all::add);
        return all;
    }
}
