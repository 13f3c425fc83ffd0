package etroc.telescope.events;

import etroc.source.HitColumn;
import java.util.List;

/** The variables that an event has for each of its hits, in the order of its columns. */
public final class EventVariables {
    /** Variables taken over from the hits. */
    public static final List<HitColumn> OF_HITS =
            List.of(HitColumn.TOA, HitColumn.TOT, HitColumn.CAL, HitColumn.HIT_FLAG, HitColumn.DATETIME);

    /** Number of the event in its run, from 0 in order of appearance. */
    public static final String EVENT = "event";

    public static final String RUN = HitColumn.RUN.columnName();

    private EventVariables() {}

    /** Name of a variable's column for a slot of the event. */
    public static String column(HitColumn variable, String slot) {
        return variable.columnName() + "_" + slot;
    }
}
