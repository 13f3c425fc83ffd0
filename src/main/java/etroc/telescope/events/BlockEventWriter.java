package etroc.telescope.events;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Events as a Parquet file of their own: run, block, number in the block, and {@link PackedHit} for each slot. */
final class BlockEventWriter implements Closeable {
    static final String RUN = "run_index";
    static final String BLOCK = "block";
    static final String INDEX = "index_in_block";
    private static final int FIXED = 3;

    private final ParquetWriter<Event> file;

    /** What a row is made from. */
    private record Event(int run, BlockBuffer hits, int index, int[] slots) {}

    BlockEventWriter(Path path, Configuration conf, List<String> slots) throws IOException {
        Builder builder = new Builder(path, conf, parquetSchema(slots));
        for (String slot : slots) {
            builder.withDictionaryEncoding(PackedHit.codesColumn(slot), false); // nearly all different
        }
        file = builder.withCompressionCodec(CompressionCodecName.SNAPPY).build();
    }

    /** Columns for Spark. */
    static StructType schema(List<String> slots) {
        StructType schema = new StructType()
                .add(RUN, DataTypes.IntegerType, false)
                .add(BLOCK, DataTypes.IntegerType, false)
                .add(INDEX, DataTypes.IntegerType, false);
        for (String slot : slots) {
            schema = schema.add(PackedHit.codesColumn(slot), DataTypes.LongType)
                    .add(PackedHit.secondsColumn(slot), DataTypes.LongType);
        }
        return schema;
    }

    private static MessageType parquetSchema(List<String> slots) {
        Types.MessageTypeBuilder schema = Types.buildMessage();
        for (String name : List.of(RUN, BLOCK, INDEX)) {
            schema.required(PrimitiveTypeName.INT32).named(name);
        }
        for (String slot : slots) {
            schema.optional(PrimitiveTypeName.INT64).named(PackedHit.codesColumn(slot));
            schema.optional(PrimitiveTypeName.INT64).named(PackedHit.secondsColumn(slot));
        }
        return schema.named("events");
    }

    /**
     * Writes the events of a block.
     *
     * @param events each an index into the block for every slot, -1 for none
     */
    void write(int run, BlockBuffer hits, List<int[]> events) throws IOException {
        for (int i = 0; i < events.size(); i++) {
            file.write(new Event(run, hits, i, events.get(i)));
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static final class Builder extends ParquetWriter.Builder<Event, Builder> {
        private final MessageType schema;

        Builder(Path path, Configuration conf, MessageType schema) throws IOException {
            super(HadoopOutputFile.fromPath(path, conf));
            withConf(conf);
            this.schema = schema;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        @SuppressWarnings("deprecation") // abstract all the same
        protected WriteSupport<Event> getWriteSupport(Configuration conf) {
            return new Support(schema);
        }

        @Override
        protected WriteSupport<Event> getWriteSupport(ParquetConfiguration conf) {
            return new Support(schema);
        }
    }

    private static final class Support extends WriteSupport<Event> {
        private final MessageType schema;
        private final String[] names;
        private RecordConsumer out;

        @SuppressWarnings("NullAway.Init") // Parquet calls prepareForWrite first
        Support(MessageType schema) {
            this.schema = schema;
            names = schema.getFields().stream().map(f -> f.getName()).toArray(String[]::new);
        }

        @Override
        @SuppressWarnings("deprecation") // abstract all the same
        public WriteContext init(Configuration configuration) {
            return new WriteContext(schema, Map.of());
        }

        @Override
        public WriteContext init(ParquetConfiguration configuration) {
            return new WriteContext(schema, Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer recordConsumer) {
            out = recordConsumer;
        }

        @Override
        public void write(Event event) {
            out.startMessage();
            integer(0, event.run);
            integer(1, event.hits.block());
            integer(2, event.index);
            for (int slot = 0; slot < event.slots.length; slot++) {
                int hit = event.slots[slot];
                if (hit >= 0) {
                    number(FIXED + 2 * slot, event.hits.codes(hit));
                    if (event.hits.seconds(hit) != HitPiece.NO_TIME) {
                        number(FIXED + 2 * slot + 1, event.hits.seconds(hit));
                    }
                }
            }
            out.endMessage();
        }

        private void integer(int field, int value) {
            out.startField(names[field], field);
            out.addInteger(value);
            out.endField(names[field], field);
        }

        private void number(int field, long value) {
            out.startField(names[field], field);
            out.addLong(value);
            out.endField(names[field], field);
        }
    }
}
