package etroc.telescope.events;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftleft;
import static org.apache.spark.sql.functions.shiftright;

import etroc.source.HitColumn;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/**
 * The codes of a hit and its board in one long: fewer and cheaper columns to shuffle, to match and to keep. From the lowest bits: TOA, TOT and
 * CAL code in 16 bits each, hit flag and board id in 8.
 */
final class PackedHit {
    private static final List<HitColumn> PACKED =
            List.of(HitColumn.TOA, HitColumn.TOT, HitColumn.CAL, HitColumn.HIT_FLAG, HitColumn.BOARD);
    private static final int[] FROM_BIT = {0, 16, 32, 48, 56};
    private static final long[] MASK = {0xFFFF, 0xFFFF, 0xFFFF, 0xFF, 0xFF};

    private PackedHit() {}

    /** The packed codes of a row of hits. */
    static Column pack() {
        Column packed = lit(0L);
        for (int i = 0; i < FROM_BIT.length; i++) {
            Column code = col(PACKED.get(i).columnName()).cast(DataTypes.LongType);
            packed = packed.bitwiseOR(shiftleft(code, FROM_BIT[i]));
        }
        return packed;
    }

    static int toa(long codes) {
        return (int) (codes & MASK[0]);
    }

    static int board(long codes) {
        return (int) (codes >>> FROM_BIT[4]);
    }

    static Column board(Column codes) {
        return variable(HitColumn.BOARD, codes);
    }

    /** Column of the packed codes of a slot. */
    static String column(String slot) {
        return "codes_" + slot;
    }

    /** The variables of {@link EventVariables#OF_HITS} again, from the packed codes and the time stamp of a slot. */
    static List<Column> variables(String slot) {
        return EventVariables.OF_HITS.stream()
                .map(v -> (PACKED.contains(v) ? variable(v, col(column(slot))) : col(EventVariables.column(v, slot)))
                        .as(EventVariables.column(v, slot)))
                .toList();
    }

    private static Column variable(HitColumn variable, Column codes) {
        int i = PACKED.indexOf(variable);
        return shiftright(codes, FROM_BIT[i]).bitwiseAND(lit(MASK[i])).cast(DataTypes.IntegerType);
    }
}
