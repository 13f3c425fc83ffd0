package etroc.source;

import etroc.layout.HitRecord;
import etroc.layout.LineKind;
import etroc.layout.RecordLayout;
import etroc.layout.SliceReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.jspecify.annotations.Nullable;

/** Counts what the slices of a partition hold: a {@link SliceQuality} each. */
final class QualityReader implements PartitionReader<InternalRow> {
    private final Iterator<HitSlice> slices;
    private final HitOptions options;
    private final List<RecordLayout> layouts;
    private final Configuration conf;
    private final byte[] buffer = SliceReader.newBuffer();
    private @Nullable InternalRow row;

    QualityReader(HitPartition partition, HitOptions options, Configuration conf) {
        this.slices = partition.slices().iterator();
        this.options = options;
        this.layouts = options.layouts();
        this.conf = conf;
    }

    @Override
    public boolean next() throws IOException {
        if (!slices.hasNext()) {
            return false;
        }
        row = count(slices.next());
        return true;
    }

    private InternalRow count(HitSlice slice) throws IOException {
        long[] kinds = new long[LineKind.values().length];
        long[] rows = new long[HitBatch.BOARD_IDS];
        List<SliceQuality.Malformed> malformed = new ArrayList<>();
        if (slice.part().bytes() == 0) {
            return SliceQuality.row(slice, crc(0), "", kinds, rows, malformed);
        }
        try (SliceReader lines = SliceReader.open(slice.part(), layouts, buffer, conf)) {
            HitRecord record = lines.record();
            boolean hitsOnly = options.hitsOnly();
            LineKind kind;
            while ((kind = lines.advance()) != null) {
                kinds[kind.ordinal()]++;
                if (kind == LineKind.HIT || (kind == LineKind.NO_HIT && !hitsOnly)) {
                    rows[record.board]++;
                } else if (kind == LineKind.MALFORMED) {
                    options.check(lines);
                    if (malformed.size() < options.malformedLines()) {
                        malformed.add(new SliceQuality.Malformed(
                                lines.line(), lines.lineText(), record.malformation.toString()));
                    }
                }
            }
            return SliceQuality.row(slice, crc(lines.checksum()), lines.layout().name(), kinds, rows, malformed);
        }
    }

    private static String crc(long value) {
        return HexFormat.of().toHexDigits((int) value);
    }

    @Override
    @SuppressWarnings("NullAway") // Spark calls next first
    public InternalRow get() {
        return row;
    }

    @Override
    public void close() {}
}
