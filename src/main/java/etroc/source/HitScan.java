package etroc.source;

import etroc.layout.FileSlice;
import etroc.layout.SlicePlan;
import etroc.runs.DataFile;
import etroc.runs.Inventory;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** One reading of the files, with the columns and filters that the query needs. */
public final class HitScan implements Scan, Batch {
    /** A task costs 3 ms; three a core even out tasks of different length. */
    private static final int PARTITIONS_PER_CORE = 3;

    private final Inventory inventory;
    private final HitOptions options;
    private final StructType schema;
    private final CodeFilter filter;
    private final @Nullable GroupCount count;

    /** @param count null: rows are hits */
    HitScan(Inventory inventory, HitOptions options, StructType schema, CodeFilter filter, @Nullable GroupCount count) {
        this.inventory = inventory;
        this.options = options;
        this.schema = schema;
        this.filter = filter;
        this.count = count;
    }

    @Override
    public StructType readSchema() {
        return schema;
    }

    @Override
    public String description() {
        return "etroc1 " + inventory.files().size() + " files"
                + (filter.isEmpty() ? "" : ", pushed filters: " + filter)
                + (count == null ? "" : ", pushed count by " + count.columns());
    }

    @Override
    public Batch toBatch() {
        return this;
    }

    @Override
    public InputPartition[] planInputPartitions() {
        boolean linesMatter = Arrays.asList(schema.fieldNames()).contains(HitColumn.LINE.columnName());
        return plan(SparkSession.active(), inventory.files(), options.partitions(), linesMatter)
                .toArray(InputPartition[]::new);
    }

    /**
     * Partitions of some files.
     *
     * @param wished number of partitions to aim at; 0: some a core
     * @param linesMatter whether slices must know the number of their first line
     */
    public static List<HitPartition> plan(SparkSession spark, List<DataFile> files, int wished, boolean linesMatter) {
        int partitions =
                wished > 0 ? wished : PARTITIONS_PER_CORE * spark.sparkContext().defaultParallelism();
        List<FileSlice> slices = SlicePlan.slices(files, partitions, wished > 0);
        return SlicePlan.pack(linesMatter ? LineCounter.withFirstLines(slices, hadoopConf(spark)) : slices, partitions)
                .stream()
                .map(HitPartition::new)
                .toList();
    }

    private static SerializableConfiguration hadoopConf(SparkSession spark) {
        return new SerializableConfiguration(spark.sessionState().newHadoopConf());
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return new Factory(schema, options, filter, count, hadoopConf(SparkSession.active()));
    }

    private record Factory(
            StructType schema,
            HitOptions options,
            CodeFilter filter,
            @Nullable GroupCount count,
            SerializableConfiguration conf)
            implements PartitionReaderFactory, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean supportColumnarReads(InputPartition partition) {
            return count == null;
        }

        @Override
        public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
            return new HitReader((HitPartition) partition, schema, options, filter, conf.value());
        }

        @Override
        public PartitionReader<InternalRow> createReader(InputPartition partition) {
            if (count == null) {
                throw new IllegalStateException("hits are read in columns");
            }
            return new CountReader((HitPartition) partition, count, options, filter, conf.value());
        }
    }
}
