package etroc.scan;

import etroc.fits.Chi2;
import etroc.fits.SCurveFit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Fits the falling edge of a curve within a window about it, and leaves out points that are no part of the curve, such as a run that was
 * cut short (src/docs/analysis.md, section 1).
 */
final class EdgeFit {
    private static final double WINDOW_NOISES = 5;
    private static final double WINDOW_STEPS = 2.5;
    private static final double MIN_START_STEPS = 0.3;
    /** Below half height by so many widths nothing is lost to the edge. */
    private static final double ON_PLATEAU = 2;

    private static final double CLEAR_OF_EDGE = 2.5;
    private static final int MIN_FOR_MEDIAN = 4;
    private static final double MOVED = 0.01;
    private static final int MAX_ROUNDS = 40;
    private static final double OUTLIER = 5;
    private static final double MAX_LEFT_OUT = 0.2;
    private static final double MIN_SPREAD = 0.25;
    private static final double BELOW_PLATEAU = 4;
    private static final double EDGE_FROM = 0.02;
    private static final int MIN_EDGE_POINTS = 3;

    private final double[] t;
    private final double[] h;
    private final double settled;
    private final double height;
    private final double step;
    private final BitSet leftOut = new BitSet();
    /** Points of the fit, and N. */
    private BitSet window = new BitSet();

    private double pulses;

    /** @param thresholds from the settled one on, ascending */
    private EdgeFit(double[] thresholds, double[] hits) {
        t = thresholds;
        h = hits;
        settled = t[0];
        height = heightOf(h);
        step = step(t);
        pulses = height;
    }

    /**
     * Fits.
     *
     * @param thresholds of a curve from the settled one on, ascending, at least one [DAC counts]
     * @param hits at each
     */
    static Edge of(double[] thresholds, double[] hits) {
        return new EdgeFit(thresholds, hits).edge();
    }

    /** Median distance of neighbouring different thresholds; 1 if there are not two. */
    static double step(double[] thresholds) {
        double[] different = Arrays.stream(thresholds).sorted().distinct().toArray();
        double[] distances = IntStream.range(1, different.length)
                .mapToDouble(i -> different[i] - different[i - 1])
                .toArray();
        return distances.length == 0 ? 1 : StatUtils.percentile(distances, 50);
    }

    /** Median of the largest quarter. */
    private static double heightOf(double[] hits) {
        double[] sorted = Arrays.stream(hits).sorted().toArray();
        int quarter = (sorted.length + 3) / 4;
        return StatUtils.percentile(sorted, sorted.length - quarter, quarter, 50);
    }

    private Edge edge() {
        int half = Curve.lastAtLeast(h, height / 2);
        if (half < 0 || half == t.length - 1) {
            return Edge.without(height, "the curve ends above half height");
        }
        double t50 = t[half] + (t[half + 1] - t[half]) * (h[half] - height / 2) / (h[half] - h[half + 1]);
        double width = (t[Curve.lastAtLeast(h, 0.16 * height)] - t[Curve.lastAtLeast(h, 0.84 * height)]) / 2;
        SCurveFit fit = settle(t50, Math.max(width, MIN_START_STEPS * step));
        boolean remain = false;
        for (int worst = worst(fit); worst >= 0; worst = worst(fit)) {
            if (!mayLeaveOut(fit)) {
                remain = true;
                break;
            }
            leftOut.set(worst);
            fit = settle(fit.t50(), fit.noise());
        }
        return judged(fit, remain);
    }

    private Edge judged(SCurveFit fit, boolean remain) {
        double[] onPlateau = counts(window, i -> t[i] < fit.t50() - ON_PLATEAU * fit.noise());
        double m = onPlateau.length == 0 ? height : StatUtils.percentile(onPlateau, 50);
        double spread =
                Math.max(Math.max(MIN_SPREAD, Spread.of(onPlateau)), Math.sqrt(Math.max(0, m * (1 - m / pulses))));
        if (counts(window, i -> h[i] > 0 && h[i] < m - BELOW_PLATEAU * spread).length < 2) {
            return without("fewer than two points between 0 and the plateau");
        }
        if (!fit.converged()) {
            return without("the fit of the edge did not converge");
        }
        if (fit.t50() - settled < CLEAR_OF_EDGE * fit.noise()) {
            return without("the edge is too near to the settled threshold");
        }
        List<String> remarks = new ArrayList<>();
        if (!leftOut.isEmpty()) {
            remarks.add("left out: "
                    + leftOut.stream()
                            .mapToObj(i -> String.format(Locale.ROOT, "%.0f hits at threshold %.0f", h[i], t[i]))
                            .collect(Collectors.joining(", ")));
        }
        if (remain) {
            remarks.add("outliers remain");
        }
        double[] onEdge = counts(window, i -> {
            double fraction = SCurveFit.edge(t[i], fit.t50(), fit.noise());
            return fraction > EDGE_FROM && fraction < 1 - EDGE_FROM;
        });
        if (onEdge.length < MIN_EDGE_POINTS) {
            remarks.add("only " + onEdge.length + " points on the edge: a bad run there cannot be seen");
        }
        if (Chi2.probability(fit.chi2(), fit.ndf()) < Chi2.IMPOSSIBLE) {
            remarks.add(
                    String.format(Locale.ROOT, "the edge is not Gaussian: chi2/ndf %.3g/%d", fit.chi2(), fit.ndf()));
        }
        return Edge.of(fit, pulses, leftOut.stream().mapToObj(i -> t[i]).toList(), String.join("; ", remarks));
    }

    private Edge without(String why) {
        return Edge.without(height, why);
    }

    /** Window, number of pulses and fit, until none of them moves. */
    private SCurveFit settle(double t50Start, double noiseStart) {
        double t50 = t50Start;
        double noise = noiseStart;
        List<BitSet> seen = new ArrayList<>();
        BitSet held = null;
        while (true) {
            window = held == null ? window(t50, noise) : held;
            int before = seen.indexOf(window);
            if (held == null && before >= 0 && before < seen.size() - 1) { // a cycle: the union of its windows
                held = new BitSet();
                seen.subList(before, seen.size()).forEach(held::or);
                window = held;
            }
            seen.add(window);
            pulses = pulses(t50, noise);
            double[] x = window.stream().mapToDouble(i -> t[i]).toArray();
            double[] y = window.stream().mapToDouble(i -> h[i]).toArray();
            SCurveFit fit = SCurveFit.fit(x, y, pulses, t50, noise);
            boolean still = Math.abs(fit.t50() - t50) < MOVED * fit.noise()
                    && Math.abs(fit.noise() - noise) < MOVED * fit.noise();
            if (still || !fit.converged() || seen.size() == MAX_ROUNDS) {
                return fit;
            }
            t50 = fit.t50();
            noise = fit.noise();
        }
    }

    private BitSet window(double t50, double noise) {
        double reach = Math.max(WINDOW_NOISES * noise, WINDOW_STEPS * step);
        return points(i -> Math.abs(t[i] - t50) <= reach && !leftOut.get(i));
    }

    /** N: the largest count before the edge, or what the scatter of the plateau says of a chip that sees only part of the pulses. */
    private double pulses(double t50, double noise) {
        double largest = Arrays.stream(counts(window, i -> t[i] < t50 - ON_PLATEAU * noise))
                .max()
                .orElse(height);
        double[] plateau = counts(points(i -> !leftOut.get(i)), i -> t[i] <= t50 - CLEAR_OF_EDGE * noise);
        if (plateau.length < MIN_FOR_MEDIAN) {
            return largest;
        }
        double m = StatUtils.percentile(plateau, 50);
        double spread = Spread.of(plateau);
        if (m == 0) { // most of the plateau's runs are empty
            return largest;
        }
        return Math.max(largest, Math.rint(m / (1 - Math.min(0.5, spread * spread / m))));
    }

    /** The point farthest from the fit, if that is too far, or -1. */
    private int worst(SCurveFit fit) {
        int worst = -1;
        double most = OUTLIER;
        for (int i = window.nextSetBit(0); i >= 0; i = window.nextSetBit(i + 1)) {
            double p = fit.seen(t[i]);
            double pull = Math.abs(h[i] - pulses * p) / Math.sqrt(Math.max(1, pulses * p * (1 - p)));
            if (pull > most && h[i] < pulses) { // more hits than pulses are noise, not a bad run
                most = pull;
                worst = i;
            }
        }
        return worst;
    }

    /** One point more may go if not more than a fifth of the window's are gone then. */
    private boolean mayLeaveOut(SCurveFit fit) {
        double reach = Math.max(WINDOW_NOISES * fit.noise(), WINDOW_STEPS * step);
        BitSet gone = points(i -> leftOut.get(i) && Math.abs(t[i] - fit.t50()) <= reach);
        return gone.cardinality() + 1 <= MAX_LEFT_OUT * (window.cardinality() + gone.cardinality());
    }

    private BitSet points(IntPredicate which) {
        BitSet points = new BitSet();
        IntStream.range(0, t.length).filter(which).forEach(points::set);
        return points;
    }

    private double[] counts(BitSet of, IntPredicate which) {
        return of.stream().filter(which).mapToDouble(i -> h[i]).toArray();
    }
}
