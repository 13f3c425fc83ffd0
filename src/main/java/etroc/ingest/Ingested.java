package etroc.ingest;

import etroc.runs.Inventory;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What was ingested.
 *
 * @param hits read from the Parquet files: {@code ingest}, {@code file_index}, {@code row}, line, board, codes, hit flag, time stamp
 * @param table the files of these batches, a row a file and board ({@link FilesTable})
 * @param files all files of the inventory, in its order
 * @param malformed lines that were left out, at most so many as the settings keep
 */
public record Ingested(
        Inventory inventory,
        Dataset<Row> hits,
        Dataset<Row> table,
        List<IngestedFile> files,
        List<MalformedLine> malformed) {
    /** The hits, with what the names of their files say (run, split, phase, pixel, charge, threshold, bias) where an expression may name it. */
    public Dataset<Row> hitsFor(List<String> expressions) {
        boolean named = expressions.stream()
                .map(e -> e.toLowerCase(Locale.ROOT))
                .anyMatch(e -> FilesTable.OF_NAME.stream().anyMatch(c -> e.contains(c.columnName())));
        return named ? FilesTable.join(hits, table) : hits;
    }

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
