package etroc.results;

import etroc.results.Histogram.Axis;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/** Histograms of hits' TOA, TOT and CAL codes by board, of all hits and of those that pass: one pass. */
public final class CodeHistograms implements Serializable {
    private static final long serialVersionUID = 1L;
    /** Bins of TOA, TOT and CAL: one a code. */
    static final List<Axis> CODES = List.of(new Axis(-0.5, 1, 1024), new Axis(-0.5, 1, 512), new Axis(-0.5, 1, 1024));

    private static final int BOARD_IDS = 4;

    private final Histogram[][][] histograms = new Histogram[2][BOARD_IDS][CODES.size()];

    private CodeHistograms() {
        for (Histogram[][] step : histograms) {
            for (Histogram[] board : step) {
                Arrays.setAll(board, v -> new Histogram(CODES.get(v)));
            }
        }
    }

    /**
     * Fills them.
     *
     * @param columns board, TOA, TOT, CAL: integers
     * @param passes boolean
     */
    public static CodeHistograms of(Dataset<Row> hits, List<Column> columns, Column passes) {
        Column[] all = new Column[] {columns.get(0), columns.get(1), columns.get(2), columns.get(3), passes};
        List<CodeHistograms> parts = hits.select(all)
                .queryExecution()
                .toRdd()
                .toJavaRDD()
                .mapPartitions(rows -> {
                    CodeHistograms part = new CodeHistograms();
                    while (rows.hasNext()) {
                        part.add(rows.next());
                    }
                    return List.of(part).iterator();
                })
                .collect();
        CodeHistograms sum = new CodeHistograms();
        parts.forEach(sum::add);
        return sum;
    }

    private void add(InternalRow row) {
        int board = row.getInt(0);
        boolean passes = row.getBoolean(4);
        for (int v = 0; v < CODES.size(); v++) {
            int code = row.getInt(1 + v);
            histograms[0][board][v].add(code);
            if (passes) {
                histograms[1][board][v].add(code);
            }
        }
    }

    private void add(CodeHistograms other) {
        for (int s = 0; s < histograms.length; s++) {
            for (int b = 0; b < BOARD_IDS; b++) {
                for (int v = 0; v < CODES.size(); v++) {
                    histograms[s][b][v].add(other.histograms[s][b][v]);
                }
            }
        }
    }

    /** Histogram of a variable (0 TOA, 1 TOT, 2 CAL) of a board, of all hits or of those that pass. */
    public Histogram get(boolean passing, int board, int variable) {
        return histograms[passing ? 1 : 0][board][variable];
    }
}
