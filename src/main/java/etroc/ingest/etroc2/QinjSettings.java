package etroc.ingest.etroc2;

import etroc.Possible;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Charge injection on the bench ({@code etroc.etroc2.qinj}).
 *
 * @param skipFirst hits left out at the start of each point
 * @param dropFollowing a trigger exactly this many crossings after the one before is left out; null: none
 * @param totWindow hits kept have a TOT within so many codes of the point's most frequent one; null: all
 * @param count what tells that a pulse was seen in a bisection
 * @param offset threshold minus baseline at which charges are compared [DAC]; null: the one that most points have
 */
public record QinjSettings(
        @Possible(min = 0, max = 1_000_000_000) int skipFirst,

        @Possible(min = 1, max = 3563, or = "none") @Nullable
        Integer dropFollowing,

        @Possible(min = 0, max = 511, or = "none") @Nullable Integer totWindow,
        Count count,

        @Possible(min = -1023, max = 1023, or = "auto") @Nullable
        Double offset)
        implements Serializable {
    /** What is counted in {@code FPGA_Data.dat}. */
    public enum Count {
        TRIGGER_BITS,
        DATA
    }
}
