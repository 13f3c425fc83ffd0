package etroc.telescope.events;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import etroc.ingest.FileQuality;
import etroc.ingest.HitIngest;
import etroc.ingest.IngestedFile;
import etroc.source.HitColumn;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** The empty pattern: every hit is an event of its own, numbered by its place among all lines of its run, headers not counted. */
public final class SingleHits {
    private SingleHits() {}

    /**
     * Columns run, event, then {@code <variable>_<board>} of which only those of the hit's board are there.
     *
     * @param boards that have hits
     * @param files all files of the runs, in their order
     */
    public static Dataset<Row> events(Dataset<Row> hits, List<Integer> boards, List<IngestedFile> files) {
        List<Row> before = new ArrayList<>();
        long lines = 0;
        String run = "";
        for (IngestedFile place : files) {
            FileQuality file = place.quality();
            lines = file.file().run().name().equals(run) ? lines : 0;
            run = file.file().run().name();
            before.add(RowFactory.create(place.ingest(), place.fileIndex(), run, lines - file.headerLines()));
            lines += file.lines();
        }
        List<String> keys = List.of(HitIngest.INGEST, HitIngest.FILE);
        Dataset<Row> offsets = hits.sparkSession()
                .createDataFrame(
                        before,
                        new StructType()
                                .add(keys.get(0), DataTypes.IntegerType)
                                .add(keys.get(1), DataTypes.IntegerType)
                                .add(EventVariables.RUN, DataTypes.StringType)
                                .add("before", DataTypes.LongType));
        List<Column> columns = new ArrayList<>(List.of(
                col(EventVariables.RUN),
                col("before").plus(col(HitColumn.LINE.columnName())).as(EventVariables.EVENT)));
        for (int board : boards) {
            Column own = col(HitColumn.BOARD.columnName()).equalTo(lit(board));
            EventVariables.OF_HITS.forEach(
                    v -> columns.add(when(own, col(v.columnName())).as(EventVariables.column(v, "" + board))));
        }
        return hits.join(broadcast(offsets), CollectionConverters.asScala(keys).toSeq())
                .select(columns.toArray(Column[]::new));
    }
}
