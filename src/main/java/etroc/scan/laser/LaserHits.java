package etroc.scan.laser;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import etroc.ingest.HitIngest;
import etroc.ingest.Ingested;
import etroc.scan.CoreSums;
import etroc.source.HitColumn;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What the points of a laser scan need of their hits, by index of the run: it is small, whatever the number of hits.
 *
 * @param sums of the board
 * @param triggerSums of the trigger board
 * @param cells events by TOT, ascending
 * @param toas kept hits of the board by TOA code, ascending; rows of code and number
 */
record LaserHits(
        Map<Integer, CoreSums> sums,
        Map<Integer, CoreSums> triggerSums,
        Map<Integer, List<TotCell>> cells,
        Map<Integer, List<long[]>> toas) {
    private static final Column BOARD = col(HitColumn.BOARD.columnName());
    private static final String REFERENCE = "reference";
    private static final String MODE = "mode";
    private static final String TRIGGER_MODE = "trigger_mode";

    /**
     * Counts hits.
     *
     * @param board the one under the laser
     * @param trigger the time reference, or null
     */
    static LaserHits of(Ingested ingested, int board, @Nullable Integer trigger) {
        Dataset<Row> hits =
                ingested.hits().filter(col(HitColumn.HIT_FLAG.columnName()).equalTo(1));
        List<CoreSums> all = CoreSums.of(hits, ingested.files());
        Map<Integer, CoreSums> own = ofBoard(all, board);
        Map<Integer, CoreSums> triggers = trigger == null ? Map.of() : ofBoard(all, trigger);
        Dataset<Row> ofBoards = withModes(CoreSums.withRun(hits, ingested.files()), own, triggers);
        Dataset<Row> kept = ofBoards.filter(BOARD.equalTo(board)).filter(CoreSums.nearMode(col(MODE)));
        Dataset<Row> events =
                trigger == null ? kept.withColumn(REFERENCE, lit(0)) : withReference(ofBoards, board, trigger);
        return new LaserHits(own, triggers, cells(events), toas(kept));
    }

    private static Map<Integer, CoreSums> ofBoard(List<CoreSums> all, int board) {
        Map<Integer, CoreSums> own = new HashMap<>();
        all.stream().filter(s -> s.board() == board).forEach(s -> own.put(s.run(), s));
        return own;
    }

    private static Dataset<Row> withModes(
            Dataset<Row> hits, Map<Integer, CoreSums> own, Map<Integer, CoreSums> triggers) {
        List<Row> rows = own.values().stream()
                .map(s -> {
                    CoreSums trigger = triggers.get(s.run());
                    return RowFactory.create(s.run(), s.calMode(), trigger == null ? null : trigger.calMode());
                })
                .toList();
        StructType schema = new StructType()
                .add(CoreSums.RUN, DataTypes.IntegerType)
                .add(MODE, DataTypes.IntegerType)
                .add(TRIGGER_MODE, DataTypes.IntegerType);
        return hits.join(broadcast(hits.sparkSession().createDataFrame(rows, schema)), CoreSums.RUN);
    }

    /** Places where a hit of the trigger board follows on one of the board, both calibrated (src/docs/analysis.md, section 2, step 1). */
    private static Dataset<Row> withReference(Dataset<Row> hits, int board, int trigger) {
        WindowSpec inOrder =
                Window.partitionBy(HitIngest.INGEST, HitIngest.FILE).orderBy(HitIngest.ROW);
        Column next = struct(
                BOARD.as("board"),
                CoreSums.TOA.as("toa"),
                CoreSums.nearMode(col(TRIGGER_MODE)).as("kept"));
        return hits.withColumn("next", lead(next, 1).over(inOrder))
                .filter(BOARD.equalTo(board).and(CoreSums.nearMode(col(MODE))))
                .filter(col("next.board").equalTo(trigger).and(col("next.kept")))
                .withColumn(REFERENCE, col("next.toa"));
    }

    private static Map<Integer, List<TotCell>> cells(Dataset<Row> events) {
        Column toa = CoreSums.TOA;
        Column reference = col(REFERENCE);
        Dataset<Row> sums = events.groupBy(
                        col(CoreSums.RUN),
                        CoreSums.TOT_BINS.cast(DataTypes.LongType).as("tot"))
                .agg(
                        count(lit(1)).as("n"),
                        sum(toa).as("a"),
                        sum(reference).as("r"),
                        sum(toa.multiply(toa)).as("aa"),
                        sum(reference.multiply(reference)).as("rr"),
                        sum(toa.multiply(reference)).as("ar"));
        return lists(sums, "tot", "n", "a", "r", "aa", "rr", "ar").entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        e -> e.getValue().stream().map(TotCell::of).toList()));
    }

    private static Map<Integer, List<long[]>> toas(Dataset<Row> kept) {
        Dataset<Row> counts = kept.groupBy(
                        col(CoreSums.RUN), CoreSums.TOA.cast(DataTypes.LongType).as("toa"))
                .agg(count(lit(1)).as("n"));
        return lists(counts, "toa", "n").entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        e -> e.getValue().stream()
                                .map(r -> new long[] {r.getLong(0), r.getLong(1)})
                                .toList()));
    }

    /** A row a run on the driver, which holds its codes in ascending order. */
    private static Map<Integer, List<Row>> lists(Dataset<Row> ofCodes, String... columns) {
        Column[] all = Arrays.stream(columns).map(c -> col(c)).toArray(Column[]::new);
        Map<Integer, List<Row>> lists = new HashMap<>();
        ofCodes.groupBy(CoreSums.RUN)
                .agg(sort_array(collect_list(struct(all))))
                .collectAsList()
                .forEach(r -> lists.put(r.getInt(0), r.getList(1)));
        return lists;
    }
}
