package etroc.telescope.events;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftleft;
import static org.apache.spark.sql.functions.shiftright;

import etroc.source.HitColumn;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/** The codes of a hit in one long, 16 bits each: fewer and cheaper columns to shuffle and to match. */
final class PackedHit {
    /** From the lowest bits. */
    private static final List<HitColumn> CODES = HitColumn.CODES;

    private static final int BITS = 16;
    private static final long MASK = (1L << BITS) - 1;

    private PackedHit() {}

    /** The codes of a row of hits. */
    static Column pack() {
        Column packed = lit(0L);
        for (int i = 0; i < CODES.size(); i++) {
            Column code = col(CODES.get(i).columnName()).cast(DataTypes.LongType);
            packed = packed.bitwiseOR(shiftleft(code, BITS * i));
        }
        return packed;
    }

    static int toa(long codes) {
        return (int) (codes >> (BITS * CODES.indexOf(HitColumn.TOA)) & MASK);
    }

    /** Column of the packed codes of a slot. */
    static String column(String slot) {
        return "codes_" + slot;
    }

    /** The variables of {@link EventVariables#OF_HITS} again, from the packed codes and the time stamp of a slot. */
    static List<Column> variables(String slot) {
        return EventVariables.OF_HITS.stream()
                .map(v -> variable(v, slot).as(EventVariables.column(v, slot)))
                .toList();
    }

    private static Column variable(HitColumn variable, String slot) {
        if (!CODES.contains(variable)) {
            return col(EventVariables.column(variable, slot));
        }
        return shiftright(col(column(slot)), BITS * CODES.indexOf(variable))
                .bitwiseAND(lit(MASK))
                .cast(DataTypes.IntegerType);
    }
}
