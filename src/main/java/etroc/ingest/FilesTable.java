package etroc.ingest;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import etroc.About;
import etroc.runs.BoardSetting;
import etroc.runs.DataFile;
import etroc.runs.Run;
import etroc.source.HitColumn;
import etroc.store.ParquetFiles;
import etroc.store.ParquetStore;
import etroc.store.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The files of a batch as Parquet: a row a file and board, with what the file's name says of it and what the file holds. Hits name their file by
 * number ({@link HitIngest#FILE}).
 */
final class FilesTable {
    /** What the file's name says. */
    static final List<HitColumn> OF_NAME = List.of(
            HitColumn.RUN,
            HitColumn.SPLIT,
            HitColumn.PHASE,
            HitColumn.PIXEL,
            HitColumn.CHARGE,
            HitColumn.THRESHOLD,
            HitColumn.BIAS);

    private FilesTable() {}

    /** A file and a board; the counts are the file's. */
    @About("a file and board; lines = hits + no_hit_lines + idle_words + malformed")
    record FileRow(
            @About("place of the file in its batch, as in the hits")
            int fileIndex,

            @About("where it was read") String path,
            @About("size as stored") long bytes,
            @About("modification time [ms since 1970]") long modified,
            @About("CRC-32C of the stored bytes") String crc32c,

            @About("how its lines were read; empty for an empty file")
            String layout,

            @About("lines without header") long lines,
            @About("header lines") long headerLines,
            @About("lines with hit flag 1") long hits,

            @About("lines with hit flag 0, and words of board 2")
            long noHitLines,

            @About("idle words and blank lines") long idleWords,
            @About("lines that are no record") long malformed,
            @About("name of its run") String run,
            @About("number within the run") int split,
            @About("phase adjustment, 0..255") @Nullable Integer phaseAdjust,
            @About("sensor bias [V]") @Nullable Double biasVoltage,
            @About("board") int dataBoardId,

            @About("pixel, such as F9P5: board F9, pixel 5") @Nullable
            String pixelId,

            @About("injected charge [fC]") @Nullable Integer boardInjectedCharge,

            @About("discriminator threshold [DAC]") @Nullable
            Integer boardDiscriminatorThreshold,

            @About("rows of this board in the Parquet hits") long rows) {}

    /** Writes the files of a batch into a directory that exists. */
    static void write(List<FileQuality> files, Path directory, Configuration conf) throws IOException {
        List<FileRow> rows = new ArrayList<>();
        for (int f = 0; f < files.size(); f++) {
            for (int board = 0; board < FileQuality.BOARD_IDS; board++) {
                FileQuality file = files.get(f);
                BoardSetting setting = file.file().run().setting(board);
                if (setting != null || file.rowsByBoard().get(board) > 0) {
                    rows.add(row(f, file, board, setting));
                }
            }
        }
        ParquetStore.write(new Path(directory, "files.parquet"), table(rows), conf);
    }

    private static Table table(List<FileRow> rows) {
        return Table.of("files", FileRow.class, rows);
    }

    private static FileRow row(int index, FileQuality q, int board, @Nullable BoardSetting setting) {
        DataFile file = q.file();
        Run run = file.run();
        return new FileRow(
                index,
                file.path(),
                file.length(),
                file.modified(),
                q.crc32c(),
                q.layout(),
                q.lines(),
                q.headerLines(),
                q.hits(),
                q.noHitLines(),
                q.idleWords(),
                q.malformed(),
                run.name(),
                file.split(),
                run.phase(),
                run.biasVoltage(),
                board,
                setting == null ? null : setting.pixel(),
                setting == null ? null : setting.charge(),
                setting == null ? null : setting.threshold(),
                q.rowsByBoard().get(board));
    }

    /** The files of some batches. */
    static Dataset<Row> read(SparkSession spark, Path root, Collection<Path> batches) {
        return spark.read()
                .schema(ParquetStore.schema(table(List.of())).add(HitIngest.INGEST, DataTypes.IntegerType))
                .option("basePath", root.toString())
                .parquet(ParquetFiles.literal(batches));
    }

    /** Size and time of a file, which tell whether it is the same. */
    record Key(String path, long length, long modified) {
        static Key of(DataFile file) {
            return new Key(file.path(), file.length(), file.modified());
        }
    }

    /** Where a file is, and what it holds. */
    record Entry(int ingest, int fileIndex, FileQuality quality) {}

    /** The files of some batches that are among those wanted, by {@link Key}; of one in several batches the last. */
    static Map<Key, Entry> find(Dataset<Row> table, List<DataFile> files) {
        Map<Key, DataFile> wanted = new HashMap<>();
        files.forEach(f -> wanted.put(Key.of(f), f));
        Map<Key, Entry> found = new HashMap<>();
        for (Row row : table.orderBy(HitIngest.INGEST).collectAsList()) {
            Key key = new Key(row.getAs("path"), row.<Long>getAs("bytes"), row.<Long>getAs("modified"));
            DataFile file = wanted.get(key);
            if (file != null) {
                int ingest = row.getAs(HitIngest.INGEST);
                Entry entry = found.get(key);
                if (entry == null || entry.ingest != ingest) {
                    entry = new Entry(ingest, row.<Long>getAs(HitIngest.FILE).intValue(), quality(file, row));
                    found.put(key, entry);
                }
                int board = row.<Long>getAs(HitColumn.BOARD.columnName()).intValue();
                entry.quality.rowsByBoard().set(board, row.getAs("rows"));
            }
        }
        return found;
    }

    private static FileQuality quality(DataFile file, Row row) {
        return new FileQuality(
                file,
                row.getAs("layout"),
                row.<Long>getAs("lines"),
                row.<Long>getAs("header_lines"),
                row.<Long>getAs("hits"),
                row.<Long>getAs("no_hit_lines"),
                row.<Long>getAs("idle_words"),
                row.<Long>getAs("malformed"),
                row.getAs("crc32c"),
                Arrays.asList(0L, 0L, 0L, 0L));
    }

    /** Hits with what the names of their files say. */
    static Dataset<Row> join(Dataset<Row> hits, Dataset<Row> files) {
        List<String> keys = List.of(HitIngest.INGEST, HitIngest.FILE, HitColumn.BOARD.columnName());
        List<Column> columns = new ArrayList<>();
        keys.forEach(k -> columns.add(col(k).cast(DataTypes.IntegerType).as(k)));
        OF_NAME.forEach(c -> columns.add(col(c.columnName()).cast(c.type()).as(c.columnName(), c.comment())));
        return hits.join(
                broadcast(files.select(columns.toArray(Column[]::new))),
                CollectionConverters.asScala(keys).toSeq());
    }
}
