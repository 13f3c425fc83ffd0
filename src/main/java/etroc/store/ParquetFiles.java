package etroc.store;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/** What the footers of Parquet files say. */
public final class ParquetFiles {
    private ParquetFiles() {}

    /** Rows of all files of a directory. */
    public static long rowsOf(Path directory, Configuration conf) throws IOException {
        long rows = 0;
        for (FileStatus file : directory.getFileSystem(conf).listStatus(directory)) {
            if (file.getPath().getName().endsWith(".parquet")) {
                rows += rows(file.getPath(), conf);
            }
        }
        return rows;
    }

    /** Rows of a file. */
    public static long rows(Path file, Configuration conf) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(file, conf))) {
            return reader.getRecordCount();
        }
    }
}
