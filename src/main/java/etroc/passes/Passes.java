package etroc.passes;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.Tuple2;

/** One pass over rows that adds up sums on the executors. Spark's own aggregates would need one each for what a pass of these does at once. */
public final class Passes {
    /** Parts that the driver adds up itself; more are merged on the executors, since each may have megabytes. */
    private static final int FEW = 4;

    private Passes() {}

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
    public static <A extends Accumulator<A>> A over(Dataset<Row> rows, List<Column> columns, Factory<A> factory) {
        JavaRDD<InternalRow> internal = rows.select(columns.toArray(Column[]::new))
                .queryExecution()
                .toRdd()
                .toJavaRDD();
        return merged(
                internal.mapPartitions(part -> List.of(sums(part, factory)).iterator()), factory);
    }

    /** Flags as one column: bit k is set where flag k is true. @throws IllegalArgumentException for more flags than a long has bits */
    public static Column mask(List<Column> flags) {
        if (flags.size() >= Long.SIZE) {
            throw new IllegalArgumentException(flags.size() + " flags, at most " + (Long.SIZE - 1));
        }
        Column mask = lit(0L);
        for (int k = 0; k < flags.size(); k++) {
            mask = mask.bitwiseOR(when(flags.get(k), lit(1L << k)).otherwise(lit(0L)));
        }
        return mask;
    }

    private static <A extends Accumulator<A>> A sums(Iterator<InternalRow> rows, Factory<A> factory) {
        A sums = factory.get();
        while (rows.hasNext()) {
            sums.add(rows.next());
        }
        return sums;
    }

    /**
     * Puts the sums of partitions together, in two levels and in the order of the partitions, so that rounding is the same each time and the
     * driver receives one of them however many partitions there are.
     *
     * @param parts one a partition
     */
    public static <A extends Parts<A>> A merged(JavaRDD<A> parts, Factory<A> factory) {
        int count = parts.getNumPartitions();
        JavaRDD<A> few = count <= FEW
                ? parts
                : regrouped(regrouped(parts, (int) Math.ceil(Math.sqrt(count)), factory), 1, factory);
        A all = factory.get();
        few.collect().forEach(all::add);
        return all;
    }

    /** Neighbouring partitions' sums together, so that some groups are left. */
    private static <A extends Parts<A>> JavaRDD<A> regrouped(JavaRDD<A> parts, int groups, Factory<A> factory) {
        return parts.mapPartitionsWithIndex(Passes::<A>numbered, true)
                .mapToPair(p -> p)
                .repartitionAndSortWithinPartitions(new Neighbours(parts.getNumPartitions(), groups))
                .mapPartitions(group -> {
                    A sums = factory.get();
                    group.forEachRemaining(p -> sums.add(p._2()));
                    return List.of(sums).iterator();
                });
    }

    private static <A> Iterator<Tuple2<Integer, A>> numbered(int index, Iterator<A> part) {
        return part.hasNext()
                ? List.of(new Tuple2<>(index, part.next())).iterator()
                : List.<Tuple2<Integer, A>>of().iterator();
    }

    /** Neighbouring partitions to the same group, about as many to each. */
    private static final class Neighbours extends Partitioner {
        private static final long serialVersionUID = 1L;
        private final int partitions;
        private final int groups;

        Neighbours(int partitions, int groups) {
            this.partitions = partitions;
            this.groups = groups;
        }

        @Override
        public int numPartitions() {
            return groups;
        }

        @Override
        public int getPartition(Object index) {
            return (int) ((long) (Integer) index * groups / partitions);
        }
    }
}
