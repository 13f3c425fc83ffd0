package etroc.telescope;

import etroc.cuts.Cut;
import etroc.cuts.CutCounts;
import etroc.passes.Passes;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;

/** Cutflows of the time cuts in one pass: over all events, and over those that pass the event cuts. */
public final class TimeCutSums implements Passes.Accumulator<TimeCutSums> {
    private static final long serialVersionUID = 1L;

    private final CutCounts all;
    private final CutCounts afterEventCuts;
    private final long[] failing;

    private TimeCutSums(int cutCount, int masks) {
        all = new CutCounts(cutCount);
        afterEventCuts = new CutCounts(cutCount);
        failing = new long[masks];
    }

    /**
     * Runs the pass.
     *
     * @param passesEventCuts boolean
     */
    public static TimeCutSums of(Dataset<Row> events, List<Cut> cuts, Column passesEventCuts) {
        List<Column> columns = new ArrayList<>(CutCounts.columns(cuts));
        int masks = columns.size();
        columns.add(functions.coalesce(passesEventCuts, functions.lit(false)));
        int cutCount = cuts.size();
        return Passes.over(events, columns, () -> new TimeCutSums(cutCount, masks));
    }

    @Override
    public void add(InternalRow row) {
        for (int m = 0; m < failing.length; m++) {
            failing[m] = row.getLong(m);
        }
        all.add(failing);
        if (row.getBoolean(failing.length)) {
            afterEventCuts.add(failing);
        }
    }

    @Override
    public void add(TimeCutSums other) {
        all.add(other.all);
        afterEventCuts.add(other.afterEventCuts);
    }

    public CutCounts all() {
        return all;
    }

    public CutCounts afterEventCuts() {
        return afterEventCuts;
    }
}
