package etroc.ingest.etroc2;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import etroc.source.etroc2.Etroc2Source;
import etroc.store.ParquetFiles;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** Hits and frames as Parquet, in narrow types; the hit flag, which is always 1, is not stored. */
final class StoredFrames {
    private static final String HIT_FLAG = "hit_flag";

    /** As for hits of ETROC1 (src/docs/performance.md); the few names of runs are a dictionary. */
    private static final Map<String, String> WRITING = Map.of(
            "parquet.writer.version",
            "v2",
            "parquet.enable.dictionary",
            "false",
            "parquet.enable.dictionary#run",
            "true");

    private static final Set<String> BYTES = Set.of("data_board_id", "frame_type", "ea", "row", "column", "status");
    private static final Set<String> SHORTS = Set.of(
            "split",
            "stream",
            "bcid",
            "l1_counter",
            "time_of_arrival",
            "time_over_threshold",
            "calibration_code",
            "frame_faults",
            "hits_declared");

    private StoredFrames() {}

    private static DataType narrow(StructField field) {
        if (BYTES.contains(field.name())) {
            return DataTypes.ByteType;
        }
        return SHORTS.contains(field.name()) ? DataTypes.ShortType : field.dataType();
    }

    /** @param directory exists, and nobody reads it yet */
    static void write(Dataset<Row> rows, Path directory) {
        Column[] columns = Arrays.stream(rows.schema().fields())
                .filter(f -> !f.name().equals(HIT_FLAG))
                .map(f -> col(f.name()).cast(narrow(f)).as(f.name(), f.metadata()))
                .toArray(Column[]::new);
        rows.select(columns).write().options(WRITING).mode(SaveMode.Append).parquet(directory.toString());
    }

    /** Rows of a directory, as the footers of its files say. */
    static long count(SparkSession spark, Path directory, String table) {
        return spark.read()
                .schema(stored(table))
                .parquet(ParquetFiles.literal(directory))
                .count();
    }

    private static StructType schema(String table) {
        return new Etroc2Source().inferSchema(new CaseInsensitiveStringMap(Map.of("table", table)));
    }

    private static StructType stored(String table) {
        return new StructType(Arrays.stream(schema(table).fields())
                .filter(f -> !f.name().equals(HIT_FLAG))
                .map(f -> new StructField(f.name(), narrow(f), true, f.metadata()))
                .toArray(StructField[]::new));
    }

    /** The rows of some directories with the types of the data source; none of none. */
    static Dataset<Row> read(SparkSession spark, Collection<Path> directories, String table) {
        Dataset<Row> rows = directories.isEmpty()
                ? spark.createDataFrame(List.<Row>of(), stored(table))
                : spark.read().schema(stored(table)).parquet(ParquetFiles.literal(directories));
        return rows.select(Arrays.stream(schema(table).fields())
                .map(f -> (f.name().equals(HIT_FLAG) ? lit(1) : col(f.name()).cast(f.dataType()))
                        .as(f.name(), f.metadata()))
                .toArray(Column[]::new));
    }
}
