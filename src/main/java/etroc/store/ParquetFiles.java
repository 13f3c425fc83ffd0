package etroc.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/** What Parquet files are, and how Spark is told of them. */
public final class ParquetFiles {
    private ParquetFiles() {}

    /** Paths for Spark's readers, which take names for patterns, so that they mean just these files. */
    public static String[] literal(Collection<Path> paths) {
        return paths.stream()
                .map(p -> p.toString().replaceAll("[\\[\\]{}*?\\\\]", "\\\\$0"))
                .toArray(String[]::new);
    }

    /** A path for Spark's readers. */
    public static String literal(Path path) {
        return literal(List.of(path))[0];
    }

    /** What the files of a directory are, by name: each is read once, by some task. */
    public static Map<String, StoredFile> stored(SparkSession spark, Path directory) throws IOException {
        SerializableConfiguration conf =
                new SerializableConfiguration(spark.sessionState().newHadoopConf());
        List<String> names = new ArrayList<>();
        for (FileStatus file : directory.getFileSystem(conf.value()).listStatus(directory)) {
            if (file.getPath().getName().endsWith(".parquet")) {
                names.add(file.getPath().getName());
            }
        }
        String place = directory.toString();
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        int tasks = Math.max(1, Math.min(names.size(), 4 * context.defaultParallelism()));
        return new TreeMap<>(context.parallelize(names, tasks)
                .mapToPair(name -> new Tuple2<>(name, stored(new Path(place, name), conf.value())))
                .collectAsMap());
    }

    private static StoredFile stored(Path file, Configuration conf) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(file, conf))) {
            return StoredFile.of(file, reader.getRecordCount(), conf);
        }
    }
}
