package etroc.events;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import etroc.hits.HitColumn;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Builds events block by block. A block is {@link #BLOCK} rows of one run with {@code halo} rows of either neighbour; blocks go to tasks by
 * hash, so no task sorts a run. A block whose events cannot be told with this halo says so in the {@link Summary}; then a larger one is needed.
 */
public final class EventBuilder {
    /** Rows of a block: small enough for any memory, large enough that neighbours cost little. */
    static final int BLOCK = 1 << 16;

    private static final String BLOCK_COLUMN = "block";
    /** Number of the event in its block; or {@link #DECIDED} or {@link #UNDECIDED} for the one row of a block that is no event. */
    private static final String INDEX = "index_in_block";

    private static final long DECIDED = -1;
    private static final long UNDECIDED = -2;
    private static final String EVENTS = "events_in_block";
    private static final String LOST = "lost_hits";
    private static final int FIXED_COLUMNS = 5;
    /** Columns of a hit: {@link PackedHit}'s codes and seconds. */
    private static final int VARIABLES = 2;

    private final NumberedHits hits;
    private final EventMatcher matcher;
    private final int blockRows;

    public EventBuilder(NumberedHits hits, EventMatcher matcher) {
        this(hits, matcher, BLOCK);
    }

    EventBuilder(NumberedHits hits, EventMatcher matcher, int blockRows) {
        this.hits = hits;
        this.matcher = matcher;
        this.blockRows = blockRows;
    }

    /**
     * Rows of events with run, block, number in the block and {@code <variable>_<slot>}; and one row a block that is no event but says how many
     * there are, or that the block is not decided.
     *
     * @param halo rows of the neighbours that a block sees
     */
    public Dataset<Row> build(int halo) {
        Column row = col(NumberedHits.ROW);
        Column inBlock = row.mod(lit(blockRows));
        Column own = row.minus(inBlock).divide(lit(blockRows)).cast(DataTypes.LongType);
        Column before = when(inBlock.lt(lit(halo)), own.minus(lit(1L)));
        Column after = when(inBlock.geq(lit(blockRows - halo)), own.plus(lit(1L)));
        Column blocks = halo <= blockRows ? array(own, before, after) : allBlocks(own, halo);
        Dataset<Row> blocked = hits.hits()
                .select(
                        col(NumberedHits.RUN_INDEX),
                        row,
                        col(HitColumn.BOARD.columnName()),
                        PackedHit.codes(),
                        PackedHit.seconds(),
                        explode(blocks).as(BLOCK_COLUMN))
                .filter(col(BLOCK_COLUMN).isNotNull().and(col(BLOCK_COLUMN).geq(lit(0L))))
                .repartition(col(NumberedHits.RUN_INDEX), col(BLOCK_COLUMN))
                .sortWithinPartitions(NumberedHits.RUN_INDEX, BLOCK_COLUMN, NumberedHits.ROW);
        BlockMatching matching = new BlockMatching(matcher, hits.sizes(), blockRows);
        return blocked.sparkSession()
                .createDataFrame(blocked.queryExecution().toRdd().toJavaRDD().mapPartitions(matching::call), schema());
    }

    /** For halos beyond a block: every block of the run that comes near enough. */
    private Column allBlocks(Column own, int halo) {
        long reach = (halo + blockRows - 1L) / blockRows;
        Column first = org.apache.spark.sql.functions.greatest(lit(0L), own.minus(lit(reach)));
        return org.apache.spark.sql.functions.sequence(first, own.plus(lit(reach)));
    }

    private StructType schema() {
        StructType schema = new StructType()
                .add(NumberedHits.RUN_INDEX, DataTypes.IntegerType, false)
                .add(BLOCK_COLUMN, DataTypes.LongType, false)
                .add(INDEX, DataTypes.LongType, false)
                .add(EVENTS, DataTypes.LongType, true)
                .add(LOST, DataTypes.LongType, true);
        for (String slot : matcher.slots()) {
            schema = schema.add(PackedHit.codesColumn(slot), DataTypes.LongType, true)
                    .add(PackedHit.secondsColumn(slot), DataTypes.LongType, true);
        }
        return schema;
    }

    /**
     * What a build found, from its rows that are no events.
     *
     * @param undecided whether blocks had to see more of their neighbours
     * @param events number of events of each run
     * @param lostHits hits that were part of a candidate and of no event
     */
    public record Summary(boolean undecided, Map<String, Long> events, long lostHits, List<Offset> offsets) {}

    /** Number of the first event of a block. */
    public record Offset(int runIndex, long block, String run, long firstEvent) {}

    /** Reads the rows of a build that are no events: one a block. */
    public Summary summary(Dataset<Row> built) {
        List<Row> blocks = built.filter(col(INDEX).lt(lit(0L)))
                .select(NumberedHits.RUN_INDEX, BLOCK_COLUMN, INDEX, EVENTS, LOST)
                .orderBy(NumberedHits.RUN_INDEX, BLOCK_COLUMN)
                .collectAsList();
        Map<String, Long> events = new TreeMap<>();
        hits.runs().forEach(r -> events.put(r, 0L));
        List<Offset> offsets = new ArrayList<>();
        long lost = 0;
        boolean undecided = false;
        for (Row block : blocks) {
            if (block.getLong(2) == UNDECIDED) {
                undecided = true;
                continue;
            }
            String run = hits.runs().get(block.getInt(0));
            long before = events.getOrDefault(run, 0L);
            offsets.add(new Offset(block.getInt(0), block.getLong(1), run, before));
            events.put(run, before + block.getLong(3));
            lost += block.getLong(4);
        }
        return new Summary(undecided, events, lost, offsets);
    }

    /**
     * The events with their run and their number in it, then {@code <variable>_<slot>}.
     *
     * @param slots of the matcher that built them
     */
    public static Dataset<Row> events(Dataset<Row> built, Summary summary, List<String> slots) {
        Dataset<Row> offsets = built.sparkSession()
                .createDataFrame(
                        summary.offsets().stream()
                                .map(o -> RowFactory.create(o.runIndex(), o.block(), o.run(), o.firstEvent()))
                                .toList(),
                        new StructType()
                                .add(NumberedHits.RUN_INDEX, DataTypes.IntegerType)
                                .add(BLOCK_COLUMN, DataTypes.LongType)
                                .add(EventVariables.RUN, DataTypes.StringType)
                                .add("before", DataTypes.LongType));
        List<Column> columns = new ArrayList<>(
                List.of(col(EventVariables.RUN), col("before").plus(col(INDEX)).as(EventVariables.EVENT)));
        slots.forEach(slot -> columns.addAll(PackedHit.variables(slot)));
        return built.filter(col(INDEX).geq(lit(0L)))
                .join(
                        org.apache.spark.sql.functions.broadcast(offsets),
                        CollectionConverters.asScala(List.of(NumberedHits.RUN_INDEX, BLOCK_COLUMN))
                                .toSeq())
                .select(columns.toArray(Column[]::new));
    }

    /** The hits of one block while they are gathered. */
    private static final class Hits {
        private final int run;
        private final long block;
        private final long firstRow;
        private int size;
        private int[] board = new int[1024];
        private long[] codes = new long[1024];
        private long[] seconds = new long[1024];
        private boolean[] hasSeconds = new boolean[1024];

        Hits(InternalRow first) {
            run = first.getInt(0);
            block = first.getLong(5);
            firstRow = first.getLong(1);
        }

        boolean holds(InternalRow row) {
            return row.getInt(0) == run && row.getLong(5) == block;
        }

        void add(InternalRow row) {
            if (size == board.length) {
                board = Arrays.copyOf(board, 2 * size);
                codes = Arrays.copyOf(codes, 2 * size);
                seconds = Arrays.copyOf(seconds, 2 * size);
                hasSeconds = Arrays.copyOf(hasSeconds, 2 * size);
            }
            board[size] = row.getInt(2);
            codes[size] = row.getLong(3);
            hasSeconds[size] = !row.isNullAt(4);
            seconds[size] = hasSeconds[size] ? row.getLong(4) : 0;
            size++;
        }
    }

    private record BlockMatching(EventMatcher matcher, long[] sizes, int blockRows) implements Serializable {
        private static final long serialVersionUID = 1L;

        Iterator<Row> call(Iterator<InternalRow> rows) {
            return new BlockIterator(this, rows);
        }

        /** Events of one block's hits, which come in order. */
        Iterator<Row> match(Hits hits) {
            int coreFrom = (int) Math.max(0, hits.block * blockRows - hits.firstRow);
            int coreTo = (int) Math.min(hits.size, (hits.block + 1) * blockRows - hits.firstRow);
            if (coreFrom >= coreTo) {
                return Collections.emptyIterator(); // only neighbours: the block lies beyond the end of the run
            }
            HitBlock view = new HitBlock(
                    hits.firstRow,
                    Arrays.copyOf(hits.board, hits.size),
                    Arrays.stream(hits.codes, 0, hits.size)
                            .mapToInt(PackedHit::toa)
                            .toArray(),
                    coreFrom,
                    coreTo,
                    hits.firstRow == 0,
                    hits.firstRow + hits.size == sizes[hits.run]);
            try {
                EventMatcher.Matches matches = matcher.match(view);
                List<int[]> events = matches.events();
                return Stream.concat(
                                IntStream.range(0, events.size()).mapToObj(i -> event(hits, i, events.get(i))),
                                Stream.of(remark(hits, DECIDED, (long) events.size(), matches.lost())))
                        .iterator();
            } catch (EventMatcher.NeighboursMatter e) {
                return List.of(remark(hits, UNDECIDED, null, null)).iterator();
            }
        }

        private Row event(Hits hits, long index, int[] event) {
            @Nullable Object[] values = new @Nullable Object[FIXED_COLUMNS + event.length * VARIABLES];
            values[0] = hits.run;
            values[1] = hits.block;
            values[2] = index;
            for (int slot = 0; slot < event.length; slot++) {
                int hit = event[slot];
                if (hit >= 0) {
                    values[FIXED_COLUMNS + slot * VARIABLES] = hits.codes[hit];
                    values[FIXED_COLUMNS + slot * VARIABLES + 1] = hits.hasSeconds[hit] ? hits.seconds[hit] : null;
                }
            }
            return RowFactory.create(values);
        }

        private Row remark(Hits hits, long kind, @Nullable Long events, @Nullable Long lost) {
            @Nullable
            Object[] values =
                    new @Nullable Object[FIXED_COLUMNS + matcher.slots().size() * VARIABLES];
            values[0] = hits.run;
            values[1] = hits.block;
            values[2] = kind;
            values[3] = events;
            values[4] = lost;
            return RowFactory.create(values);
        }
    }

    /** Gathers the rows of a block, hands out its events, goes on to the next. Spark's rows are read before the next one is asked for. */
    private static final class BlockIterator implements Iterator<Row> {
        private final BlockMatching matching;
        private final Iterator<InternalRow> rows;
        private Iterator<Row> events = Collections.emptyIterator();
        private @Nullable Hits gathering;

        BlockIterator(BlockMatching matching, Iterator<InternalRow> rows) {
            this.matching = matching;
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            while (!events.hasNext()) {
                Hits complete = gather();
                if (complete == null) {
                    return false;
                }
                events = matching.match(complete);
            }
            return true;
        }

        /** The next block, or null. */
        private @Nullable Hits gather() {
            while (rows.hasNext()) {
                InternalRow row = rows.next();
                Hits complete = null;
                if (gathering == null || !gathering.holds(row)) {
                    complete = gathering;
                    gathering = new Hits(row);
                }
                gathering.add(row);
                if (complete != null) {
                    return complete;
                }
            }
            Hits last = gathering;
            gathering = null;
            return last;
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return events.next();
        }
    }
}
