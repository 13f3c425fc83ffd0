package etroc.scan.bench;

import etroc.About;
import etroc.fits.BinomialEdge;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The edge of hits against threshold of a pixel and charge. A number that cannot be had is NaN. */
@About("a pixel, charge and delay")
record TdcEdge(
        Pixel pixel,
        @About("injected charge [fC]") int charge,
        @About("steps of 781 ps") int delay,
        @About("thresholds of the fit") int points,

        @About("thresholds left out: below the plateau's end, near the baseline, or without frames")
        int leftOut,

        @About("half height [DAC]") double t50,
        @About("its uncertainty [DAC]") double t50Unc,
        @About("Gaussian width of the edge [DAC]") double s,
        @About("its uncertainty [DAC]") double sUnc,
        String remark) {
    static final String TABLE = "tdc_edges";
    /** Nearer to the baseline the noise is seen [widths]. */
    static final double NOISE_WIDTHS = 5;

    /** Fits the points of one pixel, charge and delay, in the order of thresholds. */
    static TdcEdge of(List<TdcPoint> all, @Nullable Baseline baseline) {
        TdcPoint.Key key = all.get(0).key();
        double least = baseline == null || baseline.method().equals(Baseline.CHIP)
                ? Double.NEGATIVE_INFINITY
                : baseline.baseline() + NOISE_WIDTHS * baseline.width();
        List<TdcPoint> measured = all.stream()
                .filter(p -> p.frames() > 0)
                .filter(p -> !(p.key().threshold() < least))
                .toList();
        List<TdcPoint> used = fromPlateau(measured);
        double[] d = used.stream().mapToDouble(p -> p.key().threshold()).toArray();
        double[] n = used.stream().mapToDouble(TdcPoint::frames).toArray();
        double[] k = used.stream().mapToDouble(TdcEdge::seen).toArray();
        int between = BinomialEdge.between(k, n);
        BinomialEdge fit = BinomialEdge.fit(d, k, n);
        List<String> remarks = new ArrayList<>();
        if (fit == null) {
            remarks.add(between < 2 ? "only " + between + " points between no and all hits" : "no falling edge");
        }
        long more = used.stream().filter(p -> p.hits() > p.frames()).count();
        if (more > 0) {
            remarks.add("more hits than frames at " + more + " thresholds");
        }
        return new TdcEdge(
                key.pixel(),
                key.charge(),
                key.delay(),
                used.size(),
                all.size() - used.size(),
                fit == null ? Double.NaN : fit.t50(),
                fit == null ? Double.NaN : fit.t50Unc(),
                fit == null ? Double.NaN : fit.s(),
                fit == null ? Double.NaN : fit.sUnc(),
                String.join("; ", remarks));
    }

    private static long seen(TdcPoint p) {
        return Math.min(p.hits(), p.frames());
    }

    /** Without the rising side: from the smallest threshold that has the largest fraction of hits. */
    private static List<TdcPoint> fromPlateau(List<TdcPoint> points) {
        int top = 0;
        for (int i = 1; i < points.size(); i++) {
            TdcPoint best = points.get(top);
            TdcPoint p = points.get(i);
            top = seen(p) * best.frames() > seen(best) * p.frames() ? i : top;
        }
        return points.subList(Math.min(top, points.size()), points.size());
    }
}
