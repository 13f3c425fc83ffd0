package etroc.telescope.calibration;

import etroc.About;

/** A row of the table {@code calibration_slices}. */
@About("calibration codes of a board in a slice of a run's events, those that pass the event cuts")
public record CalibrationSlice(
        @About("run") String run,
        @About("board") int dataBoardId,

        @About("number of the event over etroc.telescope.calibration-slice, rounded down")
        long slice,

        @About("number of the first event") long firstEvent,
        @About("number of the last event") long lastEvent,

        @About("mean number of the events whose code is used: the slice's middle")
        double middleEvent,

        @About("codes") long codes,

        @About("median code, of an even number the mean of the middle two")
        double codeMedian,

        @About("codes at most 10 from the median; with fewer than 50 the slice counts for nothing")
        long codesUsed,

        @About("their mean") double codeMean,
        @About("their standard deviation") double codeSpread) {
    public static final String TABLE = "calibration_slices";
    /** Codes further from the slice's median are wild [codes]. */
    static final int REACH = 10;

    private static final int FEWEST = 50;

    /** Whether the slice has codes enough to count. */
    public boolean counts() {
        return codesUsed >= FEWEST;
    }

    /** Uncertainty of the mean, s/sqrt(n). */
    public double meanUnc() {
        return codeSpread / Math.sqrt((double) codesUsed);
    }
}
