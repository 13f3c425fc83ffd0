package etroc.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.DataSource;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/** Parquet files that this program wrote. */
public final class ParquetFiles {
    private static final String ENDING = ".parquet";

    private ParquetFiles() {}

    /** A reader that takes paths as they stand: {@code [ ] { } * ?} are letters like others, for an output may be called {@code out[1]}. */
    public static DataFrameReader reader(SparkSession spark) {
        return spark.read().option(DataSource.GLOB_PATHS_KEY(), "false");
    }

    /** Rows of a file, as its footer says. */
    public static long rows(Path file, Configuration conf) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(file, conf))) {
            return reader.getRecordCount();
        }
    }

    /** What the files of a directory are, by name: each is read once, by some task. */
    public static Map<String, StoredFile> stored(SparkSession spark, Path directory) throws IOException {
        SerializableConfiguration conf =
                new SerializableConfiguration(spark.sessionState().newHadoopConf());
        List<String> names = new ArrayList<>();
        for (FileStatus file : directory.getFileSystem(conf.value()).listStatus(directory)) {
            if (file.getPath().getName().endsWith(ENDING)) {
                names.add(file.getPath().getName());
            }
        }
        String place = directory.toString();
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        return new TreeMap<>(context.parallelize(
                        names, Math.max(1, Math.min(names.size(), 4 * context.defaultParallelism())))
                .mapToPair(name -> new Tuple2<>(name, stored(new Path(place, name), conf.value())))
                .collectAsMap());
    }

    private static StoredFile stored(Path file, Configuration conf) throws IOException {
        return StoredFile.of(file, rows(file, conf), conf);
    }
}
