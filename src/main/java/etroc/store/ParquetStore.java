package etroc.store;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** A small table as one Parquet file, written by the driver: a Spark job for each would cost more than all of them. */
public final class ParquetStore {
    /** Key of a file's metadata in which Spark keeps its schema, with comments of columns. */
    private static final String SPARK_SCHEMA = "org.apache.spark.sql.parquet.row.metadata";

    private ParquetStore() {}

    /** Writes a file. */
    public static void write(Path file, Table table, Configuration conf) throws IOException {
        MessageType schema = parquetSchema(table);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(place(file, conf))
                .withConf(conf)
                .withType(schema)
                .withExtraMetaData(Map.of(SPARK_SCHEMA, schema(table).json()))
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .build()) {
            for (@Nullable Object[] row : table.rows()) {
                Group group = new SimpleGroup(schema);
                for (int i = 0; i < row.length; i++) {
                    add(group, i, row[i]);
                }
                writer.write(group);
            }
        }
    }

    static OutputFile place(Path file, Configuration conf) throws IOException {
        if (file.getFileSystem(conf)
                instanceof LocalFileSystem) { // Hadoop's way starts a process a file, for its permissions
            java.nio.file.Path local = OutputFiles.local(file);
            Files.createDirectories(local.getParent());
            return new LocalOutputFile(local);
        }
        return HadoopOutputFile.fromPath(file, conf);
    }

    private static void add(Group group, int column, @Nullable Object value) {
        if (value instanceof Long number) {
            group.add(column, number.longValue());
        } else if (value instanceof Double number) {
            group.add(column, number.doubleValue());
        } else if (value instanceof String text) {
            group.add(column, text);
        }
    }

    private static MessageType parquetSchema(Table table) {
        Types.MessageTypeBuilder builder = Types.buildMessage();
        for (Table.Column column : table.columns()) {
            switch (column.type()) {
                case INTEGER -> builder.optional(PrimitiveTypeName.INT64).named(column.name());
                case REAL -> builder.optional(PrimitiveTypeName.DOUBLE).named(column.name());
                case TEXT ->
                    builder.optional(PrimitiveTypeName.BINARY)
                            .as(LogicalTypeAnnotation.stringType())
                            .named(column.name());
            }
        }
        return builder.named(table.name());
    }

    /** The columns as Spark sees them. */
    public static StructType schema(Table table) {
        StructType schema = new StructType();
        for (Table.Column c : table.columns()) {
            DataType type = switch (c.type()) {
                case INTEGER -> DataTypes.LongType;
                case REAL -> DataTypes.DoubleType;
                case TEXT -> DataTypes.StringType;
            };
            schema = c.about().isEmpty() ? schema.add(c.name(), type) : schema.add(c.name(), type, true, c.about());
        }
        return schema;
    }
}
