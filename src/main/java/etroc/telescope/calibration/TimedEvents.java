package etroc.telescope.calibration;

import etroc.passes.Passes;
import etroc.telescope.events.NumberedHits;
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
import org.jspecify.annotations.Nullable;

/**
 * The times of events with a hit of every board, for the passes that need them again and again: kept on the executors as arrays, in memory or,
 * where that ends, on disk. 68 bytes an event of three boards.
 */
public final class TimedEvents implements Closeable {
    private final JavaRDD<EventBatch> batches;
    private final int boards;
    private final @Nullable View marking;
    private final double[][] delays;

    /**
     * How an event is seen.
     *
     * @param delays by run and board [ns], subtracted from TOA; empty: none
     * @param selection steps of the event then
     */
    private record View(double[][] delays, Selection selection) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    private TimedEvents(JavaRDD<EventBatch> batches, int boards, @Nullable View marking, double[][] delays) {
        this.batches = batches;
        this.boards = boards;
        this.marking = marking;
        this.delays = delays;
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
        Stream<Column> rest = Stream.of(mask, key, functions.col(NumberedHits.RUN_INDEX));
        int n = boards.size();
        return new TimedEvents(
                events.select(Stream.concat(times, rest).toArray(Column[]::new))
                        .queryExecution()
                        .toRdd()
                        .toJavaRDD()
                        .mapPartitions(rows -> EventBatch.of(rows, n, stepCount))
                        .persist(StorageLevel.MEMORY_AND_DISK()),
                n,
                null,
                new double[0][]);
    }

    /** The same events without the delays of their runs, by run index and board [ns]; an empty array: as they were measured. */
    public TimedEvents without(double[][] delaysOfRuns) {
        return new TimedEvents(batches, boards, marking, delaysOfRuns);
    }

    /** The same events with other steps, which follow from their times as they are seen here. */
    public TimedEvents marked(Selection steps) {
        return new TimedEvents(batches, boards, new View(delays, steps), delays);
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
        View first = marking;
        View then = new View(delays, selection);
        return Passes.merged(
                batches.mapPartitions(
                        part -> List.of(sums(part, n, first, then, factory)).iterator()),
                factory);
    }

    private static <A extends EventSums<A>> A sums(
            Iterator<EventBatch> batches, int boards, @Nullable View first, View then, Passes.Factory<A> factory) {
        A sums = factory.get();
        double[] toa = new double[boards];
        double[] tot = new double[boards];
        int run = -1;
        while (batches.hasNext()) {
            EventBatch batch = batches.next();
            for (int e = 0; e < batch.size(); e++) {
                long steps = batch.steps()[e];
                if (first != null) {
                    batch.read(e, toa, tot, first.delays());
                    steps = first.selection().steps(toa, tot, steps);
                }
                batch.read(e, toa, tot, then.delays());
                steps = then.selection().steps(toa, tot, steps);
                if (steps != 0) {
                    if (batch.run()[e] != run) {
                        run = batch.run()[e];
                        sums.run(run);
                    }
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
