package etroc.telescope.events;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.sum;

import etroc.store.ParquetFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
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

    /** Columns of the sums of a run. */
    private static final int UNDECIDED = 1;

    private static final int HITS = 2;
    private static final int LOST = 3;
    private static final int IN_RUN = 4;
    private static final int IN_EVENTS = 5;

    /**
     * Builds the events.
     *
     * @param directory exists, and nobody reads it yet
     * @throws IllegalStateException if hits are missing, or there twice; Spark's exception may hold it
     */
    public BuiltEvents build(Path directory) {
        Dataset<Row> undecided = null;
        for (long seen = halo; true; seen *= MORE) {
            DataFrameWriter<Row> writer = found((int) Math.min(seen, Integer.MAX_VALUE / 2), undecided)
                    .write();
            for (String slot : matcher.slots()) { // nearly all different
                writer = writer.option("parquet.enable.dictionary#" + PackedHit.column(slot), false);
            }
            writer.mode(SaveMode.Append).parquet(new Path(directory, EVENTS).toString());
            Dataset<Row> blocks = writeBlocks(directory);
            List<Row> byRun = byRun(blocks);
            if (byRun.stream().allMatch(r -> r.getLong(UNDECIDED) == 0)) {
                return counts(byRun);
            }
            if (seen > hits.longest()) {
                throw new IllegalStateException("events are not decided by all " + hits.longest()
                        + " hits of a run: some hits are missing, or there twice");
            }
            undecided = blocks.where(col(FoundEvents.HITS).isNull());
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

    /** Counts of each block, and the number of its first event in its run. */
    private Dataset<Row> writeBlocks(Path directory) {
        List<Column> counts = new ArrayList<>();
        Stream.concat(
                        Stream.of(FoundEvents.HITS, FoundEvents.LOST),
                        matcher.slots().stream().map(FoundEvents::inEvents))
                .forEach(name -> counts.add(max(name).as(name)));
        WindowSpec before = Window.partitionBy(NumberedHits.RUN_INDEX)
                .orderBy(Blocks.BLOCK)
                .rowsBetween(Window.unboundedPreceding(), -1);
        Path place = new Path(directory, BLOCKS);
        read(hits.hits().sparkSession(), directory, EVENTS, FoundEvents.schema(matcher.slots()))
                .where(col(FoundEvents.INDEX).isNull().or(col(FoundEvents.HITS).isNotNull()))
                .repartition(1) // a row a block, 15,000 of 10^9 hits
                .groupBy(Blocks.BLOCK)
                .agg(max(FoundEvents.EVENTS).as(FoundEvents.EVENTS), counts.toArray(Column[]::new))
                .withColumn(
                        NumberedHits.RUN_INDEX,
                        shiftright(col(Blocks.BLOCK), 32).cast(DataTypes.IntegerType))
                .withColumn(FIRST_EVENT, coalesce(sum(FoundEvents.EVENTS).over(before), lit(0L)))
                .join(hits.runNames(), NumberedHits.RUN_INDEX)
                .write()
                .mode(SaveMode.Overwrite)
                .parquet(place.toString());
        return hits.hits().sparkSession().read().parquet(ParquetFiles.literal(place));
    }

    private List<Row> byRun(Dataset<Row> blocks) {
        List<Column> sums = new ArrayList<>();
        Stream.concat(
                        Stream.of(FoundEvents.HITS, FoundEvents.LOST, FoundEvents.EVENTS),
                        matcher.slots().stream().map(FoundEvents::inEvents))
                .forEach(name -> sums.add(sum(name)));
        return blocks.coalesce(1)
                .groupBy(NumberedHits.RUN_INDEX)
                .agg(count_if(col(FoundEvents.HITS).isNull()), sums.toArray(Column[]::new))
                .collectAsList();
    }

    /** @throws IllegalStateException unless every hit of every run was looked at once */
    private BuiltEvents counts(List<Row> byRun) {
        long[] seen = new long[hits.sizes().length];
        Map<String, Long> events = new TreeMap<>();
        Map<Integer, Long> inEvents = new TreeMap<>();
        long lost = 0;
        for (Row row : byRun) {
            int run = row.getInt(0);
            seen[run] = row.getLong(HITS);
            lost += row.getLong(LOST);
            events.put(hits.runs().get(run), row.getLong(IN_RUN));
            for (int slot = 0; slot < matcher.boards().size(); slot++) {
                inEvents.merge(matcher.boards().get(slot), row.getLong(IN_EVENTS + slot), Long::sum);
            }
        }
        for (int run = 0; run < seen.length; run++) {
            if (seen[run] != hits.sizes()[run]) {
                throw new IllegalStateException("run " + hits.runs().get(run) + " has " + hits.sizes()[run]
                        + " hits, but " + seen[run] + " were looked at");
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
        slots.forEach(slot -> columns.addAll(PackedHit.variables(slot)));
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
