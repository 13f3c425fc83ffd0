package etroc.telescope.etroc2;

import etroc.About;
import java.util.ArrayList;
import java.util.List;

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

    /** Places of the up to 8 neighbours on the chip. */
    static List<Integer> around(int place) {
        List<Integer> around = new ArrayList<>();
        for (int row = place / SIDE - 1; row <= place / SIDE + 1; row++) {
            for (int column = place % SIDE - 1; column <= place % SIDE + 1; column++) {
                boolean onChip = row >= 0 && row < SIDE && column >= 0 && column < SIDE;
                if (onChip && row * SIDE + column != place) {
                    around.add(row * SIDE + column);
                }
            }
        }
        return around;
    }

    Pixel withHot(boolean is) {
        return new Pixel(dataBoardId, row, column, hits, calMode, coreHits, calCoreMean, fbinNs, calibrated, is);
    }
}
