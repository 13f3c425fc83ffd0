package etroc.source;

import etroc.ingest.InputSettings;
import etroc.layout.FileSlice;
import etroc.layout.HitRecord;
import etroc.layout.Layouts;
import etroc.layout.LineKind;
import etroc.layout.RecordLayout;
import etroc.layout.SliceReader;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;

/** Reads the hits of a partition, batch by batch. */
final class HitReader implements PartitionReader<ColumnarBatch> {
    private final Iterator<FileSlice> slices;
    private final List<RecordLayout> layouts;
    private final InputSettings.Mode mode;
    private final boolean corruptRows;
    private final CodeFilter.Test filter;
    private final Configuration conf;
    private final HitBatch batch;

    private @Nullable SliceReader reader;
    private ColumnVector[] vectors = new ColumnVector[0];

    HitReader(HitPartition partition, StructType schema, HitOptions options, CodeFilter filter, Configuration conf) {
        this.slices = partition.slices().iterator();
        this.layouts = Layouts.named(options.layout());
        this.mode = options.mode();
        this.corruptRows = options.corruptRows() != null && filter.isEmpty();
        this.filter = filter.test();
        this.conf = conf;
        this.batch = new HitBatch(schema, options.corruptRows() != null);
    }

    @Override
    public boolean next() throws IOException {
        batch.clear();
        while (batch.count() == 0) {
            if (reader == null && !openNext()) {
                return false;
            }
            if (reader != null && !read(reader)) {
                close();
            }
        }
        return true;
    }

    private boolean openNext() {
        if (!slices.hasNext()) {
            return false;
        }
        FileSlice slice = slices.next();
        reader = new SliceReader(slice, layouts, conf);
        vectors = batch.vectors(slice, reader.layout().hasDatetime());
        return true;
    }

    /** Fills the batch; false at the end of the slice. */
    private boolean read(SliceReader lines) {
        HitRecord record = lines.record();
        while (!batch.full()) {
            LineKind kind = lines.advance();
            if (kind == null) {
                return false;
            }
            if (kind == LineKind.HIT || kind == LineKind.NO_HIT) {
                if (filter.passes(record)) {
                    batch.add(record, lines.line());
                }
            } else if (kind == LineKind.MALFORMED) {
                malformed(lines);
            }
        }
        return true;
    }

    private void malformed(SliceReader lines) {
        if (mode == InputSettings.Mode.FAILFAST) {
            throw lines.malformedLine();
        }
        if (corruptRows) {
            batch.addCorrupt(lines.lineText(), lines.line());
        }
    }

    @Override
    public ColumnarBatch get() {
        return batch.batch(vectors);
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
