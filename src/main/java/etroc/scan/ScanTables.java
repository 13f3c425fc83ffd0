package etroc.scan;

import etroc.fits.LineFit;
import etroc.fits.SCurveFit;
import etroc.scan.ScanPoint.PixelKey;
import etroc.store.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables of a scan. */
final class ScanTables {
    private ScanTables() {}

    /** Hits of each board and run; one row a scan point, in {@link ScanPoint#ORDER}. */
    static Table points(String name, List<ScanPoint> points) {
        Table table = Table.of(
                name,
                "phase_adjust:i",
                "data_board_id:i",
                "pixel_id:t",
                "board_injected_charge:i",
                "board_discriminator_threshold:i",
                "hits:i");
        points.stream()
                .sorted(ScanPoint.ORDER)
                .forEach(p -> table.row(p.phase(), p.board(), p.pixel(), p.charge(), p.threshold(), p.hits()));
        return table;
    }

    /** The largest threshold with hits of each board and charge. */
    static Table dacCharge(ScanResult result) {
        Table table = Table.of(
                "dac_charge_data", "data_board_id:i", "board_injected_charge:i", "board_discriminator_threshold:i");
        result.curves().stream()
                .filter(Curve::hasHits)
                .forEach(c -> table.row(c.key().pixel().board(), c.key().charge(), c.lastWithHits()));
        return table;
    }

    /** The same with phase, pixel, flag and residuals of both lines. */
    static Table dacPoints(ScanResult result) {
        Table table = Table.of(
                "dac_points",
                "phase_adjust:i",
                "data_board_id:i",
                "pixel_id:t",
                "board_injected_charge:i",
                "noise_min_dac:r",
                "settled_dac:r",
                "max_threshold_with_hits:r",
                "is_lower_limit:i",
                "last_hit_residual:r",
                "t50:r",
                "t50_unc:r",
                "t50_residual:r");
        for (Curve c : result.curves()) {
            PixelKey pixel = c.key().pixel();
            SCurveFit fit = c.fit();
            table.row(
                    pixel.phase(),
                    pixel.board(),
                    pixel.pixel(),
                    c.key().charge(),
                    c.hasHits() ? c.firstWithHits() : null,
                    c.settled(),
                    c.hasHits() ? c.lastWithHits() : null,
                    c.hasHits() && c.endsWithHits(),
                    c.hasHits() ? residual(result, c, ThresholdLine.Method.LAST_HIT, c.lastWithHits()) : null,
                    fit == null ? null : fit.t50(),
                    fit == null ? null : fit.t50Unc(),
                    fit == null ? null : residual(result, c, ThresholdLine.Method.S_CURVE, fit.t50()));
        }
        return table;
    }

    private static @Nullable Double residual(
            ScanResult result, Curve curve, ThresholdLine.Method method, double value) {
        Optional<LineFit> fit = result.lines().stream()
                .filter(l -> l.pixel().equals(curve.key().pixel()) && l.method() == method)
                .flatMap(l -> Optional.ofNullable(l.fit()).stream())
                .findFirst();
        return fit.map(f -> value - f.at(curve.key().charge())).orElse(null);
    }

    /** Noise region and plateau of each pixel. */
    static Table noise(ScanResult result) {
        Table table = Table.of(
                "noise_limit_data",
                "phase_adjust:i",
                "data_board_id:i",
                "pixel_id:t",
                "noise_min_dac:r",
                "noise_max_dac:r",
                "plateau:r",
                "plateau_window:r",
                "flatness:r",
                "plateau_is_automatic:i",
                "remark:t");
        for (ScanResult.NoiseRegion n : result.noise()) {
            Plateau p = n.plateau();
            table.row(
                    n.pixel().phase(),
                    n.pixel().board(),
                    n.pixel().pixel(),
                    n.min(),
                    n.max(),
                    p.hits(),
                    p.window(),
                    p.flatness(),
                    p.found(),
                    n.remark());
        }
        return table;
    }

    /** Lines of threshold against charge and suggested thresholds. */
    static Table lines(ScanResult result) {
        Table table = Table.of(
                "dac_vs_charge",
                "data_board_id:i",
                "noise_min_dac:r",
                "noise_max_dac:r",
                "intercept:r",
                "slope:r",
                "r_squared:r",
                "min_charge:r",
                "charge_0:i",
                "charge_1:i",
                "charge_2:i",
                "suggested_threshold_0:i",
                "suggested_threshold_1:i",
                "suggested_threshold_2:i",
                "method:t",
                "intercept_unc:r",
                "slope_unc:r",
                "chi2:r",
                "ndf:i",
                "remark:t",
                "phase_adjust:i",
                "pixel_id:t");
        for (ThresholdLine l : result.lines()) {
            LineFit f = l.fit();
            List<@Nullable Object> row = new ArrayList<>();
            row.addAll(Arrays.asList(l.pixel().board(), l.noiseMin(), l.noiseMax()));
            row.addAll(Arrays.asList(
                    f == null ? null : f.intercept(),
                    f == null ? null : f.slope(),
                    f == null ? null : f.rSquared(),
                    l.minCharge()));
            for (List<Integer> three : List.of(l.charges(), l.suggested())) {
                for (int i = 0; i < 3; i++) {
                    row.add(i < three.size() ? three.get(i) : null);
                }
            }
            row.addAll(Arrays.asList(
                    l.method(),
                    f == null ? null : f.interceptUnc(),
                    f == null ? null : f.slopeUnc(),
                    f == null ? null : f.chi2(),
                    f == null ? null : f.ndf(),
                    l.remark(),
                    l.pixel().phase(),
                    l.pixel().pixel()));
            table.row(row.toArray());
        }
        return table;
    }

    /** S-curve fits of all curves; a row without numbers says why. */
    static Table sCurves(ScanResult result) {
        Table table = Table.of(
                "s_curve_fits",
                "phase_adjust:i",
                "data_board_id:i",
                "pixel_id:t",
                "board_injected_charge:i",
                "t50:r",
                "t50_unc:r",
                "noise:r",
                "noise_unc:r",
                "covariance:r",
                "chi2:r",
                "ndf:i",
                "pulses:r",
                "remark:t");
        for (Curve c : result.curves()) {
            PixelKey pixel = c.key().pixel();
            SCurveFit f = c.fit();
            table.row(
                    pixel.phase(),
                    pixel.board(),
                    pixel.pixel(),
                    c.key().charge(),
                    f == null ? null : f.t50(),
                    f == null ? null : f.t50Unc(),
                    f == null ? null : f.noise(),
                    f == null ? null : f.noiseUnc(),
                    f == null ? null : f.covariance(),
                    f == null ? null : f.chi2(),
                    f == null ? null : f.ndf(),
                    c.plateau().hits(),
                    c.remark());
        }
        return table;
    }
}
