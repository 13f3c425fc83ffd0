package etroc.ingest;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import etroc.runs.BoardSetting;
import etroc.runs.DataFile;
import etroc.runs.Run;
import etroc.source.HitColumn;
import etroc.store.ParquetFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
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

    private static final StructType SCHEMA = schema();

    private FilesTable() {}

    private static StructType schema() {
        StructType schema = StructType.fromDDL("file_index int, path string, bytes bigint,"
                + " modified bigint comment 'modification time [ms since 1970]', crc32c string comment 'of the stored bytes',"
                + " layout string, lines bigint comment 'the header not counted', header_lines bigint, hits bigint,"
                + " no_hit_lines bigint, idle_words bigint, malformed bigint");
        for (HitColumn column : OF_NAME) {
            schema = schema.add(column.columnName(), column.type(), true, column.comment());
        }
        return schema.add(HitColumn.BOARD.columnName(), DataTypes.IntegerType, true, HitColumn.BOARD.comment())
                .add("rows", DataTypes.LongType, true, "rows of this board in the Parquet hits");
    }

    /** Writes the files of a batch into a directory that exists. */
    static void write(SparkSession spark, List<FileQuality> files, Path directory) {
        List<Row> rows = new ArrayList<>();
        for (int f = 0; f < files.size(); f++) {
            for (int board = 0; board < FileQuality.BOARD_IDS; board++) {
                FileQuality file = files.get(f);
                BoardSetting setting = file.file().run().setting(board);
                if (setting != null || file.rowsByBoard().get(board) > 0) {
                    rows.add(row(f, file, board, setting));
                }
            }
        }
        spark.createDataFrame(rows, SCHEMA)
                .coalesce(1)
                .write()
                .mode(SaveMode.Append)
                .parquet(directory.toString());
    }

    private static Row row(int index, FileQuality q, int board, @Nullable BoardSetting setting) {
        DataFile file = q.file();
        Run run = file.run();
        return RowFactory.create(
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
                setting == null ? null : setting.pixel(),
                setting == null ? null : setting.charge(),
                setting == null ? null : setting.threshold(),
                run.biasVoltage(),
                board,
                q.rowsByBoard().get(board));
    }

    /** The files of some batches. */
    static Dataset<Row> read(SparkSession spark, Path root, Collection<Path> batches) {
        return spark.read()
                .schema(SCHEMA.add(HitIngest.INGEST, DataTypes.IntegerType))
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
                    entry = new Entry(ingest, row.<Integer>getAs(HitIngest.FILE), quality(file, row));
                    found.put(key, entry);
                }
                entry.quality.rowsByBoard().set(row.<Integer>getAs(HitColumn.BOARD.columnName()), row.getAs("rows"));
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
        Column[] columns = Stream.concat(keys.stream(), OF_NAME.stream().map(HitColumn::columnName))
                .map(c -> col(c))
                .toArray(Column[]::new);
        return hits.join(
                broadcast(files.select(columns)),
                CollectionConverters.asScala(keys).toSeq());
    }
}
