package etroc.telescope.calibration;

import etroc.passes.Passes;
import java.io.Closeable;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * The times of events with a hit of every board, for the passes that need them again and again: kept on the executors as arrays, in memory or,
 * where that ends, on disk. 64 bytes an event of three boards.
 */
public final class TimedEvents implements Closeable {
    private final JavaRDD<EventBatch> batches;
    private final int boards;

    private TimedEvents(JavaRDD<EventBatch> batches, int boards) {
        this.batches = batches;
        this.boards = boards;
    }

    /**
     * Keeps events; rows without a time of every board or accepted at no step are left out.
     *
     * @param steps boolean columns, at most 63
     * @param key column of long that tells events apart
     */
    public static TimedEvents of(Dataset<Row> events, List<Integer> boards, List<Column> steps, Column key) {
        int stepCount = steps.size();
        Column mask = Passes.mask(steps);
        Stream<Column> times = Stream.of(TimeColumns.TOA_NS, TimeColumns.TOT_NS)
                .flatMap(v -> boards.stream().map(b -> functions.col(TimeColumns.column(v, b))));
        int n = boards.size();
        return new TimedEvents(
                events.select(Stream.concat(times, Stream.of(mask, key)).toArray(Column[]::new))
                        .queryExecution()
                        .toRdd()
                        .toJavaRDD()
                        .mapPartitions(rows -> EventBatch.of(rows, n, stepCount))
                        .persist(StorageLevel.MEMORY_AND_DISK()),
                n);
    }

    /** Events that are accepted at a step, but have no time of some board, so that no pass sees them. */
    public long incomplete(int step) {
        return batches.map(b -> b.incomplete()[step]).fold(0L, Long::sum);
    }

    /** Which events a pass is about. */
    public interface Selection extends Serializable {
        /**
         * The steps that an event is accepted at, of those of the pass.
         *
         * @param toa [ns] of each board
         * @param tot [ns] of each board
         * @param steps bit k: accepted at step k of the kept events
         * @return bits by the steps of the pass; 0: the event is left out
         */
        long steps(double[] toa, double[] tot, long steps);

        /** The events accepted at one step, as the only step of the pass. */
        static Selection at(int step) {
            return (toa, tot, steps) -> (steps >> step) & 1;
        }
    }

    /** One pass. */
    public <A extends EventSums<A>> A sum(Selection selection, Passes.Factory<A> factory) {
        int n = boards;
        return Passes.merged(
                batches.mapPartitions(
                        part -> List.of(sums(part, n, selection, factory)).iterator()),
                factory);
    }

    private static <A extends EventSums<A>> A sums(
            Iterator<EventBatch> batches, int boards, Selection selection, Passes.Factory<A> factory) {
        A sums = factory.get();
        double[] toa = new double[boards];
        double[] tot = new double[boards];
        while (batches.hasNext()) {
            EventBatch batch = batches.next();
            for (int e = 0; e < batch.size(); e++) {
                System.arraycopy(batch.toa(), e * boards, toa, 0, boards);
                System.arraycopy(batch.tot(), e * boards, tot, 0, boards);
                long steps = selection.steps(toa, tot, batch.steps()[e]);
                if (steps != 0) {
                    sums.add(toa, tot, steps, batch.key()[e]);
                }
            }
        }
        return sums;
    }

    @Override
    public void close() {
        batches.unpersist(false);
    }
}
