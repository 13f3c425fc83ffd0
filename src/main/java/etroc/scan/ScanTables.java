package etroc.scan;

import etroc.About;
import etroc.fits.LineFit;
import etroc.fits.SCurveFit;
import etroc.scan.ScanPoint.CurveKey;
import etroc.scan.ScanPoint.PixelKey;
import etroc.scan.ScanResult.NoiseRegion;
import etroc.scan.ThresholdLine.Method;
import etroc.store.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The tables of a scan. */
final class ScanTables {
    static final String POINTS = "combined_etroc1_data";
    static final String ALL_POINTS = "combined_etroc1_data_all";
    static final String DAC_CHARGE = "dac_charge_data";
    static final String DAC_POINTS = "dac_points";
    static final String NOISE = "noise_limit_data";
    static final String LINES = "dac_vs_charge";
    static final String S_CURVES = "s_curve_fits";

    private ScanTables() {}

    /** Hits of a board in a run. */
    @About(
            "a run of a scanned board, also with 0 hits; in combined_etroc1_data_all a run and board with hits, resting boards too")
    record Point(
            CurveKey curve,

            @About(value = "discriminator threshold [DAC]", name = "board_discriminator_threshold")
            int threshold,

            @About("hits after the cuts") long hits) {}

    /** What the old scripts' table of curves has. */
    @About("a curve with hits")
    record LastHit(
            @About("board") int dataBoardId,
            @About("injected charge [fC]") int boardInjectedCharge,
            @About("largest threshold with hits [DAC]") long boardDiscriminatorThreshold) {}

    /** What the lines are drawn through. */
    @About("a curve")
    record DacPoint(
            CurveKey curve,
            @About("smallest threshold with hits [DAC]") double noiseMinDac,
            @About("first settled threshold [DAC]") double settledDac,
            @About("largest threshold with hits [DAC]") double maxThresholdWithHits,
            @About("1: hits at the last threshold") boolean isLowerLimit,

            @About("largest threshold with hits minus the last-hit line [DAC]")
            double lastHitResidual,

            @About("half height of the S-curve [DAC]") double t50,
            @About("its uncertainty [DAC]") double t50Unc,

            @About("half height minus the s-curve line [DAC]")
            double t50Residual) {}

    /** Threshold against charge, and thresholds to set. */
    @About("a pixel and method")
    record Line(
            @About("board") int dataBoardId,
            @About("lower edge of the noise region [DAC]") double noiseMinDac,
            @About("upper edge of the noise region [DAC]") double noiseMaxDac,
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

            @About("[DAC]; last-hit: from the scatter; s-curve: from t50_unc, not rescaled")
            double interceptUnc,

            @About("[DAC/fC], likewise") double slopeUnc,

            @About("sum of squared residuals over t50_unc^2; last-hit: with unit weights [DAC^2]")
            double chi2,

            @About("points minus 2") @Nullable Integer ndf,
            @About("why numbers are missing") String remark,
            @About("phase adjustment") int phaseAdjust,
            @About("pixel") String pixelId,
            @About("of intercept and slope [DAC^2/fC]") double covariance) {
        private static Line of(ThresholdLine l) {
            LineFit f = l.fit();
            return new Line(
                    l.pixel().board(),
                    number(l.noiseMin()),
                    number(l.noiseMax()),
                    number(f, LineFit::intercept),
                    number(f, LineFit::slope),
                    number(f, LineFit::rSquared),
                    number(l.minCharge()),
                    l.charges(),
                    l.suggested(),
                    l.method(),
                    number(f, LineFit::interceptUnc),
                    number(f, LineFit::slopeUnc),
                    number(f, LineFit::chi2),
                    f == null ? null : f.ndf(),
                    l.remark(),
                    l.pixel().phase(),
                    l.pixel().pixel(),
                    number(f, LineFit::covariance));
        }

        PixelKey pixel() {
            return new PixelKey(phaseAdjust, dataBoardId, pixelId);
        }

        /** The line; its numbers are NaN where there is none. */
        LineFit fit() {
            return new LineFit(
                    intercept, slope, interceptUnc, slopeUnc, covariance, rSquared, chi2, ndf == null ? 0 : ndf);
        }
    }

    /** The falling edge of a curve. */
    @About("a curve; a row without numbers says why")
    record SCurve(
            CurveKey curve,

            @About("half height [DAC], by binomial likelihood")
            double t50,

            @About("its uncertainty [DAC]") double t50Unc,
            @About("Gaussian width of the edge [DAC]") double noise,
            @About("its uncertainty [DAC]") double noiseUnc,
            @About("of t50 and noise [DAC^2]") double covariance,

            @About("Pearson's, over points with N p (1-p) > 0.5")
            double chi2,

            @About("number of those points minus 2") @Nullable
            Integer ndf,

            @About("N, the plateau [hits]") double pulses,
            @About("why there is no fit") String remark) {
        private static SCurve of(Curve c) {
            SCurveFit f = c.fit();
            return new SCurve(
                    c.key(),
                    number(f, SCurveFit::t50),
                    number(f, SCurveFit::t50Unc),
                    number(f, SCurveFit::noise),
                    number(f, SCurveFit::noiseUnc),
                    number(f, SCurveFit::covariance),
                    number(f, SCurveFit::chi2),
                    f == null ? null : f.ndf(),
                    c.plateau().hits(),
                    c.remark());
        }
    }

    private static double number(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }

    private static <F> double number(@Nullable F fit, ToDoubleFunction<F> value) {
        return fit == null ? Double.NaN : value.applyAsDouble(fit);
    }

    /**
     * All tables of a scan but the counts.
     *
     * @param scanned points of scanned boards, without hits too
     * @param withHits points of all boards that have hits
     */
    static List<Table> of(List<ScanPoint> scanned, List<ScanPoint> withHits, ScanResult result) {
        List<Curve> curves = result.curves();
        return List.of(
                points(POINTS, scanned),
                points(ALL_POINTS, withHits),
                Table.of(
                        DAC_CHARGE,
                        LastHit.class,
                        curves.stream()
                                .filter(Curve::hasHits)
                                .map(c -> new LastHit(
                                        c.key().pixel().board(), c.key().charge(), (long) c.lastWithHits()))
                                .toList()),
                Table.of(DAC_POINTS, DacPoint.class, dacPoints(result)),
                Table.of(NOISE, NoiseRegion.class, result.noise()),
                Table.of(
                        LINES, Line.class, result.lines().stream().map(Line::of).toList()),
                Table.of(S_CURVES, SCurve.class, curves.stream().map(SCurve::of).toList()));
    }

    private static Table points(String name, List<ScanPoint> points) {
        return Table.of(
                name,
                Point.class,
                points.stream()
                        .sorted(ScanPoint.ORDER)
                        .map(p -> new Point(p.curveKey(), p.threshold(), p.hits()))
                        .toList());
    }

    private static List<DacPoint> dacPoints(ScanResult result) {
        record Fit(PixelKey pixel, Method method) {}
        Map<Fit, LineFit> lines = new HashMap<>();
        for (ThresholdLine line : result.lines()) {
            if (line.fit() != null) {
                lines.put(new Fit(line.pixel(), line.method()), line.fit());
            }
        }
        return result.curves().stream()
                .map(c -> {
                    int charge = c.key().charge();
                    double last = c.hasHits() ? c.lastWithHits() : Double.NaN;
                    double t50 = number(c.fit(), SCurveFit::t50);
                    return new DacPoint(
                            c.key(),
                            c.hasHits() ? c.firstWithHits() : Double.NaN,
                            number(c.settled()),
                            last,
                            c.hasHits() && c.endsWithHits(),
                            last - number(lines.get(new Fit(c.key().pixel(), Method.LAST_HIT)), l -> l.at(charge)),
                            t50,
                            number(c.fit(), SCurveFit::t50Unc),
                            t50 - number(lines.get(new Fit(c.key().pixel(), Method.S_CURVE)), l -> l.at(charge)));
                })
                .toList();
    }
}
