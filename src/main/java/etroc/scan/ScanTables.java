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
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
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
    static final String SUGGESTED = "suggested_thresholds";

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
            double t50Residual,

            @About("thresholds of points that the S-curve leaves out, separated by spaces [DAC]")
            String thresholdsLeftOut) {}

    static double number(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }

    static <F> double number(@Nullable F fit, ToDoubleFunction<F> value) {
        return fit == null ? Double.NaN : value.applyAsDouble(fit);
    }

    /** A remark, and by what uncertainties were scaled. */
    static String said(String remark, double scale, double chi2, @Nullable Integer ndf) {
        String scaled = scale > 1
                ? String.format(Locale.ROOT, "uncertainties times %.2g for chi2/ndf %.3g/%d", scale, chi2, ndf)
                : "";
        return remark.isEmpty() || scaled.isEmpty() ? remark + scaled : remark + "; " + scaled;
    }

    /**
     * All tables of a scan but the counts.
     *
     * @param scanned points of scanned boards, without hits too
     * @param withHits points of all boards that have hits
     */
    static List<Table> of(List<ScanPoint> scanned, List<ScanPoint> withHits, ScanResult result) {
        List<Curve> curves = result.curves();
        Lines lines = Lines.of(result);
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
                Table.of(
                        DAC_POINTS,
                        DacPoint.class,
                        curves.stream().map(c -> dacPoint(c, lines)).toList()),
                Table.of(NOISE, NoiseRegion.class, result.noise()),
                Table.of(
                        LINES, Line.class, result.lines().stream().map(Line::of).toList()),
                Table.of(
                        S_CURVES,
                        SCurve.class,
                        curves.stream()
                                .map(c -> SCurve.of(c, lines.of(c, Method.S_CURVE)))
                                .toList()),
                Table.of(
                        SUGGESTED,
                        SuggestedThreshold.class,
                        result.lines().stream()
                                .flatMap(l -> l.suggestions().stream()
                                        .map(s -> new SuggestedThreshold(l.pixel(), l.method(), s)))
                                .toList()));
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

    /** The lines of a scan by pixel and method. */
    private record Lines(Map<Fit, LineFit> fits) {
        private record Fit(PixelKey pixel, Method method) {}

        static Lines of(ScanResult result) {
            Map<Fit, LineFit> fits = new HashMap<>();
            for (ThresholdLine line : result.lines()) {
                if (line.fit() != null) {
                    fits.put(new Fit(line.pixel(), line.method()), line.fit());
                }
            }
            return new Lines(fits);
        }

        @Nullable
        LineFit of(Curve curve, Method method) {
            return fits.get(new Fit(curve.key().pixel(), method));
        }

        double at(Curve curve, Method method) {
            return number(of(curve, method), l -> l.at(curve.key().charge()));
        }
    }

    private static DacPoint dacPoint(Curve c, Lines lines) {
        double last = c.hasHits() ? c.lastWithHits() : Double.NaN;
        double t50 = number(c.fit(), SCurveFit::t50);
        return new DacPoint(
                c.key(),
                c.hasHits() ? c.firstWithHits() : Double.NaN,
                number(c.settled()),
                last,
                c.hasHits() && c.endsWithHits(),
                last - lines.at(c, Method.LAST_HIT),
                t50,
                number(c.fit(), SCurveFit::t50Unc),
                t50 - lines.at(c, Method.S_CURVE),
                c.edge().leftOut().stream()
                        .map(t -> Long.toString(Math.round(t)))
                        .collect(Collectors.joining(" ")));
    }
}
