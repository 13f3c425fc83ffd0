package etroc.ingest;

import etroc.runs.Inventory;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What was ingested.
 *
 * @param hits read from the Parquet files
 * @param files all files of the inventory, in its order
 * @param malformed lines that were left out, at most so many as the settings keep
 */
public record Ingested(
        Inventory inventory, Dataset<Row> hits, List<IngestedFile> files, List<MalformedLine> malformed) {
    /** What each file holds. */
    public List<FileQuality> quality() {
        return files.stream().map(IngestedFile::quality).toList();
    }

    /** Numbers of the batches that hold the hits. */
    public List<Integer> batches() {
        return List.copyOf(
                new TreeSet<>(files.stream().map(IngestedFile::ingest).toList()));
    }

    /** For the log: {@code 235 files, 235 runs, 46530 lines: 20000 hits, ...}. */
    public String summary() {
        return InputTables.summary(inventory, quality());
    }
}
