package etroc.telescope.events;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftright;

import etroc.source.HitColumn;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** The codes of a hit in one long, 16 bits each, and its time stamp in seconds: fewer and cheaper columns to shuffle and to match. */
final class PackedHit {
    /** From the lowest bits. */
    private static final List<HitColumn> CODES =
            List.of(HitColumn.TOA, HitColumn.TOT, HitColumn.CAL, HitColumn.HIT_FLAG);

    private static final int BITS = 16;
    private static final long MASK = (1L << BITS) - 1;

    private PackedHit() {}

    static long pack(int toa, int tot, int cal, int hitFlag) {
        return toa | ((long) tot << BITS) | ((long) cal << (2 * BITS)) | ((long) hitFlag << (3 * BITS));
    }

    static int toa(long codes) {
        return (int) (codes & MASK);
    }

    static String codesColumn(String slot) {
        return "codes_" + slot;
    }

    /** Seconds since 1970 of the time stamp, which has no time zone; the session's is UTC. */
    static String secondsColumn(String slot) {
        return "seconds_" + slot;
    }

    /** The variables of {@link EventVariables#OF_HITS} again, as {@code <variable>_<slot>}. */
    static List<Column> variables(String slot) {
        return EventVariables.OF_HITS.stream()
                .map(v -> variable(v, slot).as(EventVariables.column(v, slot)))
                .toList();
    }

    private static Column variable(HitColumn variable, String slot) {
        if (variable == HitColumn.DATETIME) {
            return functions.timestamp_seconds(col(secondsColumn(slot))).cast(DataTypes.TimestampNTZType);
        }
        return shiftright(col(codesColumn(slot)), BITS * CODES.indexOf(variable))
                .bitwiseAND(lit(MASK))
                .cast(DataTypes.IntegerType);
    }
}
