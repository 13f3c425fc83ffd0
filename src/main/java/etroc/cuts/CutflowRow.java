package etroc.cuts;

import etroc.About;
import java.util.List;

/** A row of the table {@code cutflow}. */
@About("a cut in a stage; an event of a scan is a hit")
public record CutflowRow(
        @About("stage and events that are counted") String stage,
        @About("number in its table, from 0") int cutOrder,
        @About("name of the step that it marks") String stepName,
        @About("the cut as it was written") String cut,
        @About("the cut as it was applied") String sql,
        @About("events before any cut") long events,
        @About("events that pass this cut") long passingAlone,
        @About("events that pass it and all before") long passingCumulative,
        @About("events that pass all others (N-1)") long passingAllOthers,
        @About("passing_alone / events") double fractionAlone,
        @About("passing_cumulative / events") double fractionCumulative) {
    public static final String TABLE = "cutflow";

    /** Rows of a stage. */
    public static List<CutflowRow> of(String stage, List<Cutflow.Line> lines) {
        return lines.stream()
                .map(l -> new CutflowRow(
                        stage,
                        l.cut().row(),
                        l.cut().output(),
                        l.cut().text(),
                        l.cut().sql(),
                        l.all(),
                        l.alone(),
                        l.cumulative(),
                        l.allOthers(),
                        (double) l.alone() / l.all(),
                        (double) l.cumulative() / l.all()))
                .toList();
    }
}
