package etroc.telescope.events;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import etroc.source.HitColumn;
import etroc.store.ParquetFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Builds events block by block, and writes them. A sequence of different boards is a window function; for other patterns and for coincidences
 * a matcher looks at each block. Blocks that have to see more of their neighbours are looked at again.
 *
 * @param hits to build from
 * @param matcher that says what an event is
 * @param blockRows rows of a block; events do not depend on it
 * @param halo rows that a block sees of either neighbour at first
 */
public record EventBuilder(NumberedHits hits, EventMatcher matcher, int blockRows, int halo) {
    /** Rows of a block: small enough for any memory, large enough that neighbours cost little. */
    public static final int BLOCK_ROWS = 1 << 16;

    private static final int BLOCKS_A_TASK = 16;
    private static final int MORE = 8;

    private static final String EVENTS = "events";
    private static final String BLOCKS = "blocks";
    private static final String FIRST_EVENT = "first_event";

    /**
     * Builds the events.
     *
     * @param directory exists, and nobody reads it yet
     * @throws IllegalStateException if hits are missing, or there twice; Spark's exception may hold it
     */
    public BuiltEvents build(Path directory) {
        Dataset<Row> undecided = null;
        for (long seen = halo; true; seen *= MORE) {
            FoundEvents.unpacked(found(Math.toIntExact(seen), undecided), matcher.slots())
                    .write()
                    .mode(SaveMode.Append)
                    .parquet(new Path(directory, EVENTS).toString());
            Dataset<Row> blocks = writeBlocks(directory);
            undecided = blocks.where(col(FoundEvents.HITS).isNull());
            if (undecided.isEmpty()) {
                return counts(blocks);
            }
            if (seen > hits.longest()) {
                throw new IllegalStateException("events are not decided by all " + hits.longest()
                        + " hits of a run: some hits are missing, or there twice");
            }
        }
    }

    /** Events of all blocks, or of those in a list. */
    private Dataset<Row> found(int seen, @Nullable Dataset<Row> only) {
        boolean windows = matcher instanceof SequenceMatcher sequence && sequence.idsDiffer();
        Blocks blocks =
                windows ? new Blocks(blockRows, 0, matcher.slots().size() - 1) : new Blocks(blockRows, seen, seen);
        Dataset<Row> seenHits = blocks.of(hits.hits());
        if (only != null) {
            seenHits = seenHits.join(
                    broadcast(only), seenHits.col(Blocks.BLOCK).equalTo(only.col(Blocks.BLOCK)), "left_semi");
        }
        Dataset<Row> shuffled = seenHits.repartition(tasks(), col(Blocks.BLOCK));
        return windows
                ? SequenceWindows.events(shuffled, blocks, matcher.boards(), matcher.slots())
                : BlockMatching.events(shuffled, blocks, matcher);
    }

    private int tasks() {
        SparkSession spark = hits.hits().sparkSession();
        long blocks = hits.count() / blockRows + 1;
        long usual = Math.max(
                Long.parseLong(spark.conf().get("spark.sql.shuffle.partitions")),
                spark.sparkContext().defaultParallelism());
        return Math.toIntExact(Math.min(blocks, Math.max(usual, blocks / BLOCKS_A_TASK)));
    }

    /** Counts the events of each block, and numbers each block's first in its run. */
    private Dataset<Row> writeBlocks(Path directory) {
        List<Column> counts = new ArrayList<>(List.of(
                sum(FoundEvents.HITS).as(FoundEvents.HITS),
                sum(FoundEvents.LOST).as(FoundEvents.LOST)));
        Column isEvent = col(FoundEvents.INDEX).isNotNull();
        matcher.slots()
                .forEach(slot -> counts.add(count(when(isEvent, col(EventVariables.column(HitColumn.TOA, slot))))
                        .as(hitsIn(slot))));
        WindowSpec before = Window.partitionBy(NumberedHits.RUN_INDEX)
                .orderBy(Blocks.BLOCK)
                .rowsBetween(Window.unboundedPreceding(), -1);
        Path place = new Path(directory, BLOCKS);
        read(hits.hits().sparkSession(), directory, EVENTS, FoundEvents.schema(matcher.slots()))
                .groupBy(Blocks.BLOCK)
                .agg(count(col(FoundEvents.INDEX)).as(EVENTS), counts.toArray(Column[]::new))
                .withColumn(
                        NumberedHits.RUN_INDEX,
                        shiftright(col(Blocks.BLOCK), 32).cast(DataTypes.IntegerType))
                .withColumn(FIRST_EVENT, coalesce(sum(EVENTS).over(before), lit(0L)))
                .join(hits.runNames(), NumberedHits.RUN_INDEX)
                .write()
                .mode(SaveMode.Overwrite)
                .parquet(place.toString());
        return hits.hits().sparkSession().read().parquet(ParquetFiles.literal(place));
    }

    private static String hitsIn(String slot) {
        return "hits_" + slot;
    }

    /** @throws IllegalStateException unless every hit of every run was looked at once */
    private BuiltEvents counts(Dataset<Row> blocks) {
        List<Column> sums = new ArrayList<>(List.of(sum(EVENTS), sum(FoundEvents.LOST)));
        matcher.slots().forEach(slot -> sums.add(sum(hitsIn(slot))));
        Map<Integer, Row> byRun = new TreeMap<>();
        blocks.groupBy(NumberedHits.RUN_INDEX)
                .agg(sum(FoundEvents.HITS), sums.toArray(Column[]::new))
                .collectAsList()
                .forEach(r -> byRun.put(r.getInt(0), r));
        Map<String, Long> events = new TreeMap<>();
        Map<Integer, Long> inEvents = new TreeMap<>();
        long lost = 0;
        for (int run = 0; run < hits.sizes().length; run++) {
            Row row = byRun.get(run);
            long seen = row == null ? 0 : row.getLong(1);
            if (seen != hits.sizes()[run]) {
                throw new IllegalStateException("run " + hits.runs().get(run) + " has " + hits.sizes()[run]
                        + " hits, but " + seen + " were looked at");
            }
            if (row != null) {
                events.put(hits.runs().get(run), row.getLong(2));
                lost += row.getLong(3);
                for (int slot = 0; slot < matcher.boards().size(); slot++) {
                    inEvents.merge(matcher.boards().get(slot), row.getLong(4 + slot), Long::sum);
                }
            }
        }
        return new BuiltEvents(events, hits.byBoard(), inEvents, lost);
    }

    /**
     * The events with their run and their number in it, then {@code <variable>_<slot>}, then {@link NumberedHits#RUN_INDEX}.
     *
     * @param slots of the matcher that built them
     */
    public static Dataset<Row> events(SparkSession spark, Path directory, List<String> slots) {
        StructType numbers = new StructType()
                .add(Blocks.BLOCK, DataTypes.LongType)
                .add(NumberedHits.RUN_INDEX, DataTypes.IntegerType)
                .add(EventVariables.RUN, DataTypes.StringType)
                .add(FIRST_EVENT, DataTypes.LongType);
        List<Column> columns = new ArrayList<>(List.of(
                col(EventVariables.RUN),
                col(FIRST_EVENT).plus(col(FoundEvents.INDEX)).as(EventVariables.EVENT)));
        slots.forEach(slot -> EventVariables.OF_HITS.forEach(v -> columns.add(col(EventVariables.column(v, slot)))));
        columns.add(col(NumberedHits.RUN_INDEX));
        return read(spark, directory, EVENTS, FoundEvents.schema(slots))
                .where(col(FoundEvents.INDEX).isNotNull())
                .join(broadcast(read(spark, directory, BLOCKS, numbers)), Blocks.BLOCK)
                .select(columns.toArray(Column[]::new));
    }

    private static Dataset<Row> read(SparkSession spark, Path directory, String name, StructType schema) {
        return spark.read().schema(schema).parquet(ParquetFiles.literal(new Path(directory, name)));
    }
}
