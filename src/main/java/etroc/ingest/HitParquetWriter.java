package etroc.ingest;

import etroc.layout.FileSlice;
import etroc.layout.HitRecord;
import etroc.layout.RecordLayout;
import etroc.runs.BoardSetting;
import etroc.runs.Run;
import etroc.source.HitColumn;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * Hits as one Parquet file, straight from the decoder into Parquet's column writers. Going through Spark's rows takes about three times as
 * long (src/docs/performance.md), most of a scan's time.
 */
final class HitParquetWriter implements Closeable {
    private static final long ROW_GROUP = 64L << 20;
    private static final int PAGE = 1 << 20;
    private static final int ROWS_BETWEEN_CHECKS = 10_000;
    private static final MessageType SCHEMA = schema();
    /** Columns that are the same for all hits of a slice. */
    private static final List<String> CONSTANT = List.of(
            HitColumn.RUN.columnName(),
            HitColumn.SPLIT.columnName(),
            HitColumn.PHASE.columnName(),
            HitColumn.BIAS.columnName(),
            HitIngest.FILE,
            HitIngest.SLICE);

    private static final MessageType VARYING = new MessageType(
            SCHEMA.getName(),
            SCHEMA.getFields().stream()
                    .filter(f -> !CONSTANT.contains(f.getName()))
                    .toList());

    private final Configuration conf;
    private final ParquetFileWriter file;
    private final CodecFactory codecs;
    private final ParquetProperties properties = ParquetProperties.builder()
            .withPageSize(PAGE)
            .withDictionaryEncoding(true)
            // nobody skips pages of hits, and every row would pay for it
            .withStatisticsEnabled(false)
            .withSizeStatisticsEnabled(false)
            .withDictionaryEncoding(HitColumn.LINE.columnName(), false) // all different
            .withDictionaryEncoding(HitIngest.INDEX, false)
            .build();
    private ColumnChunkPageWriteStore pages;
    private ColumnWriteStore columns;
    private ColumnWriter[] writers;
    private final Map<String, ConstantColumn> constants = new LinkedHashMap<>();
    private int rowsOfRun;
    private long rowsInGroup;
    private long rows;

    private @Nullable Run run;
    private boolean hasDatetime;
    private int split;
    private int fileIndex;
    private long sliceStart;
    private long indexInSlice;
    private Binary runName = Binary.EMPTY;
    private final @Nullable Binary[] pixel = new @Nullable Binary[4];
    private final @Nullable Integer[] charge = new @Nullable Integer[4];
    private final @Nullable Integer[] threshold = new @Nullable Integer[4];

    HitParquetWriter(Path path, Configuration conf) throws IOException {
        this.conf = conf;
        file = new ParquetFileWriter(
                HadoopOutputFile.fromPath(path, conf),
                SCHEMA,
                ParquetFileWriter.Mode.CREATE,
                ROW_GROUP,
                0,
                null,
                properties);
        file.start();
        codecs = new CodecFactory(this.conf, PAGE);
        pages = newPages();
        columns = properties.newColumnWriteStore(VARYING, pages);
        writers = writers();
        for (String name : CONSTANT) {
            constants.put(name, new ConstantColumn(SCHEMA.getColumnDescription(new String[] {name})));
        }
    }

    private static MessageType schema() {
        Types.MessageTypeBuilder builder = Types.buildMessage();
        for (HitColumn column : HitColumn.values()) {
            boolean required =
                    !HitColumn.schema(false).apply(column.columnName()).nullable();
            PrimitiveTypeName type = column.type().equals(DataTypes.StringType)
                    ? PrimitiveTypeName.BINARY
                    : column.type().equals(DataTypes.DoubleType)
                            ? PrimitiveTypeName.DOUBLE
                            : column.type().equals(DataTypes.IntegerType)
                                    ? PrimitiveTypeName.INT32
                                    : PrimitiveTypeName.INT64;
            LogicalTypeAnnotation meaning = column.type().equals(DataTypes.StringType)
                    ? LogicalTypeAnnotation.stringType()
                    : column == HitColumn.DATETIME ? LogicalTypeAnnotation.timestampType(false, TimeUnit.MICROS) : null;
            builder.addField((required ? Types.required(type) : Types.optional(type))
                    .as(meaning)
                    .named(column.columnName()));
        }
        builder.required(PrimitiveTypeName.INT32).named(HitIngest.FILE);
        builder.required(PrimitiveTypeName.INT64).named(HitIngest.SLICE);
        builder.required(PrimitiveTypeName.INT64).named(HitIngest.INDEX);
        return builder.named("hits");
    }

    private ColumnChunkPageWriteStore newPages() {
        BytesInputCompressor compressor = codecs.getCompressor(CompressionCodecName.SNAPPY);
        return new ColumnChunkPageWriteStore(
                compressor, SCHEMA, properties.getAllocator(), properties.getColumnIndexTruncateLength());
    }

    private ColumnWriter[] writers() {
        return VARYING.getColumns().stream().map(columns::getColumnWriter).toArray(ColumnWriter[]::new);
    }

    /** The rows that follow are from this slice. */
    void begin(FileSlice slice, RecordLayout layout) {
        endConstants();
        run = slice.file().run();
        hasDatetime = layout.hasDatetime();
        split = slice.file().split();
        fileIndex = slice.fileIndex();
        sliceStart = slice.start();
        indexInSlice = 0;
        runName = Binary.fromString(run.name());
        for (int board = 0; board < 4; board++) {
            BoardSetting setting = run.setting(board);
            pixel[board] = setting == null || setting.pixel() == null ? null : Binary.fromString(setting.pixel());
            charge[board] = setting == null ? null : setting.charge();
            threshold[board] = setting == null ? null : setting.threshold();
        }
    }

    void write(HitRecord r, long line) throws IOException {
        ColumnWriter[] w = writers;
        w[0].write(line, 0, 0);
        w[1].write(r.board, 0, 0);
        w[2].write(r.toa, 0, 0);
        w[3].write(r.tot, 0, 0);
        w[4].write(r.cal, 0, 0);
        w[5].write(r.flag, 0, 0);
        if (hasDatetime) {
            w[6].write(r.datetime, 0, 1);
        } else {
            w[6].writeNull(0, 0);
        }
        write(w[7], pixel[r.board]);
        write(w[8], charge[r.board]);
        write(w[9], threshold[r.board]);
        w[10].write(indexInSlice++, 0, 0);
        columns.endRecord();
        rows++;
        rowsOfRun++;
        if (++rowsInGroup % ROWS_BETWEEN_CHECKS == 0 && columns.getBufferedSize() > ROW_GROUP) {
            flush();
        }
    }

    private static void write(ColumnWriter writer, @Nullable Integer value) {
        if (value == null) {
            writer.writeNull(0, 0);
        } else {
            writer.write(value.intValue(), 0, 1);
        }
    }

    private static void write(ColumnWriter writer, @Nullable Binary value) {
        if (value == null) {
            writer.writeNull(0, 0);
        } else {
            writer.write(value, 0, 1);
        }
    }

    /** Rows written so far. */
    long rows() {
        return rows;
    }

    private void flush() throws IOException {
        writeGroup();
        pages = newPages();
        columns = properties.newColumnWriteStore(VARYING, pages);
        writers = writers();
        rowsInGroup = 0;
    }

    /** The rows since the last call have the constants of the slice that is being written. */
    private void endConstants() {
        Run of = run;
        if (of != null && rowsOfRun > 0) {
            List<@Nullable Object> values =
                    Arrays.asList(runName, split, of.phase(), of.biasVoltage(), fileIndex, sliceStart);
            for (int i = 0; i < CONSTANT.size(); i++) {
                Objects.requireNonNull(constants.get(CONSTANT.get(i))).add(values.get(i), rowsOfRun);
            }
        }
        rowsOfRun = 0;
    }

    private void writeGroup() throws IOException {
        endConstants();
        if (rowsInGroup > 0) {
            file.startBlock(rowsInGroup);
            columns.flush();
            for (ConstantColumn constant : constants.values()) {
                constant.flush(pages.getPageWriter(constant.column()));
            }
            pages.flushToFileWriter(file);
            file.endBlock();
        }
        columns.close();
        pages.close();
    }

    @Override
    public void close() throws IOException {
        try (file) {
            writeGroup();
            file.end(Map.of());
        } finally {
            codecs.release();
        }
    }
}
