package etroc.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.commons.math3.stat.StatUtils;
import org.jspecify.annotations.Nullable;

/**
 * Hits beyond the pulses against threshold, pooled over the curves of a pixel, and where they are few enough to run
 * (src/docs/analysis.md, section 1).
 *
 * @param threshold the first quiet one [DAC counts], or null
 * @param remark what is to be known of it; may be empty
 * @param noise noise by scanned threshold, as a fraction of the plateau
 */
record QuietThreshold(@Nullable Double threshold, String remark, TreeMap<Double, Noise> noise) {
    static final String UPPER_LIMIT = "the scan holds no noise bump: the quiet threshold is an upper limit";

    /** So many quiet thresholds in a row are no fluctuation. */
    private static final int IN_A_ROW = 3;
    /** A fraction that is within so many of its errors of 0 is quiet, up to {@link #MOST_BY_ERROR}. */
    private static final double ERRORS = 4;

    private static final double MOST_BY_ERROR = 0.03;

    /**
     * What is seen beyond the pulses at a threshold.
     *
     * @param fraction of the plateau, median over the curves
     * @param unc its uncertainty
     */
    record Noise(double fraction, double unc) {
        private boolean isQuiet(double maxFraction) {
            return fraction <= Math.max(maxFraction, Math.min(ERRORS * unc, MOST_BY_ERROR));
        }
    }

    /** @param maxFraction the noise to run with, as a fraction of the pulses */
    static QuietThreshold of(List<Curve> curves, double maxFraction) {
        TreeMap<Double, Noise> noise = pooled(curves);
        List<Double> t = List.copyOf(noise.keySet());
        List<Noise> f = List.copyOf(noise.values());
        int loudest = -1;
        for (int i = 0; i < f.size(); i++) {
            if (loudest < 0 || f.get(i).fraction() > f.get(loudest).fraction()) {
                loudest = i;
            }
        }
        if (loudest < 0) {
            return new QuietThreshold(null, "no threshold before the edges", noise);
        }
        if (f.get(loudest).isQuiet(maxFraction)) {
            return new QuietThreshold(t.get(0), UPPER_LIMIT, noise);
        }
        for (int i = loudest + 1; i + IN_A_ROW <= f.size(); i++) {
            if (f.subList(i, i + IN_A_ROW).stream().allMatch(n -> n.isQuiet(maxFraction))) {
                return new QuietThreshold(t.get(i), "", noise);
            }
        }
        return new QuietThreshold(null, "no threshold is quiet between the noise and the edges", noise);
    }

    /** By threshold: of each curve that has it clear of its edge, what it sees beyond its plateau, and the scatter of that. */
    private static TreeMap<Double, Noise> pooled(List<Curve> curves) {
        TreeMap<Double, List<Noise>> all = new TreeMap<>();
        for (Curve c : curves) {
            double spread = c.relativeSpread();
            double until = c.clearOfEdge();
            Arrays.stream(c.thresholds())
                    .distinct()
                    .filter(t -> t < until)
                    .forEach(t -> all.computeIfAbsent(t, k -> new ArrayList<>())
                            .add(new Noise(c.hitsAt(t) / c.height() - 1, spread)));
        }
        TreeMap<Double, Noise> noise = new TreeMap<>();
        all.forEach((t, own) -> noise.put(t, median(own)));
        return noise;
    }

    private static Noise median(List<Noise> curves) {
        int n = curves.size();
        double[] fractions = curves.stream().mapToDouble(Noise::fraction).toArray();
        double squares = curves.stream().mapToDouble(c -> c.unc() * c.unc()).sum();
        return new Noise(StatUtils.percentile(fractions, 50), Math.sqrt(squares) / n);
    }

    /** At a threshold, or NaN where none was scanned clear of an edge. */
    double fractionAt(double threshold) {
        Noise found = noise.get(threshold);
        return found == null ? Double.NaN : found.fraction();
    }
}
