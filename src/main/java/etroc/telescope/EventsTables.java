package etroc.telescope;

import etroc.cuts.CutflowRow;
import etroc.pipeline.Context;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What every stage does that may be the last one: the events as a table, and bins of them for figures. */
final class EventsTables {
    /** Column: the event passes everything that the stages so far demand. */
    static final String ACCEPTED = "accepted";

    private EventsTables() {}

    static void write(Context context, TelescopePlan plan, Dataset<Row> events) {
        EventsStage.Events found = context.find(EventsStage.Events.class);
        new EventsWriter(context, plan).write(events, found.boards(), found.count());
    }

    /** Bins events without time differences. */
    static void bin(Context context, Dataset<Row> events, List<EventBins.Flag> flags) {
        int boards = context.find(EventsStage.Events.class).boards().size();
        bin(context, events, flags, EventHistograms.Plan.ofCodes(boards, flags.size()));
    }

    /** Bins events. @return slices of each run */
    static Map<String, List<DriftSums.Slice>> bin(
            Context context, Dataset<Row> events, List<EventBins.Flag> flags, EventHistograms.Plan plan) {
        EventsStage.Events found = context.find(EventsStage.Events.class);
        return context.step(
                "bins for figures",
                () -> new EventBins(context, found.boards()).bin(events, flags, found.ofRun(), plan));
    }

    /** Rows of a stage's cutflow in the newest result. */
    static List<CutflowRow> cutflow(Context context, String stage) throws IOException {
        return context.earlier(CutflowRow.TABLE).as(CutflowRow.class).stream()
                .filter(r -> r.stage().equals(stage))
                .toList();
    }
}
