package etroc.scan;

import etroc.cuts.Cut;
import etroc.cuts.CutCounts;
import etroc.passes.Histogram;
import etroc.passes.Histogram.Axis;
import etroc.passes.Passes;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/** What a scan needs of its hits, in one pass: hits after cuts of each file and board, the cutflow, histograms of the codes. */
public final class HitSums implements Passes.Accumulator<HitSums> {
    private static final long serialVersionUID = 1L;
    /** Bins of TOA, TOT and CAL: one a code. */
    public static final List<Axis> CODES =
            List.of(new Axis(-0.5, 1, 1024), new Axis(-0.5, 1, 512), new Axis(-0.5, 1, 1024));

    private static final int BOARD_IDS = 4;
    private static final int MAX_CODES = 1024;
    private static final int FIXED_COLUMNS = 6;

    /** Where hits are from: batch and file in it. */
    public record FileKey(int ingest, int file) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** Counts by whether hits pass, board, variable and code. */
    private final long[][][][] counts = new long[2][BOARD_IDS][CODES.size()][MAX_CODES];

    private final Map<FileKey, long[]> passing = new HashMap<>();
    private final CutCounts cuts;
    private final long[] failing;
    /** File of the last row, and its entry of {@link #passing}. */
    private FileKey file = new FileKey(-1, -1);

    private long[] ofFile = new long[BOARD_IDS];

    private HitSums(int cutCount, int masks) {
        cuts = new CutCounts(cutCount);
        failing = new long[masks];
    }

    /**
     * Counts.
     *
     * @param columns batch, file, board, TOA, TOT, CAL: integers
     */
    public static HitSums of(Dataset<Row> hits, List<Column> columns, List<Cut> cuts) {
        List<Column> masks = CutCounts.columns(cuts);
        int maskCount = masks.size();
        int cutCount = cuts.size();
        return Passes.over(
                hits, Stream.concat(columns.stream(), masks.stream()).toList(), () -> new HitSums(cutCount, maskCount));
    }

    @Override
    public void add(InternalRow row) {
        if (row.getInt(1) != file.file || row.getInt(0) != file.ingest) {
            file = new FileKey(row.getInt(0), row.getInt(1));
            ofFile = passing.computeIfAbsent(file, f -> new long[BOARD_IDS]);
        }
        for (int m = 0; m < failing.length; m++) {
            failing[m] = row.getLong(FIXED_COLUMNS + m);
        }
        int board = row.getInt(2);
        boolean passes = cuts.add(failing);
        ofFile[board] += passes ? 1 : 0;
        for (int v = 0; v < CODES.size(); v++) {
            int code = row.getInt(3 + v);
            counts[0][board][v][code]++;
            if (passes) {
                counts[1][board][v][code]++;
            }
        }
    }

    @Override
    public void add(HitSums other) {
        cuts.add(other.cuts);
        other.passing.forEach((file, counts) -> {
            long[] own = passing.computeIfAbsent(file, f -> new long[BOARD_IDS]);
            for (int b = 0; b < BOARD_IDS; b++) {
                own[b] += counts[b];
            }
        });
        for (int s = 0; s < counts.length; s++) {
            for (int b = 0; b < BOARD_IDS; b++) {
                for (int v = 0; v < CODES.size(); v++) {
                    for (int c = 0; c < MAX_CODES; c++) {
                        counts[s][b][v][c] += other.counts[s][b][v][c];
                    }
                }
            }
        }
    }

    public CutCounts cuts() {
        return cuts;
    }

    /** Hits that pass all cuts, by board id, of each file that has hits. */
    public Map<FileKey, long[]> passing() {
        return passing;
    }

    /** Whether a board has hits at all. */
    public boolean hasHits(int board) {
        return Arrays.stream(counts[0][board][0]).anyMatch(n -> n > 0);
    }

    /** Histogram of a variable (0 TOA, 1 TOT, 2 CAL) of a board, of all hits or of those that pass. */
    public Histogram histogram(boolean passing, int board, int variable) {
        return Histogram.of(CODES.get(variable), counts[passing ? 1 : 0][board][variable]);
    }
}
