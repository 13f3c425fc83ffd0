package etroc.telescope;

import etroc.cuts.Cut;
import etroc.cuts.CutCounts;
import etroc.passes.Passes;
import etroc.telescope.calibration.Calibration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/** Event cuts in one pass: their cutflow, and the calibration codes of the events that pass them all. */
public final class EventCutSums implements Passes.Accumulator<EventCutSums> {
    private static final long serialVersionUID = 1L;
    private static final int MAX_CODES = 1024;

    private final CutCounts cuts;
    /** By board and code. */
    private final long[][] codes;

    private final long[] failing;

    private EventCutSums(int cutCount, int masks, int boards) {
        cuts = new CutCounts(cutCount);
        codes = new long[boards][MAX_CODES];
        failing = new long[masks];
    }

    /**
     * Runs the pass.
     *
     * @param calibrationCodes of each board, null where it has no hit
     */
    public static EventCutSums of(Dataset<Row> events, List<Cut> cuts, List<Column> calibrationCodes) {
        List<Column> columns = new ArrayList<>(CutCounts.columns(cuts));
        int masks = columns.size();
        columns.addAll(calibrationCodes);
        int cutCount = cuts.size();
        int boardCount = calibrationCodes.size();
        return Passes.over(events, columns, () -> new EventCutSums(cutCount, masks, boardCount));
    }

    @Override
    public void add(InternalRow row) {
        for (int m = 0; m < failing.length; m++) {
            failing[m] = row.getLong(m);
        }
        if (cuts.add(failing)) {
            for (int b = 0; b < codes.length; b++) {
                if (!row.isNullAt(failing.length + b)) {
                    codes[b][row.getInt(failing.length + b)]++;
                }
            }
        }
    }

    @Override
    public void add(EventCutSums other) {
        cuts.add(other.cuts);
        for (int b = 0; b < codes.length; b++) {
            for (int c = 0; c < MAX_CODES; c++) {
                codes[b][c] += other.codes[b][c];
            }
        }
    }

    public CutCounts cuts() {
        return cuts;
    }

    /** Calibration of each board, in the order of the codes. */
    public List<Calibration> calibrations(List<Integer> boards) {
        return IntStream.range(0, boards.size())
                .mapToObj(b -> Calibration.of(boards.get(b), codes[b]))
                .toList();
    }
}
