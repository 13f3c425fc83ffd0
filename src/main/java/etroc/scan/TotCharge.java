package etroc.scan;

import etroc.About;
import etroc.scan.QinjPoints.Point;
import etroc.scan.ScanPoint.PixelKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Mean TOT against charge at a threshold beyond the noise, and the inverse: what charge a TOT stands for. */
@About("a pixel and phase; a row without numbers says why")
record TotCharge(
        PixelKey pixel,

        @About("the first threshold beyond the noise at which most charges have 100 hits [DAC]") @Nullable
        Integer boardDiscriminatorThreshold,

        @About("charges with at least 100 hits there") int charges,
        StraightLine line,
        @About("charge for TOT: 1/slope [fC/ns]") double chargePerTot,
        @About("its uncertainty [fC/ns]") double chargePerTotUnc,

        @About("charge at which the line has no TOT: -intercept/slope [fC]")
        double chargeAtNoTot,

        @About("its uncertainty [fC]") double chargeAtNoTotUnc,

        @About("why there is no line, or what is to be known of it")
        String remark) {
    static final String TABLE = "tot_charge";

    /**
     * A row a pixel.
     *
     * @param quiet first quiet threshold of a pixel [DAC counts]
     */
    static List<TotCharge> of(List<Point> points, Map<PixelKey, Double> quiet) {
        Map<PixelKey, List<Point>> byPixel = points.stream()
                .collect(Collectors.groupingBy(p -> p.curve().pixel(), TreeMap::new, Collectors.toList()));
        List<TotCharge> rows = new ArrayList<>();
        byPixel.forEach((pixel, own) -> rows.add(of(pixel, own, quiet.get(pixel))));
        return rows;
    }

    private static TotCharge of(PixelKey pixel, List<Point> points, @Nullable Double quiet) {
        if (quiet == null) {
            return without(pixel, null, 0, "no threshold is known to be beyond the noise");
        }
        Map<Integer, List<Point>> byThreshold = points.stream()
                .filter(p -> p.boardDiscriminatorThreshold() >= quiet && isUsable(p))
                .collect(Collectors.groupingBy(Point::boardDiscriminatorThreshold, TreeMap::new, Collectors.toList()));
        Integer best = null;
        for (Map.Entry<Integer, List<Point>> e : byThreshold.entrySet()) {
            if (best == null || charges(e.getValue()) > charges(byThreshold.getOrDefault(best, List.of()))) {
                best = e.getKey();
            }
        }
        List<Point> used = best == null ? List.of() : byThreshold.getOrDefault(best, List.of());
        int charges = charges(used);
        if (charges < 2) {
            return without(pixel, best, charges, "fewer than two charges have 100 hits at a threshold");
        }
        StraightLine line = StraightLine.of(
                used.stream().mapToDouble(p -> p.curve().charge()).toArray(),
                used.stream().mapToDouble(p -> p.times().totMeanNs()).toArray(),
                used.stream().mapToDouble(p -> p.times().totMeanNsUnc()).toArray());
        return line.slope() > 0
                ? with(pixel, best, charges, line)
                : new TotCharge(
                        pixel,
                        best,
                        charges,
                        line,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        "TOT does not rise with charge");
    }

    /** A mean without scatter has no weight. */
    private static boolean isUsable(Point p) {
        return p.isSound() && p.times().totMeanNsUnc() > 0;
    }

    private static int charges(List<Point> points) {
        return (int) points.stream().map(p -> p.curve().charge()).distinct().count();
    }

    private static TotCharge without(PixelKey pixel, @Nullable Integer threshold, int charges, String why) {
        double none = Double.NaN;
        return new TotCharge(pixel, threshold, charges, StraightLine.NONE, none, none, none, none, why);
    }

    private static TotCharge with(PixelKey pixel, @Nullable Integer threshold, int charges, StraightLine l) {
        double at = -l.intercept() / l.slope();
        double variance =
                l.interceptUnc() * l.interceptUnc() + 2 * at * l.covariance() + at * at * l.slopeUnc() * l.slopeUnc();
        return new TotCharge(
                pixel,
                threshold,
                charges,
                l,
                1 / l.slope(),
                l.slopeUnc() / (l.slope() * l.slope()),
                at,
                Math.sqrt(Math.max(0, variance)) / l.slope(),
                ScanTables.said("", l.uncertaintyScale(), l.chi2(), l.ndf()));
    }
}
