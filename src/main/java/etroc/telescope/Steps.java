package etroc.telescope;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import etroc.cuts.Cut;
import etroc.cuts.Cutflow;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The named steps of the time cuts.
 *
 * @param events with a column {@code accepted_step_<name>} a step and {@code accepted_time_cuts}
 * @param steps in order
 * @param flags for each step: the event passes the event cuts and the time cuts so far
 * @param cutCount number of time cuts
 * @param rows number of rows in their tables, skipped ones too
 */
record Steps(Dataset<Row> events, List<Step> steps, List<Column> flags, int cutCount, int rows) {
    /** The last step: all cuts. */
    static final String FINAL = "Final";

    private static final String PASSES_TIME_CUTS = "accepted_time_cuts";

    static Steps of(Dataset<Row> timed, List<Cut> cuts, int rows) {
        List<Step> steps = new ArrayList<>();
        List<Column> flags = new ArrayList<>();
        Dataset<Row> events = timed;
        for (int i = 0; i < cuts.size(); i++) {
            Cut cut = cuts.get(i);
            if (!cut.output().isEmpty()) {
                String name = cut.row() + "-" + cut.output();
                Column passes = expr(Cutflow.all(cuts.subList(0, i + 1)));
                steps.add(new Step(cut.row(), name));
                flags.add(col(CutsStage.PASSES_EVENT_CUTS).and(passes));
                events = events.withColumn("accepted_step_" + name, passes);
            }
        }
        return new Steps(events.withColumn(PASSES_TIME_CUTS, expr(Cutflow.all(cuts))), steps, flags, cuts.size(), rows);
    }

    /** The same steps of the same events with other columns. */
    Steps of(Dataset<Row> other) {
        return new Steps(other, steps, flags, cutCount, rows);
    }

    /** The event passes all event cuts and time cuts. */
    Column accepted() {
        return col(CutsStage.PASSES_EVENT_CUTS).and(col(PASSES_TIME_CUTS));
    }

    /** The steps of the cuts, then some with all cuts. */
    List<Step> then(String... last) {
        List<Step> all = new ArrayList<>(steps);
        for (String name : last) {
            all.add(new Step(cutCount, name));
        }
        return all;
    }

    /** The events of each step for figures; the last one's pass all cuts, and something more. */
    List<EventBins.Flag> flags(Column last) {
        List<EventBins.Flag> all = new ArrayList<>(EventBins.first());
        for (int i = 0; i < steps.size(); i++) {
            all.add(new EventBins.Flag(steps.get(i).name(), flags.get(i)));
        }
        all.add(new EventBins.Flag(FINAL, last));
        return all;
    }
}
