package etroc.scan.laser;

import etroc.About;
import etroc.fits.SCurveFit;
import etroc.scan.Curve;
import etroc.scan.Edge;
import etroc.scan.NoiseOptions;
import etroc.scan.Plateau;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code laser_curves}: the falling edge of hits against threshold. */
@About("an attenuation of a pixel and phase; a row without numbers says why")
record LaserCurve(
        LaserKey curve,
        @About("thresholds, repeated ones too") int points,
        @About("half height [DAC], by binomial likelihood") double t50,
        @About("its uncertainty [DAC]") double t50Unc,
        @About("Gaussian width of the edge [DAC]") double noise,
        @About("its uncertainty [DAC]") double noiseUnc,
        @About("fraction of the pulses seen on the plateau") double efficiency,
        @About("its uncertainty; none where all are seen") double efficiencyUnc,

        @About("Pearson's, over points with N p (1-p) > 0.5")
        double chi2,

        @About("number of those points minus 3") @Nullable Integer ndf,

        @About("N, pulses of a run; without a fit the height of the curve [hits]")
        double pulses,

        @About(
                "what uncertainties are multiplied by: sqrt(chi2/ndf) where that chi2 has a probability below 0.01, else 1")
        double uncertaintyScale,

        @About("points that are no part of the curve") int pointsLeftOut,

        @About("why there is no fit, or what is to be known of it")
        String remark) {
    static final String TABLE = "laser_curves";

    /** The curves of some points, by {@link LaserKey}. */
    static List<LaserCurve> of(List<LaserPoint> points, NoiseOptions options) {
        Map<LaserKey, List<LaserPoint>> byPixel = points.stream()
                .collect(Collectors.groupingBy(p -> p.curve().pixel(), TreeMap::new, Collectors.toList()));
        List<LaserCurve> curves = new ArrayList<>();
        byPixel.values().forEach(own -> {
            Plateau plateau = Plateau.of(hits(own), options);
            Map<LaserKey, List<LaserPoint>> byCurve =
                    own.stream().collect(Collectors.groupingBy(LaserPoint::curve, TreeMap::new, Collectors.toList()));
            byCurve.forEach((key, of) -> curves.add(of(key, of, plateau, options.rollingMean())));
        });
        return curves;
    }

    private static double[] hits(List<LaserPoint> points) {
        return points.stream().mapToDouble(p -> p.times().hits()).toArray();
    }

    private static LaserCurve of(LaserKey key, List<LaserPoint> points, Plateau plateau, int rollingMean) {
        List<LaserPoint> sorted = points.stream()
                .sorted(Comparator.comparingInt(LaserPoint::boardDiscriminatorThreshold)
                        .thenComparingLong(p -> p.times().hits()))
                .toList();
        double[] t = sorted.stream()
                .mapToDouble(LaserPoint::boardDiscriminatorThreshold)
                .toArray();
        double[] h = hits(sorted);
        Edge edge = Curve.edge(t, h, plateau, plateau.firstSettled(h, rollingMean));
        SCurveFit fit = edge.fit();
        return new LaserCurve(
                key,
                t.length,
                number(fit, SCurveFit::t50),
                number(fit, SCurveFit::t50Unc),
                number(fit, SCurveFit::noise),
                number(fit, SCurveFit::noiseUnc),
                number(fit, SCurveFit::efficiency),
                number(fit, SCurveFit::efficiencyUnc),
                number(fit, SCurveFit::chi2),
                fit == null ? null : fit.ndf(),
                edge.pulses(),
                edge.uncertaintyScale(),
                edge.leftOut().size(),
                edge.remark());
    }

    private static double number(@Nullable SCurveFit fit, ToDoubleFunction<SCurveFit> value) {
        return fit == null ? Double.NaN : value.applyAsDouble(fit);
    }
}
