package etroc.source;

import etroc.ingest.InputSettings;
import etroc.layout.FileSlice;
import etroc.layout.HitRecord;
import etroc.layout.Layouts;
import etroc.layout.LineKind;
import etroc.layout.RecordLayout;
import etroc.layout.SliceReader;
import etroc.runs.BoardSetting;
import etroc.runs.Run;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Counts the hits of each slice by board, for a {@link GroupCount}. */
final class CountReader implements PartitionReader<InternalRow> {
    private static final int BOARDS = 4;

    private final Iterator<FileSlice> slices;
    private final List<RecordLayout> layouts;
    private final InputSettings.Mode mode;
    private final CodeFilter.Test filter;
    private final GroupCount groups;
    private final Configuration conf;
    private final Queue<InternalRow> rows = new ArrayDeque<>();
    private @Nullable InternalRow row;

    CountReader(HitPartition partition, GroupCount groups, HitOptions options, CodeFilter filter, Configuration conf) {
        this.slices = partition.slices().iterator();
        this.layouts = Layouts.named(options.layout());
        this.mode = options.mode();
        this.filter = filter.test();
        this.groups = groups;
        this.conf = conf;
    }

    @Override
    public boolean next() throws IOException {
        while (rows.isEmpty() && slices.hasNext()) {
            count(slices.next());
        }
        row = rows.poll();
        return row != null;
    }

    private void count(FileSlice slice) throws IOException {
        long[] counts = new long[BOARDS];
        try (SliceReader lines = new SliceReader(slice, layouts, conf)) {
            HitRecord record = lines.record();
            LineKind kind;
            while ((kind = lines.advance()) != null) {
                if (kind == LineKind.HIT || kind == LineKind.NO_HIT) {
                    if (filter.passes(record)) {
                        counts[record.board]++;
                    }
                } else if (kind == LineKind.MALFORMED && mode == InputSettings.Mode.FAILFAST) {
                    throw lines.malformedLine();
                }
            }
        }
        for (int board = 0; board < BOARDS; board++) {
            if (counts[board] > 0) {
                rows.add(row(slice, board, counts[board]));
            }
        }
    }

    private InternalRow row(FileSlice slice, int board, long count) {
        int columns = groups.columns().size();
        @Nullable Object[] values = new @Nullable Object[columns + groups.counts()];
        for (int i = 0; i < columns; i++) {
            values[i] = value(groups.columns().get(i), slice, board);
        }
        Arrays.fill(values, columns, values.length, count);
        return new GenericInternalRow(values);
    }

    private static @Nullable Object value(HitColumn column, FileSlice slice, int board) {
        Run run = slice.file().run();
        BoardSetting setting = run.setting(board);
        return switch (column) {
            case RUN -> UTF8String.fromString(run.name());
            case SPLIT -> slice.file().split();
            case BOARD -> board;
            case PHASE -> run.phase();
            case BIAS -> run.biasVoltage();
            case PIXEL -> setting == null || setting.pixel() == null ? null : UTF8String.fromString(setting.pixel());
            case CHARGE -> setting == null ? null : setting.charge();
            case THRESHOLD -> setting == null ? null : setting.threshold();
            case LINE, TOA, TOT, CAL, HIT_FLAG, DATETIME ->
                throw new IllegalArgumentException(column + " differs from hit to hit");
        };
    }

    @Override
    @SuppressWarnings("NullAway") // Spark calls next first
    public InternalRow get() {
        return row;
    }

    @Override
    public void close() {}
}
