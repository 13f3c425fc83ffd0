package etroc.layout;

import java.util.Locale;

/** Why a line is no record. */
public enum Malformation {
    WRONG_COLUMN_COUNT("wrong number of columns"),
    NOT_A_NUMBER("not a number"),
    BOARD_OUT_OF_RANGE("board is not 0, 1 or 3"),
    TOA_OUT_OF_RANGE("TOA is not in 0..1023"),
    TOT_OUT_OF_RANGE("TOT is not in 0..511"),
    CAL_OUT_OF_RANGE("CAL is not in 0..1023"),
    HIT_FLAG_OUT_OF_RANGE("hit flag is not 0 or 1"),
    WORD_OUT_OF_RANGE("word is not in 0..4294967295"),
    BAD_TIME_STAMP("time stamp is not YYYY-MM-DD HH:MM:SS"),
    LINE_TOO_LONG("line is longer than " + SliceReader.MAX_LINE + " bytes");

    private final String text;

    Malformation(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }

    /** Name for tables. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
