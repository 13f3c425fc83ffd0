package etroc.store;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/** What the footers of Parquet files say, and how Spark is told of files. */
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

    /** Rows of all files of a directory. */
    public static long rowsOf(Path directory, Configuration conf) throws IOException {
        long rows = 0;
        for (FileStatus file : directory.getFileSystem(conf).listStatus(directory)) {
            if (file.getPath().getName().endsWith(".parquet")) {
                try (ParquetFileReader reader =
                        ParquetFileReader.open(HadoopInputFile.fromPath(file.getPath(), conf))) {
                    rows += reader.getRecordCount();
                }
            }
        }
        return rows;
    }
}
