package etroc.telescope;

import etroc.cuts.Cut;
import etroc.pipeline.Context;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts that use the times of arrival of two boards together: they truncate the time difference that is to be measured. */
final class TruncatingCuts {
    private static final Pattern BETWEEN_CONDITIONS = Pattern.compile("(?i)\\b(?:and|or)\\b");
    private static final Pattern TOA = Pattern.compile("(?i)\\btime_of_arrival(?:_ns)?_(\\d+)\\b");

    private TruncatingCuts() {}

    /** Whether one condition of a cut names the times of arrival of two boards. */
    static boolean truncates(String sql) {
        return BETWEEN_CONDITIONS
                .splitAsStream(sql)
                .anyMatch(condition -> TOA.matcher(condition)
                                .results()
                                .map(m -> m.group(1))
                                .distinct()
                                .count()
                        > 1);
    }

    static void say(Context context, List<Cut> cuts) {
        for (Cut cut : cuts) {
            if (truncates(cut.sql())) {
                context.find(Remarks.class)
                        .say(
                                context,
                                "cut",
                                Remarks.ALL,
                                "cut " + cut.text()
                                        + " uses a difference of times of arrival: it truncates the time differences that are measured, and resolutions"
                                        + " come out too small when it is narrow");
            }
        }
    }
}
