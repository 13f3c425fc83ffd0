package etroc.store;

import java.util.Collection;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** How Spark is told of Parquet files. */
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
}
