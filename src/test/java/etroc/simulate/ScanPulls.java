package etroc.simulate;

import etroc.fits.SCurveFit;
import etroc.scan.Curve;
import etroc.scan.NoiseOptions;
import etroc.scan.ScanPoint;
import etroc.scan.ScanResult;
import etroc.scan.ScanSettings;
import etroc.scan.ThresholdLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/** What came out of many simulated scans, against their truth. */
final class ScanPulls {
    private static final NoiseOptions AUTO = new NoiseOptions(null, null, null, 3, 4, null, 0.01);

    private static final double CLEAR_WIDTHS = 7;

    private final Map<String, DescriptiveStatistics> of = new LinkedHashMap<>();
    private int boards;
    private int plateaus;
    private int curves;
    private int fitted;
    private int withRemarks;
    private int unconverged;

    private void add(String name, double value, double truth, double unc) {
        of.computeIfAbsent(name, n -> new DescriptiveStatistics()).addValue((value - truth) / unc);
    }

    private void add(Scan scan) {
        withRemarks += hasRemark(scan) ? 1 : 0;
        for (BoardModel truth : scan.model().boards()) {
            boards++;
            scan.result().noise().stream()
                    .filter(n -> n.pixel().board() == truth.board())
                    .forEach(n -> plateaus +=
                            Math.abs(n.plateau().hits() - scan.model().pulses())
                                            < 0.02 * scan.model().pulses()
                                    ? 1
                                    : 0);
            scan.result().curves().stream()
                    .filter(c -> c.key().pixel().board() == truth.board())
                    .forEach(c -> add(c, truth, scan.model().flaws()));
            scan.result().lines().stream()
                    .filter(l -> l.pixel().board() == truth.board())
                    .filter(l -> l.method() == ThresholdLine.Method.S_CURVE && l.fit() != null)
                    .forEach(l -> {
                        add("slope", l.fit().slope(), truth.slope(), l.fit().slopeUnc());
                        double atZero = truth.baseline() + truth.offset();
                        add("intercept", l.fit().intercept(), atZero, l.fit().interceptUnc());
                    });
        }
    }

    private void add(Curve curve, BoardModel truth, ScanImperfections flaws) {
        curves++;
        unconverged += curve.edge().remark().contains("did not converge") ? 1 : 0;
        SCurveFit fit = curve.fit();
        if (fit != null) {
            fitted++;
            add("t50", fit.t50(), truth.t50(curve.key().charge(), flaws), fit.t50Unc());
            add("noise width", fit.noise(), truth.noise(), fit.noiseUnc());
        }
    }

    void print(String what) {
        System.out.printf(
                "%s: plateau found on %d of %d boards, %d of %d curves fitted, %d scans with remarks%n",
                what, plateaus, boards, fitted, curves, withRemarks);
        of.forEach((name, s) -> System.out.printf(
                "pull of %-12s n = %5d  mean %+.3f  width %.3f%n",
                name, s.getN(), s.getMean(), s.getStandardDeviation()));
    }

    /** By quantity. */
    Map<String, DescriptiveStatistics> of() {
        return of;
    }

    int boards() {
        return boards;
    }

    int plateaus() {
        return plateaus;
    }

    int curves() {
        return curves;
    }

    int fitted() {
        return fitted;
    }

    int unconverged() {
        return unconverged;
    }

    /** Scans with a remark on a line, or on an edge that is clear of the noise. */
    int withRemarks() {
        return withRemarks;
    }

    private static boolean hasRemark(Scan scan) {
        return scan.result().curves().stream()
                        .anyMatch(c -> !c.edge().remark().isEmpty() && isClearOfNoise(c, scan.model()))
                || scan.result().lines().stream().anyMatch(l -> !l.remark().isEmpty());
    }

    /** Nearer to the baseline an edge stands in the noise bump, and the remark is right: noise and pulses cannot be told apart. */
    private static boolean isClearOfNoise(Curve curve, ScanModel model) {
        return model.boards().stream()
                .filter(b -> b.board() == curve.key().pixel().board())
                .allMatch(b -> b.t50(curve.key().charge(), model.flaws()) - b.baseline() > CLEAR_WIDTHS * b.noise());
    }

    record Scan(ScanModel model, ScanResult result) {}

    static ScanPulls of(ScanImperfections flaws, int seeds) {
        ScanPulls pulls = new ScanPulls();
        scans(flaws, seeds).forEach(pulls::add);
        return pulls;
    }

    static List<Scan> scans(ScanImperfections flaws, int seeds) {
        return IntStream.rangeClosed(1, seeds)
                .parallel()
                .mapToObj(seed -> scan(seed, flaws))
                .toList();
    }

    private static Scan scan(int seed, ScanImperfections flaws) {
        int pulses = new int[] {80, 200, 1000, 6000}[seed % 4];
        ScanModel model = ScanModel.random(seed, 3, List.of(12, 16, 20, 24, 28), pulses, 1 + seed % 2, flaws);
        return new Scan(model, ScanResult.of(points(model), b -> AUTO, ScanSettings.LowerLimits.DROP));
    }

    private static List<ScanPoint> points(ScanModel model) {
        RandomGenerator random = new Well19937c(model.seed() + 1);
        List<ScanPoint> points = new ArrayList<>();
        for (BoardModel b : model.boards()) {
            for (int charge : model.charges()) {
                for (int threshold : model.thresholds(b, charge)) {
                    int hits = model.hits(b, charge, threshold, random);
                    points.add(new ScanPoint("run" + points.size(), 0, b.board(), b.pixel(), charge, threshold, hits));
                }
            }
        }
        return points;
    }
}
