package etroc.scan;

import etroc.fits.SCurveFit;
import etroc.scan.ScanPoint.CurveKey;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Hits against threshold of one pixel at one charge, and what is read off it.
 *
 * @param thresholds ascending [DAC counts]
 * @param hits at each threshold
 * @param plateau of the pixel
 * @param settled first settled threshold [DAC counts], or null
 * @param edge its falling edge, with or without a fit
 */
public record Curve(
        CurveKey key,
        double[] thresholds,
        double[] hits,
        Plateau plateau,
        @Nullable Double settled,
        Edge edge) {
    /** So many widths before half height, nothing is lost to the edge. */
    private static final double CLEAR_WIDTHS = 5;
    /** A count above this fraction of the plateau is not of the edge. */
    private static final double FULL = 0.84;

    /** Reads a curve off the points of one key, which come in {@link ScanPoint#ORDER}. */
    static Curve of(CurveKey key, List<ScanPoint> points, Plateau plateau, int rollingMean) {
        double[] t = points.stream().mapToDouble(ScanPoint::threshold).toArray();
        double[] h = points.stream().mapToDouble(ScanPoint::hits).toArray();
        int index = plateau.firstSettled(h, rollingMean);
        return new Curve(key, t, h, plateau, index < 0 ? null : t[index], edge(t, h, plateau, index));
    }

    /**
     * The falling edge of hits against threshold, with or without a fit.
     *
     * @param t thresholds, ascending [DAC counts]
     * @param h hits at each
     * @param settled index of the first settled point, or -1
     */
    public static Edge edge(double[] t, double[] h, Plateau plateau, int settled) {
        return settled < 0
                ? Edge.without(plateau.hits(), "the curve does not settle on the plateau")
                : EdgeFit.of(Arrays.copyOfRange(t, settled, t.length), Arrays.copyOfRange(h, settled, h.length));
    }

    public @Nullable SCurveFit fit() {
        return edge.fit();
    }

    /** Median distance of neighbouring thresholds [DAC counts]. */
    double step() {
        return EdgeFit.step(thresholds);
    }

    /** Index of the last of some counts that is at least so large, or -1. */
    static int lastAtLeast(double[] counts, double least) {
        int last = counts.length - 1;
        while (last >= 0 && counts[last] < least) {
            last--;
        }
        return last;
    }

    /** Hits at a threshold, the mean of its runs; NaN where there is none. */
    double hitsAt(double threshold) {
        return IntStream.range(0, hits.length)
                .filter(i -> thresholds[i] == threshold)
                .mapToDouble(i -> hits[i])
                .average()
                .orElse(Double.NaN);
    }

    /** Whether any pulse was seen. */
    public boolean hasHits() {
        return Arrays.stream(hits).anyMatch(h -> h > 0);
    }

    /** The smallest threshold with hits [DAC counts]; the curve has some. */
    public double firstWithHits() {
        int i = 0;
        while (hits[i] == 0) {
            i++;
        }
        return thresholds[i];
    }

    /** The largest threshold with hits [DAC counts]; the curve has some. */
    public double lastWithHits() {
        return thresholds[lastAtLeast(hits, Double.MIN_NORMAL)];
    }

    /** Whether the last point has hits, so that {@link #lastWithHits} is a lower limit. */
    public boolean endsWithHits() {
        return hits[hits.length - 1] > 0;
    }

    /** Whether hits fall to less than half of the plateau before the scan ends. */
    private boolean hasEdge() {
        int half = lastAtLeast(hits, plateau.hits() / 2);
        return half >= 0 && half < hits.length - 1;
    }

    /** Up to which threshold, not included, the curve has lost nothing to its edge [DAC counts]. */
    double clearOfEdge() {
        SCurveFit fit = fit();
        if (fit != null) {
            return fit.t50() - CLEAR_WIDTHS * fit.noise();
        }
        if (!hasEdge()) {
            return Double.POSITIVE_INFINITY;
        }
        double last = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < hits.length; i++) {
            if (hits[i] > FULL * plateau.hits() && hits[i] < plateau.bump()) {
                last = thresholds[i];
            }
        }
        return last - step() / 2;
    }

    /** Hits on the plateau of this curve. */
    double height() {
        return fit() == null ? plateau.hits() : edge.plateau();
    }

    /** Relative scatter of the counts on the plateau, before the edge; at least one hit. */
    double relativeSpread() {
        double from = settled == null ? Double.POSITIVE_INFINITY : settled;
        double until = clearOfEdge();
        double[] fractions = IntStream.range(0, hits.length)
                .filter(i -> thresholds[i] >= from && thresholds[i] < until)
                .mapToDouble(i -> hits[i] / height())
                .toArray();
        return Math.max(Spread.of(fractions), 1 / height());
    }
}
