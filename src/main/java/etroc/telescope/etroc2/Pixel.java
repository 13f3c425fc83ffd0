package etroc.telescope.etroc2;

import etroc.About;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code pixel_calibration}. */
@About("a pixel with input hits; with cal-slices a slice of it")
public record Pixel(
        @About("board") int dataBoardId,
        @About("row, 0..15") int row,
        @About("column, 0..15") int column,
        @About("run of the slice; empty: all runs") String run,

        @About("file of the run, or number of the slice by events, -1: hits without an event; empty: all") @Nullable
        Long slice,

        @About("input hits") long hits,

        @About("most frequent CAL code, the smallest of equals")
        int calMode,

        @About("hits whose CAL code is within the window about it")
        long coreHits,

        @About("mean CAL code of those") double calCoreMean,

        @About("its uncertainty, from the spread of the codes")
        double calCoreMeanUnc,

        @About("width of a TDC bin [ns]; with cal = event each hit has its own")
        double fbinNs,

        @About("largest minus smallest mean code over the pixel's calibrated slices")
        double calDrift,

        @About("its uncertainty") double calDriftUnc,

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
        return with(calDrift, calDriftUnc, is);
    }

    Pixel withDrift(double drift, double unc) {
        return with(drift, unc, hot);
    }

    private Pixel with(double drift, double unc, boolean isHot) {
        return new Pixel(
                dataBoardId,
                row,
                column,
                run,
                slice,
                hits,
                calMode,
                coreHits,
                calCoreMean,
                calCoreMeanUnc,
                fbinNs,
                drift,
                unc,
                calibrated,
                isHot);
    }

    /** Slices of a pixel together: their hits are added up; codes are those of the first. */
    static Pixel whole(List<Pixel> slices) {
        Pixel first = slices.get(0);
        return new Pixel(
                first.dataBoardId,
                first.row,
                first.column,
                "",
                null,
                slices.stream().mapToLong(Pixel::hits).sum(),
                first.calMode,
                slices.stream().mapToLong(Pixel::coreHits).sum(),
                first.calCoreMean,
                first.calCoreMeanUnc,
                first.fbinNs,
                first.calDrift,
                first.calDriftUnc,
                slices.stream().anyMatch(Pixel::calibrated),
                first.hot);
    }
}
