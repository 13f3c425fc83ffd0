package etroc.telescope;

import etroc.About;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code constancy}. */
@About(
        "whether the corrected time difference of two boards is constant during a run, from its means in the slices of drift")
record ConstancyRow(
        @About("run; NULL: all runs together, each about its own mean") @Nullable
        String run,

        @About("board") int dataBoardId,
        @About("the next board, whose time is subtracted") int otherBoardId,
        @About("slices") int slices,
        @About("events") long events,

        @About(
                "width of the means' distribution less their uncertainties, what drift adds to the difference's width [ns]")
        double driftWidth,

        @About("chi2 of the means against constant, with the uncertainty of the calibration's slices")
        double chi2,

        @About("its degrees of freedom: slices less runs") int ndf,
        @About("probability of a larger chi2") double probability) {
    static final String TABLE = "constancy";
}
