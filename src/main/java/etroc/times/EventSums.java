package etroc.times;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;

/** One pass over events that adds up sums of the boards' times on the executors; partitions are put together in their order. */
public final class EventSums {
    private EventSums() {}

    /** An accumulator of events, made once a partition. */
    public interface Accumulator<A> extends Serializable {
        /**
         * Adds an event.
         *
         * @param toa [ns] of each board
         * @param tot [ns] of each board
         * @param steps bit k: the event is accepted at step k
         * @param key number of the event, the same in every partitioning
         */
        void add(double[] toa, double[] tot, long steps, long key);

        /** Adds what another partition found. */
        void add(A other);
    }

    /** Makes accumulators on the executors. */
    public interface Factory<A> extends Supplier<A>, Serializable {}

    /**
     * Runs the pass.
     *
     * @param events with times; rows without a time of every board are left out
     * @param steps boolean columns, at most 63
     * @param key column of long
     */
    public static <A extends Accumulator<A>> A of(
            Dataset<Row> events, List<Integer> boards, List<Column> steps, Column key, Factory<A> factory) {
        Column mask = functions.lit(0L);
        for (int k = 0; k < steps.size(); k++) {
            mask = mask.bitwiseOR(
                    functions.when(steps.get(k), functions.lit(1L << k)).otherwise(functions.lit(0L)));
        }
        Stream<Column> times = Stream.of(TimeColumns.TOA_NS, TimeColumns.TOT_NS)
                .flatMap(v -> boards.stream().map(b -> functions.col(TimeColumns.column(v, b))));
        Column[] columns = Stream.concat(times, Stream.of(mask, key)).toArray(Column[]::new);
        int n = boards.size();
        List<A> parts = events.select(columns)
                .queryExecution()
                .toRdd()
                .toJavaRDD()
                .mapPartitions(rows -> List.of(sums(rows, n, factory)).iterator())
                .collect();
        A all = factory.get();
        parts.forEach(all::add);
        return all;
    }

    private static <A extends Accumulator<A>> A sums(Iterator<InternalRow> rows, int boards, Factory<A> factory) {
        A sums = factory.get();
        double[] toa = new double[boards];
        double[] tot = new double[boards];
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            long steps = row.getLong(2 * boards);
            if (steps != 0 && read(row, toa, tot)) {
                sums.add(toa, tot, steps, row.getLong(2 * boards + 1));
            }
        }
        return sums;
    }

    private static boolean read(InternalRow row, double[] toa, double[] tot) {
        for (int i = 0; i < toa.length; i++) {
            if (row.isNullAt(i) || row.isNullAt(toa.length + i)) {
                return false;
            }
            toa[i] = row.getDouble(i);
            tot[i] = row.getDouble(toa.length + i);
        }
        return true;
    }
}
