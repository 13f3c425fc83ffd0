package etroc.events;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import etroc.hits.HitColumn;
import etroc.hits.HitIngest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Ingested hits with their row: the place among the kept hits of the run in file order. The reader numbered the hits of each slice; the
 * slices' sizes, a small table, give the rest, so nothing is sorted.
 *
 * @param hits with columns {@link #RUN_INDEX} and {@link #ROW}
 * @param runs names by run index
 * @param sizes kept hits of each run
 * @param byBoard kept hits of each board id, over all runs
 */
public record NumberedHits(Dataset<Row> hits, List<String> runs, long[] sizes, Map<Integer, Long> byBoard) {
    static final String RUN_INDEX = "run_index";
    static final String ROW = "row";

    private static final String OFFSET = "offset";

    /** Numbers the hits of a directory of {@link HitIngest}. */
    public static NumberedHits of(Dataset<Row> hits) {
        List<Row> slices = hits.groupBy(
                        HitColumn.RUN.columnName(),
                        HitColumn.SPLIT.columnName(),
                        HitIngest.SLICE,
                        HitColumn.BOARD.columnName())
                .agg(count(lit(1)))
                .orderBy(HitColumn.RUN.columnName(), HitColumn.SPLIT.columnName(), HitIngest.SLICE)
                .collectAsList();
        List<String> runs = new ArrayList<>();
        List<Long> sizes = new ArrayList<>();
        Map<Integer, Long> byBoard = new TreeMap<>();
        List<Row> offsets = new ArrayList<>();
        Row last = null;
        for (Row slice : slices) {
            if (runs.isEmpty() || !runs.get(runs.size() - 1).equals(slice.getString(0))) {
                runs.add(slice.getString(0));
                sizes.add(0L);
            }
            int run = runs.size() - 1;
            boolean sameSlice = last != null
                    && last.getString(0).equals(slice.getString(0))
                    && last.getInt(1) == slice.getInt(1)
                    && last.getLong(2) == slice.getLong(2);
            if (!sameSlice) {
                offsets.add(
                        RowFactory.create(slice.getString(0), slice.getInt(1), slice.getLong(2), run, sizes.get(run)));
            }
            sizes.set(run, sizes.get(run) + slice.getLong(4));
            byBoard.merge(slice.getInt(3), slice.getLong(4), Long::sum);
            last = slice;
        }
        Dataset<Row> table = hits.sparkSession()
                .createDataFrame(
                        offsets,
                        new StructType()
                                .add(HitColumn.RUN.columnName(), DataTypes.StringType)
                                .add(HitColumn.SPLIT.columnName(), DataTypes.IntegerType)
                                .add(HitIngest.SLICE, DataTypes.LongType)
                                .add(RUN_INDEX, DataTypes.IntegerType)
                                .add(OFFSET, DataTypes.LongType));
        Dataset<Row> numbered = hits.join(
                        functions.broadcast(table),
                        scala.jdk.javaapi.CollectionConverters.asScala(List.of(
                                        HitColumn.RUN.columnName(), HitColumn.SPLIT.columnName(), HitIngest.SLICE))
                                .toSeq())
                .withColumn(ROW, col(OFFSET).plus(col(HitIngest.INDEX)))
                .drop(OFFSET);
        return new NumberedHits(
                numbered, runs, sizes.stream().mapToLong(Long::longValue).toArray(), byBoard);
    }
}
