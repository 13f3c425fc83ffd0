package etroc.store;

import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;

/** Copies a Parquet table of many files row by row, in the order of the files: as CSV, or as one Parquet file. Memory does not grow with rows. */
public final class RowExport {
    private final List<Path> files;
    private final Configuration conf;
    private final FileMetaData meta;

    /** @param directory of the table, with a file at least */
    public RowExport(Path directory, Configuration conf) throws IOException {
        this.conf = conf;
        files = new java.util.ArrayList<>();
        for (FileStatus file : directory.getFileSystem(conf).listStatus(directory)) {
            if (file.getPath().getName().endsWith(".parquet")) {
                files.add(file.getPath());
            }
        }
        files.sort(null);
        if (files.isEmpty()) {
            throw new IOException(directory + " holds no Parquet files");
        }
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(files.get(0), conf))) {
            meta = reader.getFooter().getFileMetaData();
        }
    }

    @FunctionalInterface
    private interface Visitor {
        void visit(Group row) throws IOException;
    }

    private long each(Visitor visitor) throws IOException {
        long rows = 0;
        for (Path file : files) {
            try (ParquetReader<Group> reader = ParquetReader.builder(new GroupReadSupport(), file)
                    .withConf(conf)
                    .build()) {
                for (Group row = reader.read(); row != null; row = reader.read()) {
                    visitor.visit(row);
                    rows++;
                }
            }
        }
        return rows;
    }

    /** Writes CSV with a header; what is missing is empty. @return rows */
    public long csv(Writer out) throws IOException {
        CsvWriterSettings settings = new CsvWriterSettings();
        settings.getFormat().setLineSeparator("\n");
        CsvWriter csv = new CsvWriter(out, settings);
        MessageType schema = meta.getSchema();
        csv.writeHeaders(schema.getFields().stream().map(f -> f.getName()).toList());
        long rows = each(row -> {
            for (int i = 0; i < schema.getFieldCount(); i++) {
                csv.addValue(row.getFieldRepetitionCount(i) == 0 ? null : text(schema, row, i));
            }
            csv.writeValuesToRow();
        });
        csv.flush();
        return rows;
    }

    private static String text(MessageType schema, Group row, int column) {
        return schema.getType(column).getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation
                ? Instant.EPOCH.plusNanos(1000 * row.getLong(column, 0)).toString()
                : row.getValueToString(column, 0);
    }

    /** Writes one Parquet file, with the descriptions of the columns. @return rows */
    public long parquet(Path file) throws IOException {
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(ParquetStore.place(file, conf))
                .withConf(conf)
                .withType(meta.getSchema())
                .withExtraMetaData(meta.getKeyValueMetaData())
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .build()) {
            return each(writer::write);
        }
    }
}
