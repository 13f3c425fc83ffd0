package etroc.hits;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import etroc.settings.InputSettings;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The three readings of some files: hits, counts, and lines that are none. */
public final class HitFiles {
    private final SparkSession spark;
    private final List<String> paths;
    private final InputSettings settings;

    public HitFiles(SparkSession spark, List<String> paths, InputSettings settings) {
        this.spark = spark;
        this.paths = List.copyOf(paths);
        this.settings = settings;
    }

    /** Hits, one row each ({@link HitColumn}); with {@code keep-all} all records. */
    public Dataset<Row> hits() {
        Dataset<Row> records = read("hits");
        return settings.keepAll() ? records : records.filter(HitColumn.HIT_FLAG.columnName() + " = 1");
    }

    /** Counts by slice, for {@link FileQuality#of}. */
    public Dataset<Row> quality() {
        return read("quality");
    }

    /** Lines that are no record: path, line (from 0), text, reason. */
    public Dataset<Row> malformed() {
        return read("malformed");
    }

    private Dataset<Row> read(String content) {
        DataFrameReader reader = spark.read()
                .format(Etroc1Source.FORMAT)
                .option("content", content)
                .option("layout", settings.layout())
                .option("mode", settings.mode().name())
                .option("charge-from-qsel", lower(settings.chargeFromQSel()))
                .option("odd-names", lower(settings.oddNames()))
                .option("duplicates", lower(settings.duplicates()))
                .option("partitions", settings.partitions());
        try {
            return reader.option(HitOptions.PATHS, new JsonMapper().writeValueAsString(paths)).load();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
