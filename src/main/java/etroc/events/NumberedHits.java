package etroc.events;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import etroc.hits.HitColumn;
import etroc.hits.HitIngest;
import etroc.hits.IngestedFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

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
    private static final List<String> SLICE_KEY = List.of(HitIngest.INGEST, HitIngest.FILE, HitIngest.SLICE);

    /** Some hits of a slice of a file: place of the file in the order of runs and splits. */
    private record Slice(int file, long start, Row counted) {}

    /**
     * Numbers the hits of a directory of {@link HitIngest}.
     *
     * @param files all files, by run and split
     */
    public static NumberedHits of(Dataset<Row> hits, List<IngestedFile> files) {
        List<String> runs = new ArrayList<>();
        List<Long> sizes = new ArrayList<>();
        Map<Integer, Long> byBoard = new TreeMap<>();
        List<Row> offsets = new ArrayList<>();
        Slice last = null;
        for (Slice slice : slices(hits, files)) {
            String name = files.get(slice.file).quality().file().run().name();
            if (runs.isEmpty() || !runs.get(runs.size() - 1).equals(name)) {
                runs.add(name);
                sizes.add(0L);
            }
            int run = runs.size() - 1;
            Row row = slice.counted;
            if (last == null || last.file != slice.file || last.start != slice.start) {
                offsets.add(RowFactory.create(row.getInt(0), row.getInt(1), slice.start, run, sizes.get(run)));
            }
            sizes.set(run, sizes.get(run) + row.getLong(4));
            byBoard.merge(row.getInt(3), row.getLong(4), Long::sum);
            last = slice;
        }
        return new NumberedHits(
                numbered(hits, offsets),
                runs,
                sizes.stream().mapToLong(Long::longValue).toArray(),
                byBoard);
    }

    /** Counts of each slice and board, in the order of the files. */
    private static List<Slice> slices(Dataset<Row> hits, List<IngestedFile> files) {
        record Place(int ingest, int file) {}
        Map<Place, Integer> order = new HashMap<>();
        for (int i = 0; i < files.size(); i++) {
            order.put(new Place(files.get(i).ingest(), files.get(i).fileIndex()), i);
        }
        return hits
                .groupBy(HitIngest.INGEST, HitIngest.FILE, HitIngest.SLICE, HitColumn.BOARD.columnName())
                .agg(count(lit(1)))
                .collectAsList()
                .stream()
                .map(r -> new Slice(
                        Objects.requireNonNull(order.get(new Place(r.getInt(0), r.getInt(1)))), r.getLong(2), r))
                .sorted(Comparator.comparingInt(Slice::file).thenComparingLong(Slice::start))
                .toList();
    }

    private static Dataset<Row> numbered(Dataset<Row> hits, List<Row> offsets) {
        Dataset<Row> table = hits.sparkSession()
                .createDataFrame(
                        offsets,
                        new StructType()
                                .add(HitIngest.INGEST, DataTypes.IntegerType)
                                .add(HitIngest.FILE, DataTypes.IntegerType)
                                .add(HitIngest.SLICE, DataTypes.LongType)
                                .add(RUN_INDEX, DataTypes.IntegerType)
                                .add(OFFSET, DataTypes.LongType));
        return hits.join(
                        functions.broadcast(table),
                        CollectionConverters.asScala(SLICE_KEY).toSeq())
                .withColumn(ROW, col(OFFSET).plus(col(HitIngest.INDEX)))
                .drop(OFFSET);
    }
}
