package etroc.telescope.etroc2;

import etroc.About;

/** A row of the table {@code efficiency_map}. */
@About("a pixel of a board that the other boards predict")
public record Efficiency(
        @About("board") int dataBoardId,
        @About("predicted row") int row,
        @About("predicted column") int column,
        Found found,
        @About("what is odd, or empty") String remark) {
    static final String TABLE = "efficiency_map";
}
