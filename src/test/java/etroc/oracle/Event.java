package etroc.oracle;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event.
 *
 * @param run place of its run
 * @param hits by board; of a board that the pattern names twice the first
 * @param times [ns] by variable and board, as {@code time_of_arrival_ns_3}; filled in later
 */
record Event(int run, long number, Map<Integer, Hit> hits, Map<String, Double> times) {
    /** A code or a time of a board; null where it has none. */
    @Nullable
    Double value(String variable, int board) {
        if (variable.endsWith("_ns")) {
            return times.get(variable + "_" + board);
        }
        Hit hit = hits.get(board);
        return hit == null ? null : (double) hit.code(variable);
    }
}
