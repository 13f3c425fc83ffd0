package etroc.events;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import etroc.hits.HitColumn;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
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
        return blocked.mapPartitions(new BlockMatching(matcher, hits.sizes(), blockRows, halo), Encoders.row(schema()));
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
    public record Summary(boolean undecided, Map<String, Long> events, long lostHits, List<Row> offsets) {}

    /** Reads the rows of a build that are no events: one a block. */
    public Summary summary(Dataset<Row> built) {
        List<Row> blocks = built.filter(col(INDEX).lt(lit(0L)))
                .select(NumberedHits.RUN_INDEX, BLOCK_COLUMN, INDEX, EVENTS, LOST)
                .orderBy(NumberedHits.RUN_INDEX, BLOCK_COLUMN)
                .collectAsList();
        Map<String, Long> events = new TreeMap<>();
        hits.runs().forEach(r -> events.put(r, 0L));
        List<Row> offsets = new ArrayList<>();
        long lost = 0;
        boolean undecided = false;
        for (Row block : blocks) {
            if (block.getLong(2) == UNDECIDED) {
                undecided = true;
                continue;
            }
            String run = hits.runs().get(block.getInt(0));
            long before = events.getOrDefault(run, 0L);
            offsets.add(RowFactory.create(block.getInt(0), block.getLong(1), run, before));
            events.put(run, before + block.getLong(3));
            lost += block.getLong(4);
        }
        return new Summary(undecided, events, lost, offsets);
    }

    /** The events with their run and their number in it, then {@code <variable>_<slot>}. */
    public Dataset<Row> events(Dataset<Row> built, Summary summary) {
        Dataset<Row> offsets = built.sparkSession()
                .createDataFrame(
                        summary.offsets(),
                        new StructType()
                                .add(NumberedHits.RUN_INDEX, DataTypes.IntegerType)
                                .add(BLOCK_COLUMN, DataTypes.LongType)
                                .add(EventVariables.RUN, DataTypes.StringType)
                                .add("before", DataTypes.LongType));
        List<Column> columns = new ArrayList<>(
                List.of(col(EventVariables.RUN), col("before").plus(col(INDEX)).as(EventVariables.EVENT)));
        matcher.slots().forEach(slot -> columns.addAll(PackedHit.variables(slot)));
        return built.filter(col(INDEX).geq(lit(0L)))
                .join(
                        org.apache.spark.sql.functions.broadcast(offsets),
                        CollectionConverters.asScala(List.of(NumberedHits.RUN_INDEX, BLOCK_COLUMN)).toSeq())
                .select(columns.toArray(Column[]::new));
    }

    private record BlockMatching(EventMatcher matcher, long[] sizes, int blockRows, int halo)
            implements MapPartitionsFunction<Row, Row> {
        private static final long serialVersionUID = 1L;
        private static final int RUN_AT = 0;
        private static final int ROW_AT = 1;
        private static final int BOARD_AT = 2;
        private static final int VARIABLES_AT = 3;

        @Override
        public Iterator<Row> call(Iterator<Row> rows) {
            return new BlockIterator(this, rows);
        }

        /** Events of one block's hits, which come in order. */
        Stream<Row> match(List<Row> hits) {
            Row head = hits.get(0);
            int run = head.getInt(RUN_AT);
            long block = head.getLong(VARIABLES_AT + VARIABLES);
            long firstRow = head.getLong(ROW_AT);
            int coreFrom = (int) Math.max(0, block * blockRows - firstRow);
            int coreTo = (int) Math.min(hits.size(), (block + 1) * blockRows - firstRow);
            HitBlock view = new HitBlock(
                    firstRow,
                    hits.stream().mapToInt(h -> h.getInt(BOARD_AT)).toArray(),
                    hits.stream().mapToInt(h -> PackedHit.toa(h.getLong(VARIABLES_AT))).toArray(),
                    coreFrom,
                    coreTo,
                    firstRow == 0,
                    firstRow + hits.size() == sizes[run]);
            if (coreFrom >= coreTo) {
                return Stream.empty(); // only neighbours: the block lies beyond the end of the run
            }
            try {
                EventMatcher.Matches matches = matcher.match(view);
                List<int[]> events = matches.events();
                return Stream.concat(
                        IntStream.range(0, events.size()).mapToObj(i -> event(hits, run, block, i, events.get(i))),
                        Stream.of(remark(run, block, DECIDED, (long) events.size(), matches.lost())));
            } catch (EventMatcher.NeighboursMatter e) {
                return Stream.of(remark(run, block, UNDECIDED, null, null));
            }
        }

        private Row event(List<Row> hits, int run, long block, long index, int[] event) {
            @Nullable Object[] values = new @Nullable Object[FIXED_COLUMNS + event.length * VARIABLES];
            values[0] = run;
            values[1] = block;
            values[2] = index;
            for (int slot = 0; slot < event.length; slot++) {
                for (int v = 0; v < VARIABLES && event[slot] >= 0; v++) {
                    values[FIXED_COLUMNS + slot * VARIABLES + v] = hits.get(event[slot]).get(VARIABLES_AT + v);
                }
            }
            return RowFactory.create(values);
        }

        private Row remark(int run, long block, long kind, @Nullable Long events, @Nullable Long lost) {
            @Nullable Object[] values = new @Nullable Object[FIXED_COLUMNS + matcher.slots().size() * VARIABLES];
            values[0] = run;
            values[1] = block;
            values[2] = kind;
            values[3] = events;
            values[4] = lost;
            return RowFactory.create(values);
        }
    }

    /** Gathers the rows of a block, hands out its events, goes on to the next. */
    private static final class BlockIterator implements Iterator<Row> {
        private final BlockMatching matching;
        private final Iterator<Row> rows;
        private Iterator<Row> events = java.util.Collections.emptyIterator();
        private @Nullable Row next;

        BlockIterator(BlockMatching matching, Iterator<Row> rows) {
            this.matching = matching;
            this.rows = rows;
            this.next = rows.hasNext() ? rows.next() : null;
        }

        @Override
        public boolean hasNext() {
            while (!events.hasNext() && next != null) {
                List<Row> block = new ArrayList<>();
                Row first = next;
                do {
                    block.add(next);
                    next = rows.hasNext() ? rows.next() : null;
                } while (next != null && sameBlock(first, next));
                events = matching.match(block).iterator();
            }
            return events.hasNext();
        }

        private static boolean sameBlock(Row a, Row b) {
            int blockAt = BlockMatching.VARIABLES_AT + VARIABLES;
            return a.getInt(0) == b.getInt(0) && a.getLong(blockAt) == b.getLong(blockAt);
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new java.util.NoSuchElementException();
            }
            return events.next();
        }
    }
}
