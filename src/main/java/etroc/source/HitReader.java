package etroc.source;

import etroc.layout.HitRecord;
import etroc.layout.LineKind;
import etroc.layout.RecordLayout;
import etroc.layout.SliceReader;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;

/** Reads the hits of a partition, batch by batch. */
final class HitReader implements PartitionReader<ColumnarBatch> {
    private final Iterator<HitSlice> slices;
    private final HitOptions options;
    private final List<RecordLayout> layouts;
    private final boolean corruptRows;
    private final boolean hitsOnly;
    private final CodeFilter.Test filter;
    private final Configuration conf;
    private final byte[] buffer = SliceReader.newBuffer();
    private final HitBatch batch;

    private @Nullable SliceReader reader;
    private long firstLine;
    private long row;

    HitReader(HitPartition partition, StructType schema, HitOptions options, CodeFilter filter, Configuration conf) {
        this.slices = partition.slices().iterator();
        this.options = options;
        this.layouts = options.layouts();
        this.corruptRows = options.corruptRows() != null && filter.isEmpty();
        this.hitsOnly = options.hitsOnly();
        this.filter = filter.test();
        this.conf = conf;
        this.batch = new HitBatch(schema);
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
        HitSlice slice = slices.next();
        reader = SliceReader.open(slice.part(), layouts, buffer, conf);
        batch.begin(slice, reader.layout().hasDatetime());
        firstLine = slice.firstLine();
        row = slice.firstRow();
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
            if (kind == LineKind.HIT || (kind == LineKind.NO_HIT && !hitsOnly)) {
                if (filter.passes(record)) {
                    batch.add(record, firstLine + lines.line(), row);
                }
                row++;
            } else if (kind == LineKind.MALFORMED) {
                options.check(lines);
                if (corruptRows) {
                    batch.addCorrupt(lines.lineText(), firstLine + lines.line());
                }
            }
        }
        return true;
    }

    @Override
    public ColumnarBatch get() {
        return batch.batch();
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
