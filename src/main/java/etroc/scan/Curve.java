package etroc.scan;

import etroc.fits.SCurveFit;
import etroc.scan.ScanPoint.CurveKey;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hits against threshold of one pixel at one charge, and what is read off it.
 *
 * @param thresholds ascending [DAC counts]
 * @param hits at each threshold
 * @param plateau of the board
 * @param settled first settled threshold [DAC counts], or null
 * @param fit of the falling edge, or null
 * @param remark why there is no fit, or empty
 */
public record Curve(
        CurveKey key,
        double[] thresholds,
        double[] hits,
        Plateau plateau,
        @Nullable Double settled,
        @Nullable SCurveFit fit,
        String remark) {
    /** An edge nearer to the settled threshold than this, in units of its width, is no edge: the plateau was not reached. */
    private static final double MIN_PLATEAU_WIDTHS = 2.5;

    /** Reads a curve off the points of one key, which come in {@link ScanPoint#ORDER}. */
    static Curve of(CurveKey key, List<ScanPoint> points, Plateau plateau, int rollingMean) {
        double[] t = points.stream().mapToDouble(ScanPoint::threshold).toArray();
        double[] h = points.stream().mapToDouble(ScanPoint::hits).toArray();
        int index = plateau.firstSettled(h, rollingMean);
        Double settled = index < 0 ? null : t[index];
        Curve unfitted = new Curve(key, t, h, plateau, settled, null, "");
        return index < 0 ? unfitted.without("the curve does not settle on the plateau") : unfitted.fitted(index);
    }

    private Curve without(String why) {
        return new Curve(key, thresholds, hits, plateau, settled, null, why);
    }

    private Curve fitted(int settledIndex) {
        double pulses = plateau.hits();
        int above = lastAtLeast(pulses / 2);
        if (above < settledIndex || above == hits.length - 1) {
            return without(
                    above < settledIndex
                            ? "no half-height threshold beyond the settled one"
                            : "the curve ends above half height");
        }
        double halfHeight = thresholds[above]
                + (thresholds[above + 1] - thresholds[above])
                        * (hits[above] - pulses / 2)
                        / (hits[above] - hits[above + 1]);
        double from = (thresholds[settledIndex] + halfHeight) / 2;
        int first = firstFrom(from);
        double[] t = Arrays.copyOfRange(thresholds, first, thresholds.length);
        double[] h = Arrays.copyOfRange(hits, first, hits.length);
        if (Arrays.stream(h).filter(c -> c > 0 && c < pulses).count() < 2) {
            return without("fewer than two points between 0 and the plateau");
        }
        SCurveFit result = SCurveFit.fit(t, h, pulses, halfHeight, startWidth(t, h, pulses, halfHeight));
        if (!result.converged()) {
            return without("the fit of the edge did not converge");
        }
        if (result.t50() - thresholds[settledIndex] < MIN_PLATEAU_WIDTHS * result.noise()) {
            return without("the edge is too near to the settled threshold");
        }
        return new Curve(key, thresholds, hits, plateau, settled, result, "");
    }

    /** Width of the edge from the mean distance to half height of what is missing below it and left above it. */
    private static double startWidth(double[] t, double[] h, double pulses, double halfHeight) {
        double area = 0;
        for (int i = 1; i < t.length; i++) {
            double fraction = Math.min(h[i], pulses) / pulses;
            area += (t[i] - t[i - 1]) * (t[i] < halfHeight ? 1 - fraction : fraction);
        }
        return Math.max(area * Math.sqrt(Math.PI / 2), 0.2 * (t[t.length - 1] - t[0]) / t.length);
    }

    private int lastAtLeast(double count) {
        int last = hits.length - 1;
        while (last >= 0 && hits[last] < count) {
            last--;
        }
        return last;
    }

    private int firstFrom(double threshold) {
        int first = 0;
        while (thresholds[first] < threshold) {
            first++;
        }
        return first;
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
        return thresholds[lastAtLeast(Double.MIN_NORMAL)];
    }

    /** Whether the last point has hits, so that {@link #lastWithHits} is a lower limit. */
    public boolean endsWithHits() {
        return hits[hits.length - 1] > 0;
    }
}
