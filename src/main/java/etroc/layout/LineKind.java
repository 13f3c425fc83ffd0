package etroc.layout;

/** What a line of a data file is; every line is exactly one of these. */
public enum LineKind {
    /** A hit: hit flag 1. */
    HIT,
    /** A well-formed record whose hit flag is 0. */
    NO_HIT,
    /** A word of board 2, which is no board: counted with the lines without a hit, never a row. */
    NO_BOARD,
    /** An idle word or a blank line. */
    IDLE,
    /** The line before the data in beam summary text. */
    HEADER,
    /** None of these. */
    MALFORMED
}
