package etroc.source.etroc2;

import java.io.Serializable;
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

/** One reading of pieces, with the columns that the query needs. */
final class Etroc2Scan implements Scan, Batch {
    private final List<ReadPiece> pieces;
    private final Etroc2Kind kind;
    private final StructType schema;
    private final int partitions;

    Etroc2Scan(List<ReadPiece> pieces, Etroc2Kind kind, StructType schema, int partitions) {
        this.pieces = pieces;
        this.kind = kind;
        this.schema = schema;
        this.partitions = partitions;
    }

    @Override
    public StructType readSchema() {
        return schema;
    }

    @Override
    public String description() {
        return Etroc2Source.FORMAT + " " + kind + ", " + pieces.size() + " pieces of files";
    }

    @Override
    public Batch toBatch() {
        return this;
    }

    /** What one task reads. */
    private record Part(List<ReadPiece> pieces) implements InputPartition {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public InputPartition[] planInputPartitions() {
        int wished = Pieces.partitions(SparkSession.active().sparkContext(), partitions);
        return Pieces.pack(pieces, wished).stream().map(Part::new).toArray(InputPartition[]::new);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return new Factory(
                kind,
                schema,
                new SerializableConfiguration(
                        SparkSession.active().sessionState().newHadoopConf()));
    }

    private record Factory(Etroc2Kind kind, StructType schema, SerializableConfiguration conf)
            implements PartitionReaderFactory, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean supportColumnarReads(InputPartition partition) {
            return true;
        }

        @Override
        public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
            return new FrameReader(((Part) partition).pieces, kind, schema, conf.value());
        }

        @Override
        public PartitionReader<InternalRow> createReader(InputPartition partition) {
            throw new UnsupportedOperationException("rows are read in batches");
        }
    }
}
