package etroc.telescope.calibration;

import etroc.About;
import etroc.fits.Chi2;
import java.util.List;

/** A row of the table {@code calibration_runs}: whether a board's calibration code rests during a run. */
@About("the calibration code of a board over a run, from its slices")
public record CalibrationRun(
        @About("run") String run,
        @About("board") int dataBoardId,

        @About("slices that count; 0: the mean is of all codes of the run at most 10 from their median")
        int slices,

        @About("codes used") long codesUsed,
        @About("their mean") double codeMean,

        @About("their standard deviation within slices") double codeSpread,

        @About("chi2 of the slices' means against the mean") double chi2,

        @About("its degrees of freedom: slices - 1") int ndf,

        @About(
                "1: the mean stands for the run, since chi2 has a probability above 0.01 or there is one slice at most; 0: the code is interpolated between slices")
        boolean constant) {
    public static final String TABLE = "calibration_runs";
    /** A run in which no slice counts. */
    static CalibrationRun without(String run, int board, long codes, double mean, double spread) {
        return new CalibrationRun(run, board, 0, codes, mean, spread, Double.NaN, 0, true);
    }

    /**
     * A run with slices that count. The spread within slices is that of all of them together: the few codes of one may all be the same.
     *
     * @param slices one or more, of one run and board
     */
    static CalibrationRun of(List<CalibrationSlice> slices) {
        long codes = 0;
        double sum = 0;
        double squares = 0;
        for (CalibrationSlice s : slices) {
            codes += s.codesUsed();
            sum += s.codesUsed() * s.codeMean();
            squares += (s.codesUsed() - 1) * s.codeSpread() * s.codeSpread();
        }
        double mean = sum / codes;
        double variance = squares / (codes - slices.size());
        double between = 0;
        for (CalibrationSlice s : slices) {
            between += s.codesUsed() * Math.pow(s.codeMean() - mean, 2);
        }
        int ndf = slices.size() - 1;
        double least = 1e-18 * mean * mean * codes; // rounding, where all codes are the same
        double chi2 = between <= least ? 0 : between / variance;
        boolean constant =
                ndf == 0 || chi2 == 0 || (Double.isFinite(chi2) && Chi2.probability(chi2, ndf) > Chi2.IMPROBABLE);
        CalibrationSlice first = slices.get(0);
        return new CalibrationRun(
                first.run(), first.dataBoardId(), slices.size(), codes, mean, Math.sqrt(variance), chi2, ndf, constant);
    }
}
