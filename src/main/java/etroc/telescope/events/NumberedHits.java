package etroc.telescope.events;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import etroc.ingest.FileQuality;
import etroc.ingest.HitIngest;
import etroc.ingest.Ingested;
import etroc.ingest.IngestedFile;
import etroc.runs.Run;
import etroc.source.HitColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Hits with their place in their run. The reader numbered the hits of each file, and the files' counts give the rest, so nothing is sorted.
 *
 * @param hits columns {@link #RUN_INDEX}, {@link #ROW}, {@link #LINE_IN_RUN}, board id, and {@link EventVariables#OF_HITS}
 * @param runs names by run index, those of runs without hits too
 * @param sizes kept hits of each run
 * @param byBoard kept hits of each board id, over all runs
 */
public record NumberedHits(Dataset<Row> hits, List<String> runs, long[] sizes, Map<Integer, Long> byBoard) {
    /** Column: place of the run in the sorted list of runs. */
    public static final String RUN_INDEX = "run_index";
    /** Column: place of the hit among the kept hits of its run, in file order. */
    public static final String ROW = "row";
    /** Column: place of the hit among all lines of its run, headers not counted. */
    public static final String LINE_IN_RUN = "line_in_run";

    private static final List<String> KEYS = List.of(HitIngest.INGEST, HitIngest.FILE);
    private static final String FIRST_ROW = "first_row";
    private static final String FIRST_LINE = "first_line";

    /** Numbers the hits, whose files come by run and split. */
    public static NumberedHits of(Ingested ingested) {
        List<String> runs = ingested.inventory().runs().stream().map(Run::name).toList();
        long[] sizes = new long[runs.size()];
        long[] lines = new long[runs.size()];
        Map<Integer, Long> byBoard = new TreeMap<>();
        List<Row> places = new ArrayList<>();
        for (IngestedFile file : ingested.files()) {
            FileQuality quality = file.quality();
            int run = file.run();
            places.add(RowFactory.create(
                    file.ingest(), file.fileIndex(), run, sizes[run], lines[run] - quality.headerLines()));
            sizes[run] += quality.rows();
            lines[run] += quality.lines();
            List<Long> ofBoard = quality.rowsByBoard();
            IntStream.range(0, ofBoard.size())
                    .filter(b -> ofBoard.get(b) > 0)
                    .forEach(b -> byBoard.merge(b, ofBoard.get(b), Long::sum));
        }
        return new NumberedHits(numbered(ingested.hits(), places), runs, sizes, byBoard);
    }

    private static Dataset<Row> numbered(Dataset<Row> hits, List<Row> places) {
        StructType schema = new StructType()
                .add(HitIngest.INGEST, DataTypes.IntegerType, false)
                .add(HitIngest.FILE, DataTypes.IntegerType, false)
                .add(RUN_INDEX, DataTypes.IntegerType, false)
                .add(FIRST_ROW, DataTypes.LongType, false)
                .add(FIRST_LINE, DataTypes.LongType, false);
        Stream<Column> numbers = Stream.of(
                col(RUN_INDEX),
                col(FIRST_ROW).plus(col(HitIngest.ROW)).as(ROW),
                col(FIRST_LINE).plus(col(HitColumn.LINE.columnName())).as(LINE_IN_RUN),
                col(HitColumn.BOARD.columnName()));
        return hits.join(
                        broadcast(hits.sparkSession().createDataFrame(places, schema)),
                        CollectionConverters.asScala(KEYS).toSeq())
                .select(Stream.concat(numbers, EventVariables.OF_HITS.stream().map(v -> col(v.columnName())))
                        .toArray(Column[]::new));
    }

    /** Columns {@link #RUN_INDEX} and {@link EventVariables#RUN}, to be joined. */
    Dataset<Row> runNames() {
        List<Row> names = IntStream.range(0, runs.size())
                .mapToObj(r -> RowFactory.create(r, runs.get(r)))
                .toList();
        StructType schema = new StructType()
                .add(RUN_INDEX, DataTypes.IntegerType, false)
                .add(EventVariables.RUN, DataTypes.StringType, false);
        return broadcast(hits.sparkSession().createDataFrame(names, schema));
    }

    /** Hits of all runs. */
    public long count() {
        return Arrays.stream(sizes).sum();
    }

    /** Hits of the largest run. */
    public long longest() {
        return Arrays.stream(sizes).max().orElse(0);
    }
}
