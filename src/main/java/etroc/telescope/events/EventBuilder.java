package etroc.telescope.events;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;

import etroc.store.ParquetFiles;
import etroc.telescope.events.EventMatcher.Matches;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.Partitioner;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Builds events block by block, and writes them. A block is {@link #BLOCK} rows of one run with {@code halo} rows of either neighbour; blocks
 * are shuffled to tasks as arrays, so no task sorts a run. A block whose events cannot be told with this halo asks for a larger one.
 */
public final class EventBuilder {
    /** Rows of a block: small enough for any memory, large enough that neighbours cost little. */
    static final int BLOCK = 1 << 16;

    private static final int BLOCKS_A_TASK = 16;
    private static final int TASKS_A_CORE = 2;

    private final SparkSession spark;
    private final NumberedHits hits;
    private final EventMatcher matcher;
    private final int blockRows;

    public EventBuilder(SparkSession spark, NumberedHits hits, EventMatcher matcher) {
        this(spark, hits, matcher, BLOCK);
    }

    EventBuilder(SparkSession spark, NumberedHits hits, EventMatcher matcher, int blockRows) {
        this.spark = spark;
        this.hits = hits;
        this.matcher = matcher;
        this.blockRows = blockRows;
    }

    /** What a block had: {@code decided} is false if it has to see more of its neighbours. */
    private record BlockCount(int block, boolean decided, long events, long lost, long[] hitsOfSlot)
            implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    private record TaskResult(String file, List<BlockCount> blocks) implements Serializable {
        private static final long serialVersionUID = 1L;

        long events() {
            return blocks.stream().mapToLong(BlockCount::events).sum();
        }
    }

    /**
     * Builds the events of ingested hits. Each task writes a file of its own under a name that no other attempt has.
     *
     * @param rows the hits, with the columns of {@link etroc.ingest.HitIngest}
     * @param halo rows of the neighbours that a block sees
     * @param directory exists, and nobody reads it yet
     * @return empty if the halo is too small; then the files are of no use
     */
    public Optional<BuiltEvents> build(Dataset<Row> rows, int halo, Path directory) {
        Blocks blocks = new Blocks(hits.sizes(), blockRows, halo);
        List<TaskResult> results = blocks.count() == 0 ? List.of() : run(rows, blocks, directory);
        List<BlockCount> counts = results.stream()
                .flatMap(r -> r.blocks().stream())
                .sorted(Comparator.comparingInt(BlockCount::block))
                .toList();
        if (counts.size() != blocks.count()) {
            throw new IllegalStateException(counts.size() + " of " + blocks.count() + " blocks of hits were looked at");
        }
        if (counts.stream().anyMatch(c -> !c.decided())) {
            return Optional.empty();
        }
        List<String> parts = results.stream()
                .filter(r -> r.events() > 0)
                .map(TaskResult::file)
                .toList();
        return Optional.of(sum(parts, blocks, counts));
    }

    private List<TaskResult> run(Dataset<Row> rows, Blocks blocks, Path directory) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Broadcast<NumberedHits> numbers = context.broadcast(hits);
        int wished = Math.max(TASKS_A_CORE * context.defaultParallelism(), blocks.count() / BLOCKS_A_TASK);
        SerializableConfiguration conf =
                new SerializableConfiguration(spark.sessionState().newHadoopConf());
        BlockWriting writing = new BlockWriting(matcher, blocks, directory.toString(), conf);
        Column[] columns = PieceCutter.COLUMNS.stream().map(c -> col(c)).toArray(Column[]::new);
        return rows.select(columns)
                .queryExecution()
                .toRdd()
                .toJavaRDD()
                .mapPartitionsToPair(part -> new PieceCutter(part, numbers.value(), blocks))
                .repartitionAndSortWithinPartitions(new InOrder(blocks.count(), Math.min(blocks.count(), wished)))
                .mapPartitions(pieces -> List.of(writing.write(pieces)).iterator())
                .collect();
    }

    /** Neighbouring blocks to the same task, about as many to each. */
    private static final class InOrder extends Partitioner {
        private static final long serialVersionUID = 1L;
        private final int blocks;
        private final int tasks;

        InOrder(int blocks, int tasks) {
            this.blocks = blocks;
            this.tasks = tasks;
        }

        @Override
        public int numPartitions() {
            return tasks;
        }

        @Override
        public int getPartition(Object key) {
            return (int) ((long) ((HitPiece.Key) key).block() * tasks / blocks);
        }
    }

    private BuiltEvents sum(List<String> parts, Blocks blocks, List<BlockCount> counts) {
        Map<String, Long> events = new TreeMap<>();
        hits.runs().forEach(r -> events.put(r, 0L));
        List<Long> first = new ArrayList<>();
        Map<Integer, Long> inEvents = new TreeMap<>();
        long lost = 0;
        for (BlockCount count : counts) {
            String run = hits.runs().get(blocks.run(count.block()));
            first.add(events.getOrDefault(run, 0L));
            events.merge(run, count.events(), Long::sum);
            lost += count.lost();
            for (int slot = 0; slot < count.hitsOfSlot().length; slot++) {
                inEvents.merge(matcher.boards().get(slot), count.hitsOfSlot()[slot], Long::sum);
            }
        }
        return new BuiltEvents(parts, hits.runs(), first, events, hits.byBoard(), inEvents, lost);
    }

    /**
     * The events with their run and their number in it, then {@code <variable>_<slot>}.
     *
     * @param slots of the matcher that built them
     */
    public static Dataset<Row> events(SparkSession spark, Path directory, BuiltEvents built, List<String> slots) {
        Dataset<Row> rows = built.parts().isEmpty()
                ? spark.createDataFrame(List.<Row>of(), BlockEventWriter.schema(slots))
                : ParquetFiles.reader(spark)
                        .schema(BlockEventWriter.schema(slots))
                        .parquet(built.parts().stream()
                                .map(p -> new Path(directory, p).toString())
                                .toArray(String[]::new));
        Column run = element_at(
                lit(built.runs().toArray(String[]::new)),
                col(BlockEventWriter.RUN).plus(1));
        long[] first = built.firstEvent().stream().mapToLong(Long::longValue).toArray();
        Column event =
                element_at(lit(first), col(BlockEventWriter.BLOCK).plus(1)).plus(col(BlockEventWriter.INDEX));
        List<Column> columns = new ArrayList<>(List.of(run.as(EventVariables.RUN), event.as(EventVariables.EVENT)));
        slots.forEach(slot -> columns.addAll(PackedHit.variables(slot)));
        return rows.select(columns.toArray(Column[]::new));
    }

    /** What a task does with the pieces of its blocks, which come in order. */
    private record BlockWriting(EventMatcher matcher, Blocks blocks, String directory, SerializableConfiguration conf)
            implements Serializable {
        private static final long serialVersionUID = 1L;

        TaskResult write(Iterator<Tuple2<HitPiece.Key, HitPiece>> pieces) throws IOException {
            TaskContext task = TaskContext.get();
            String name =
                    String.format(Locale.ROOT, "part-%05d-%d.snappy.parquet", task.partitionId(), task.taskAttemptId());
            List<BlockCount> counts = new ArrayList<>();
            Configuration hadoop = conf.value();
            try (BlockEventWriter out = new BlockEventWriter(new Path(directory, name), hadoop, matcher.slots())) {
                BlockBuffer gathering = null;
                while (pieces.hasNext()) {
                    Tuple2<HitPiece.Key, HitPiece> piece = pieces.next();
                    if (gathering == null || gathering.block() != piece._1().block()) {
                        count(gathering, out, counts);
                        gathering = new BlockBuffer(blocks, piece._1().block());
                    }
                    gathering.add(piece._2());
                }
                count(gathering, out, counts);
            }
            return new TaskResult(name, counts);
        }

        private void count(@Nullable BlockBuffer block, BlockEventWriter out, List<BlockCount> counts)
                throws IOException {
            if (block == null) {
                return;
            }
            long[] hitsOfSlot = new long[matcher.slots().size()];
            try {
                Matches matches = matcher.match(block.view());
                out.write(blocks.run(block.block()), block, matches.events());
                for (int[] event : matches.events()) {
                    for (int slot = 0; slot < event.length; slot++) {
                        hitsOfSlot[slot] += event[slot] >= 0 ? 1 : 0;
                    }
                }
                counts.add(new BlockCount(block.block(), true, matches.events().size(), matches.lost(), hitsOfSlot));
            } catch (EventMatcher.NeighboursMatter e) {
                counts.add(new BlockCount(block.block(), false, 0, 0, hitsOfSlot));
            }
        }
    }
}
