package etroc.telescope.etroc2;

import etroc.About;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code neighbours}. */
@About(
        "a direction from the pixels that particles hit, over a board: how often the pixel there has a hit too, and by chance; for all hits and for thirds of them by TOT")
public record Neighbour(
        @About("board") int dataBoardId,

        @About("all, or low, middle or high: the third of the hits by TOT")
        String tot,

        @About("smallest TOT code of the third") @Nullable Integer totFrom,
        @About("largest TOT code of the third") @Nullable Integer totTo,
        @About("rows from the particle's pixel, -1..1") int rows,
        @About("columns from the particle's pixel, -1..1") int columns,

        @About("events with a hit at the predicted pixel, and a pixel in this direction that is not hot")
        long events,

        @About("of those, with a hit at that pixel too") long found,
        @About("found / events") double fraction,

        @About(
                "the same by chance: how often the pixel has a hit when the prediction is 3 or more rows or columns away")
        double expected,

        @About("fraction - expected") double excess,

        @About("its binomial uncertainty; of no hits, that of one")
        double excessUnc,

        @About("hits there with a time, as their pixel and the particle's are calibrated")
        long timed,

        @About("mean of their TOA minus the particle's [ns]")
        double dtoaMeanNs,

        @About("standard deviation [ns]") double dtoaStdNs,
        @About("what is odd, or empty") String remark) {
    static final String TABLE = "neighbours";

    /** Whether it shares a side with the particle's pixel. */
    boolean isAtSide() {
        return rows == 0 || columns == 0;
    }
}
