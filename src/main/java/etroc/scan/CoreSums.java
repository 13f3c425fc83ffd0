package etroc.scan;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import etroc.ingest.HitIngest;
import etroc.ingest.IngestedFile;
import etroc.source.HitColumn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Codes of a board's hits in a run, of those whose calibration code is near its mode: whole numbers, so that nothing depends on the order in
 * which they are added up. TOT stands as {@link #TOT_BINS}.
 *
 * @param run index of the run in the inventory
 * @param hits all hits of the board
 * @param calMode most frequent calibration code of them, the smallest of equals
 * @param kept hits at most {@link #CAL_WINDOW} codes from it; the sums are over these
 */
public record CoreSums(
        int run,
        int board,
        long hits,
        int calMode,
        long kept,
        long cal,
        long calSquares,
        long toa,
        long toaSquares,
        long tot,
        long totSquares) {
    /** Name of the column with the index of a hit's run. */
    public static final String RUN = "run_index";
    /** Calibration codes to both sides of the mode (src/docs/bench-laser.md). */
    public static final int CAL_WINDOW = 3;

    public static final Column TOA = col(HitColumn.TOA.columnName());
    /** TOT in bins of the TDC: the chip counts some of them twice. */
    public static final Column TOT_BINS = expr("2 * time_over_threshold - time_over_threshold div 32");

    private static final Column BOARD = col(HitColumn.BOARD.columnName());
    private static final Column CAL = col(HitColumn.CAL.columnName());
    private static final String N = "count";

    /**
     * Sums of each run and board that has hits, by run and board.
     *
     * @param hits with hit flag 1
     */
    public static List<CoreSums> of(Dataset<Row> hits, List<IngestedFile> files) {
        return ofCounts(counted(hits), files);
    }

    /** Hits by file, board, calibration code and other columns: their {@code count}, and sums of the other codes. */
    static Dataset<Row> counted(Dataset<Row> hits, Column... more) {
        List<Column> keys = new ArrayList<>(List.of(col(HitIngest.INGEST), col(HitIngest.FILE), BOARD, CAL));
        keys.addAll(List.of(more));
        return hits.groupBy(keys.toArray(Column[]::new))
                .agg(
                        count(lit(1)).as(N),
                        sum(TOA).as("toa"),
                        sum(TOA.multiply(TOA)).as("toa2"),
                        sum(TOT_BINS).as("tot"),
                        sum(TOT_BINS.multiply(TOT_BINS)).as("tot2"));
    }

    /** The sums of what {@link #counted} counted. */
    static List<CoreSums> ofCounts(Dataset<Row> counts, List<IngestedFile> files) {
        WindowSpec point = Window.partitionBy(col(RUN), BOARD);
        Column lessIsMore = CAL.unary_$minus().as("code"); // of codes with the same number the smallest
        return withRun(counts, files)
                .repartition(col(RUN), BOARD) // the one shuffle: all that follows is within a point
                .groupBy(col(RUN), BOARD, CAL)
                .agg(
                        sum(N).as(N),
                        sum("toa").as("toa"),
                        sum("toa2").as("toa2"),
                        sum("tot").as("tot"),
                        sum("tot2").as("tot2"))
                .withColumn("hits", sum(N).over(point))
                .withColumn(
                        "mode",
                        max(struct(col(N), lessIsMore))
                                .over(point)
                                .getField("code")
                                .unary_$minus())
                .filter(nearMode(col("mode")))
                .groupBy(col(RUN), BOARD)
                .agg(
                        first("hits"),
                        first("mode"),
                        sum(N),
                        sum(CAL.multiply(col(N))),
                        sum(CAL.multiply(CAL).multiply(col(N))),
                        sum("toa"),
                        sum("toa2"),
                        sum("tot"),
                        sum("tot2"))
                .collectAsList()
                .stream()
                .map(CoreSums::of)
                .sorted(Comparator.comparingInt(CoreSums::run).thenComparingInt(CoreSums::board))
                .toList();
    }

    private static CoreSums of(Row r) {
        return new CoreSums(
                r.getInt(0),
                r.getInt(1),
                r.getLong(2),
                r.getInt(3),
                r.getLong(4),
                r.getLong(5),
                r.getLong(6),
                r.getLong(7),
                r.getLong(8),
                r.getLong(9),
                r.getLong(10));
    }

    /** Whether a hit's calibration code is near a mode. */
    public static Column nearMode(Column mode) {
        return abs(CAL.minus(mode)).leq(CAL_WINDOW);
    }

    /** Hits, or what is counted by files, with the index of their run. */
    public static Dataset<Row> withRun(Dataset<Row> ofFiles, List<IngestedFile> files) {
        List<Row> rows = files.stream()
                .map(f -> RowFactory.create(f.ingest(), f.fileIndex(), f.run()))
                .toList();
        StructType schema = new StructType()
                .add(HitIngest.INGEST, DataTypes.IntegerType)
                .add(HitIngest.FILE, DataTypes.IntegerType)
                .add(RUN, DataTypes.IntegerType);
        Dataset<Row> runs = ofFiles.sparkSession().createDataFrame(rows, schema);
        return ofFiles.join(
                broadcast(runs),
                CollectionConverters.asScala(List.of(HitIngest.INGEST, HitIngest.FILE))
                        .toSeq());
    }

    /** Width of a TDC bin [ns]. */
    public double fbinNs() {
        return PointTimes.CLOCK_NS * kept / cal;
    }
}
