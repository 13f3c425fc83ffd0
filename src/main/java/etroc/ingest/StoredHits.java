package etroc.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import etroc.source.HitColumn;
import etroc.store.ParquetFiles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructType;

/**
 * The Parquet hits: what differs from line to line, in narrow types. What is the same for all hits is not stored: the hit flag where only hits
 * are kept, time stamps where the files have none, and what the file's name says, which is in {@link FilesTable}.
 */
final class StoredHits {
    /**
     * Parquet's second version has delta encoding: it makes next to nothing of row and line numbers, and of codes a tenth more than a
     * dictionary, whose look-up of every value costs a third of the time of writing (src/docs/performance.md).
     */
    private static final Map<String, String> WRITING =
            Map.of("parquet.writer.version", "v2", "parquet.enable.dictionary", "false");

    /** Columns of a line and their types in Parquet. */
    private record Stored(HitColumn column, DataType type) {
        Column narrow() {
            return col(column.columnName()).cast(type).as(column.columnName(), column.comment());
        }

        Column widened(boolean keepAll) {
            boolean constant = column == HitColumn.HIT_FLAG && !keepAll;
            Column value = constant ? lit(1) : col(column.columnName()).cast(column.type());
            return value.as(column.columnName(), column.comment());
        }
    }

    private static final List<Stored> OF_LINE = List.of(
            new Stored(HitColumn.LINE, DataTypes.LongType),
            new Stored(HitColumn.BOARD, DataTypes.ByteType),
            new Stored(HitColumn.TOA, DataTypes.ShortType),
            new Stored(HitColumn.TOT, DataTypes.ShortType),
            new Stored(HitColumn.CAL, DataTypes.ShortType),
            new Stored(HitColumn.HIT_FLAG, DataTypes.ByteType),
            new Stored(HitColumn.DATETIME, DataTypes.TimestampNTZType));

    private static final StructType SCHEMA = schema();

    private StoredHits() {}

    private static StructType schema() {
        StructType schema =
                new StructType().add(HitIngest.FILE, DataTypes.IntegerType).add(HitIngest.ROW, DataTypes.LongType);
        for (Stored stored : OF_LINE) {
            schema = schema.add(stored.column.columnName(), stored.type, true, stored.column.comment());
        }
        return schema.add(HitIngest.INGEST, DataTypes.IntegerType);
    }

    private static Metadata comment(String text) {
        return new MetadataBuilder().putString("comment", text).build();
    }

    /**
     * Writes hits of the data source.
     *
     * @param keepAll whether records with hit flag 0 are among them
     * @param hasDatetime whether any has a time stamp
     * @param directory exists, and nobody reads it yet
     */
    static void write(Dataset<Row> hits, boolean keepAll, boolean hasDatetime, Path directory) {
        List<Column> columns = new ArrayList<>(List.of(
                col(HitIngest.FILE).as(HitIngest.FILE, comment("Place of the file in its batch, as in table files")),
                col(HitIngest.ROW)
                        .as(HitIngest.ROW, comment("Place of the hit among those kept of its file, from 0"))));
        for (Stored stored : OF_LINE) {
            boolean constant = (stored.column == HitColumn.HIT_FLAG && !keepAll)
                    || (stored.column == HitColumn.DATETIME && !hasDatetime);
            if (!constant) {
                columns.add(stored.narrow());
            }
        }
        hits.select(columns.toArray(Column[]::new))
                .write()
                .options(WRITING)
                .mode(SaveMode.Append)
                .parquet(directory.toString());
    }

    /** Rows of a directory, as the footers of its files say. */
    static long count(SparkSession spark, Path directory) {
        return spark.read()
                .schema(SCHEMA)
                .parquet(ParquetFiles.literal(directory))
                .count();
    }

    /** The hits of some batches as they are stored; none of no batches. */
    static Dataset<Row> read(SparkSession spark, Path root, Collection<Path> batches) {
        return batches.isEmpty()
                ? spark.createDataFrame(List.<Row>of(), SCHEMA)
                : spark.read()
                        .schema(SCHEMA)
                        .option("basePath", root.toString())
                        .parquet(ParquetFiles.literal(batches));
    }

    /** Stored hits with all columns of a line, and the types that the data source gives them. */
    static Dataset<Row> widened(Dataset<Row> stored, boolean keepAll) {
        List<Column> columns = new ArrayList<>(List.of(col(HitIngest.INGEST), col(HitIngest.FILE), col(HitIngest.ROW)));
        OF_LINE.forEach(s -> columns.add(s.widened(keepAll)));
        return stored.select(columns.toArray(Column[]::new));
    }
}
