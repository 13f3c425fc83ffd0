package etroc.scan;

import etroc.About;
import etroc.fits.LineFit;
import etroc.scan.ScanPoint.PixelKey;
import etroc.scan.ThresholdLine.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Threshold against charge, and thresholds to set. */
@About("a pixel and method")
record Line(
        @About("board") int dataBoardId,
        @About("lower edge of the noise region [DAC]") double noiseMinDac,

        @About("upper edge of the noise region [DAC]; s-curve: the quiet threshold")
        double noiseMaxDac,

        @About("threshold at charge 0 [DAC]") double intercept,
        @About("[DAC/fC]") double slope,
        @About("1 - residual over total sum of squares") double rSquared,

        @About("charge at which the line leaves the noise region [fC]")
        double minCharge,

        @About(value = "the next whole charges [fC]", length = 3)
        List<Integer> charge,

        @About(value = "threshold to set for each of them [DAC]", length = 3)
        List<Integer> suggestedThreshold,

        @About(
                "last-hit: through the largest thresholds with hits, least squares; s-curve: through half heights, weighted by 1/t50_unc^2")
        Method method,

        @About(
                "[DAC]; last-hit: from the scatter, at least what a step of the threshold allows; s-curve: from t50_unc, times uncertainty_scale")
        double interceptUnc,

        @About("[DAC/fC], likewise") double slopeUnc,

        @About("sum of squared residuals over t50_unc^2; last-hit: with unit weights [DAC^2]; none for two charges")
        double chi2,

        @About("points minus 2") @Nullable Integer ndf,

        @About("why numbers are missing, or what is to be known of them")
        String remark,

        @About("phase adjustment") int phaseAdjust,
        @About("pixel") String pixelId,
        @About("of intercept and slope [DAC^2/fC]") double covariance,

        @About("sqrt(chi2/ndf) where that chi2 has a probability below 0.01, else 1")
        double uncertaintyScale) {
    static Line of(ThresholdLine l) {
        LineFit f = l.fit();
        return new Line(
                l.pixel().board(),
                ScanTables.number(l.noiseMin()),
                ScanTables.number(l.noiseMax()),
                ScanTables.number(f, LineFit::intercept),
                ScanTables.number(f, LineFit::slope),
                ScanTables.number(f, LineFit::rSquared),
                ScanTables.number(l.minCharge()),
                l.suggestions().stream().map(Suggestion::charge).toList(),
                l.suggestions().stream().map(Suggestion::threshold).toList(),
                l.method(),
                ScanTables.number(f, LineFit::interceptUnc),
                ScanTables.number(f, LineFit::slopeUnc),
                ScanTables.number(f, LineFit::chi2),
                f == null ? null : f.ndf(),
                l.remark(),
                l.pixel().phase(),
                l.pixel().pixel(),
                ScanTables.number(f, LineFit::covariance),
                l.uncertaintyScale());
    }

    PixelKey pixel() {
        return new PixelKey(phaseAdjust, dataBoardId, pixelId);
    }

    /** The line; its numbers are NaN where there is none. */
    LineFit fit() {
        return new LineFit(intercept, slope, interceptUnc, slopeUnc, covariance, rSquared, chi2, ndf == null ? 0 : ndf);
    }

    /** What is to be known beside the numbers; may be empty. */
    String said() {
        return ScanTables.said(remark, uncertaintyScale, chi2, ndf);
    }
}
