package etroc.campaign;

import etroc.About;

/** What a campaign has of the pixels of ETROC2 bench scans: rows of their tables, side by side over dates, temperatures and doses. */
final class BenchHistory {
    private BenchHistory() {}

    /** Columns of the table of baselines. */
    @About("a pixel and method of a bench scan, of the attempt that counts; columns as in baselines")
    record Noise(
            String chip,
            int row,
            int column,
            String method,
            boolean used,
            double baseline,
            double baselineUnc,
            double width,
            double widthUnc,
            String flag,
            String remark) {}

    /** Columns of the table of lines. */
    @About("a pixel, delay and method of a bench scan; columns as in charge_lines")
    record Gain(
            String chip,
            int row,
            int column,
            int delay,
            String method,
            int charges,
            double intercept,
            double interceptUnc,
            double slope,
            double slopeUnc,
            @About("NULL: no baseline") double interceptMinusBaseline,
            double noiseFc,
            double qMinFc,
            String remark) {}
}
