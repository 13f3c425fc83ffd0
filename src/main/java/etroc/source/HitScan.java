package etroc.source;

import java.io.Serializable;
import java.util.ArrayList;
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

/** One reading of some slices, with the columns and filters that the query needs. */
final class HitScan implements Scan, Batch {
    private final List<HitSlice> slices;
    private final HitOptions options;
    private final StructType schema;
    private final CodeFilter filter;
    private InputPartition @Nullable [] partitions;

    HitScan(List<HitSlice> slices, HitOptions options, StructType schema, CodeFilter filter) {
        this.slices = slices;
        this.options = options;
        this.schema = schema;
        this.filter = filter;
    }

    @Override
    public StructType readSchema() {
        return schema;
    }

    @Override
    public String description() {
        return Etroc1Source.FORMAT + " "
                + slices.stream().mapToInt(HitSlice::fileIndex).distinct().count() + " files"
                + (filter.isEmpty() ? "" : ", pushed filters: " + filter);
    }

    @Override
    public Batch toBatch() {
        return this;
    }

    @Override
    public InputPartition[] planInputPartitions() {
        if (partitions == null) { // Spark may ask again, and lines may have to be counted
            SparkSession spark = SparkSession.active();
            partitions = SlicePlan.pack(
                            numbersMatter() ? numbered(spark) : slices,
                            SlicePlan.partitions(spark.sparkContext(), options.partitions()))
                    .toArray(InputPartition[]::new);
        }
        return partitions.clone();
    }

    private boolean numbersMatter() {
        List<String> names = Arrays.asList(schema.fieldNames());
        return options.table() == HitOptions.Kind.HITS
                && (names.contains(HitColumn.LINE.columnName()) || names.contains(HitTable.ROW));
    }

    /** Counts the lines of slices that other slices of the same file follow, unless somebody did. */
    private List<HitSlice> numbered(SparkSession spark) {
        List<HitSlice> counted = new ArrayList<>();
        for (int i = 0; i + 1 < slices.size(); i++) {
            if (slices.get(i + 1).firstLine() < 0) {
                counted.add(slices.get(i));
            }
        }
        if (counted.isEmpty()) {
            return slices;
        }
        try (StagedFiles all = new StagedFiles(spark, slices);
                StagedFiles some = new StagedFiles(spark, counted);
                StagedFiles numbered = all.numbered(some.quality(options.counting()))) {
            return numbered.slices();
        }
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return new Factory(
                schema,
                options,
                filter,
                new SerializableConfiguration(
                        SparkSession.active().sessionState().newHadoopConf()));
    }

    private record Factory(StructType schema, HitOptions options, CodeFilter filter, SerializableConfiguration conf)
            implements PartitionReaderFactory, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean supportColumnarReads(InputPartition partition) {
            return options.table() == HitOptions.Kind.HITS;
        }

        @Override
        public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
            return new HitReader((HitPartition) partition, schema, options, filter, conf.value());
        }

        @Override
        public PartitionReader<InternalRow> createReader(InputPartition partition) {
            return new QualityReader((HitPartition) partition, options, conf.value());
        }
    }
}
