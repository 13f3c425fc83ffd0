package etroc.telescope.etroc2;

import etroc.About;

/** A row of the table {@code pixel_calibration}. */
@About("a pixel with input hits")
public record Pixel(
        @About("board") int dataBoardId,
        @About("row, 0..15") int row,
        @About("column, 0..15") int column,
        @About("input hits") long hits,

        @About("most frequent CAL code, the smallest of equals")
        int calMode,

        @About("hits whose CAL code is within the window about it")
        long coreHits,

        @About("mean CAL code of those") double calCoreMean,
        @About("width of a TDC bin [ns]") double fbinNs,

        @About("whether it has enough hits to be calibrated")
        boolean calibrated,

        @About("whether it is hot: its hits are not good") boolean hot) {
    static final String TABLE = "pixel_calibration";
    /** Rows and columns of a chip. */
    static final int SIDE = 16;

    /** Place on the chip, 0..255. */
    int place() {
        return row * SIDE + column;
    }

    /** As settings and tables have it. */
    String label() {
        return label(dataBoardId, place());
    }

    static String label(int board, int place) {
        return board + ":R" + place / SIDE + "C" + place % SIDE;
    }

    Pixel withHot(boolean is) {
        return new Pixel(dataBoardId, row, column, hits, calMode, coreHits, calCoreMean, fbinNs, calibrated, is);
    }
}
