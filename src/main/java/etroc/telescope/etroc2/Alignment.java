package etroc.telescope.etroc2;

import etroc.About;

/** A row of the table {@code alignment}. */
@About("a board of a set")
public record Alignment(
        @About("boards of the set") String boards,
        @About("board that positions are measured from") int anchor,

        @About("events with one good hit on every board of the set")
        long singleHitEvents,

        @About("board") int dataBoardId,
        @About("rows from the anchor [pixels]") int rowShift,
        @About("columns from the anchor [pixels]") int columnShift,
        @About("what is odd, or empty") String remark) {
    static final String TABLE = "alignment";
    /** Remarks on boards without shifts begin so. */
    static final String NOT_ALIGNED = "not aligned";
}
