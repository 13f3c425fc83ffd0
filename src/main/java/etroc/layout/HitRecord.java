package etroc.layout;

/** The fields of the line that a decoder read last; reused from line to line. */
public final class HitRecord {
    static final int MAX_TOA = 1023;
    static final int MAX_TOT = 511;
    static final int MAX_CAL = 1023;

    public int board;
    public int toa;
    public int tot;
    public int cal;
    public int flag;
    /** Time stamp [us since 1970, no time zone]; only where the layout has one. */
    public long datetime;
    /** Why the line is malformed; of meaning only then. */
    public Malformation malformation = Malformation.NOT_A_NUMBER;

    LineKind malformed(Malformation reason) {
        malformation = reason;
        return LineKind.MALFORMED;
    }

    /** Checks the ranges that every layout shares. */
    LineKind checked() {
        if (board < 0 || board > 3 || board == 2) {
            return malformed(Malformation.BOARD_OUT_OF_RANGE);
        }
        if (toa > MAX_TOA) {
            return malformed(Malformation.TOA_OUT_OF_RANGE);
        }
        if (tot > MAX_TOT) {
            return malformed(Malformation.TOT_OUT_OF_RANGE);
        }
        if (cal > MAX_CAL) {
            return malformed(Malformation.CAL_OUT_OF_RANGE);
        }
        if (flag > 1) {
            return malformed(Malformation.HIT_FLAG_OUT_OF_RANGE);
        }
        return flag == 1 ? LineKind.HIT : LineKind.NO_HIT;
    }
}
