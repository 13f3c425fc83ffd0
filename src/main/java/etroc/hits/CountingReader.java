package etroc.hits;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the files hold instead of their hits. {@code content = quality}: a row a slice with the count of each {@link LineKind} and the
 * CRC-32C of its bytes; {@code content = malformed}: a row for each line that is no record.
 */
final class CountingReader implements PartitionReader<InternalRow> {
    static final StructType QUALITY = new StructType()
            .add("path", DataTypes.StringType, false)
            .add("slice_start", DataTypes.LongType, false)
            .add("slice_bytes", DataTypes.LongType, false)
            .add("layout", DataTypes.StringType, false)
            .add("lines", DataTypes.LongType, false)
            .add("header_lines", DataTypes.LongType, false)
            .add("hits", DataTypes.LongType, false)
            .add("no_hit_lines", DataTypes.LongType, false)
            .add("idle_words", DataTypes.LongType, false)
            .add("malformed", DataTypes.LongType, false)
            .add("no_board_words", DataTypes.LongType, false)
            .add("crc32c", DataTypes.LongType, false);
    static final StructType MALFORMED = new StructType()
            .add("path", DataTypes.StringType, false)
            .add("line", DataTypes.LongType, false)
            .add("text", DataTypes.StringType, false)
            .add("reason", DataTypes.StringType, false);

    private static final int MALFORMED_AT_ONCE = 1000;

    private final Iterator<FileSlice> slices;
    private final boolean malformedLines;
    private final List<RecordLayout> layouts;
    private final Configuration conf;
    private final Queue<InternalRow> rows = new ArrayDeque<>();
    private @Nullable SliceReader reader;
    private @Nullable FileSlice slice;
    private @Nullable InternalRow row;

    CountingReader(HitPartition partition, HitOptions options, Configuration conf) {
        this.slices = partition.slices().iterator();
        this.malformedLines = options.content() == HitOptions.Content.MALFORMED;
        this.layouts = Layouts.named(options.layout());
        this.conf = conf;
    }

    @Override
    public boolean next() throws IOException {
        while (rows.isEmpty()) {
            if (reader == null) {
                if (!slices.hasNext()) {
                    return false;
                }
                slice = slices.next();
                reader = new SliceReader(slice, layouts, conf);
            }
            if (slice != null && !read(reader, slice)) {
                close();
            }
        }
        row = rows.remove();
        return true;
    }

    /** Reads on; false at the end of the slice. */
    private boolean read(SliceReader lines, FileSlice of) {
        return malformedLines ? readMalformed(lines, of) : count(lines, of);
    }

    private boolean count(SliceReader lines, FileSlice of) {
        long[] counts = new long[LineKind.values().length];
        LineKind kind;
        while ((kind = lines.advance()) != null) {
            counts[kind.ordinal()]++;
        }
        rows.add(row(of, lines, counts));
        return false;
    }

    private static InternalRow row(FileSlice of, SliceReader lines, long[] counts) {
        long header = counts[LineKind.HEADER.ordinal()];
        long noBoard = counts[LineKind.NO_BOARD.ordinal()];
        return new GenericInternalRow(new Object[] {
            UTF8String.fromString(of.file().path()),
            of.start(),
            Math.min(of.end(), of.file().length()) - of.start(),
            UTF8String.fromString(lines.layout().name()),
            LongStream.of(counts).sum() - header,
            header,
            counts[LineKind.HIT.ordinal()],
            counts[LineKind.NO_HIT.ordinal()] + noBoard,
            counts[LineKind.IDLE.ordinal()],
            counts[LineKind.MALFORMED.ordinal()],
            noBoard,
            lines.checksum()
        });
    }

    private boolean readMalformed(SliceReader lines, FileSlice of) {
        LineKind kind;
        while ((kind = lines.advance()) != null) {
            if (kind == LineKind.MALFORMED) {
                rows.add(new GenericInternalRow(new Object[] {
                    UTF8String.fromString(of.file().path()),
                    lines.line(),
                    UTF8String.fromString(lines.lineText()),
                    UTF8String.fromString(lines.record().malformation.toString())
                }));
                if (rows.size() == MALFORMED_AT_ONCE) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    @SuppressWarnings("NullAway") // Spark calls next first
    public InternalRow get() {
        return row;
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
