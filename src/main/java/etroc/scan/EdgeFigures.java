package etroc.scan;

import etroc.fits.SCurveFit;
import etroc.report.Figure;
import etroc.report.Series;
import etroc.scan.ScanPoint.PixelKey;
import etroc.scan.ScanTables.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Figures of the edges of S-curves: each beside its half height, what the points differ by, and the noise. */
final class EdgeFigures {
    private static final String EDGES = "Edges of the S-curves";
    private static final String DISTANCE = "threshold - half height [DAC counts]";
    /** Widths of an edge that are shown, to both sides. */
    private static final double SHOWN_WIDTHS = 6;
    /** Of the points whose pulls are shown: N p (1 - p), as for chi2. */
    private static final double LEAST_VARIANCE = 0.5;

    private EdgeFigures() {}

    private static List<SCurve> fitted(List<SCurve> curves) {
        return curves.stream()
                .filter(c -> Double.isFinite(c.t50()) && c.noise() > 0 && c.pulses() > 0)
                .toList();
    }

    private static double height(SCurve c, double threshold) {
        return c.efficiency() * SCurveFit.edge(threshold, c.t50(), c.noise());
    }

    /** Fractions of the pulses about the half heights of a pixel, and their pulls; none without a fit. */
    static List<Figure> edges(PixelKey pixel, List<Point> points, List<SCurve> curves) {
        List<Series> edges = new ArrayList<>();
        List<Series> pulls = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (SCurve c : fitted(curves)) {
            String name = c.curve().charge() + " fC";
            double reach = SHOWN_WIDTHS * c.noise();
            List<Point> near = points.stream()
                    .filter(p -> p.curve().equals(c.curve()) && Math.abs(p.threshold() - c.t50()) < reach)
                    .toList();
            ToDoubleFunction<Point> distance = p -> p.threshold() - c.t50();
            edges.add(Series.Points.of(
                    name, near, distance, p -> p.hits() / c.pulses(), p -> unc(p.hits() / c.pulses(), c.pulses())));
            edges.add(Series.Line.of(name + ": fit", -reach, reach, d -> height(c, c.t50() + d)));
            List<Point> tested = near.stream()
                    .filter(p -> variance(c, p.threshold()) > LEAST_VARIANCE)
                    .toList();
            pulls.add(Series.Points.of(
                    name,
                    tested,
                    distance,
                    p -> (p.hits() - c.pulses() * height(c, p.threshold())) / Math.sqrt(variance(c, p.threshold())),
                    p -> Double.NaN));
            if (c.ndf() != null && c.ndf() > 0) {
                notes.add(String.format(Locale.ROOT, "%s chi2/ndf %.1f/%d", name, c.chi2(), c.ndf()));
            }
        }
        if (edges.isEmpty()) {
            return List.of();
        }
        double most = fitted(curves).stream().mapToDouble(SCurve::noise).max().orElse(1) * SHOWN_WIDTHS;
        return List.of(
                new Figure(
                                ScanFigures.id("edge", pixel),
                                EDGES,
                                EDGES + ", " + ScanFigures.text(pixel),
                                DISTANCE,
                                "fraction of the pulses",
                                edges,
                                List.of(),
                                "")
                        .scaled(ScanFigures.CHARGE)
                        .within(-most, most, -0.05, 1.15),
                new Figure(
                                ScanFigures.id("pulls", pixel),
                                EDGES,
                                "Pulls of the S-curves, " + ScanFigures.text(pixel),
                                DISTANCE,
                                "(hits - fit) / uncertainty",
                                pulls,
                                notes,
                                "")
                        .scaled(ScanFigures.CHARGE));
    }

    private static double variance(SCurve c, double threshold) {
        double p = height(c, threshold);
        return c.pulses() * p * (1 - p);
    }

    /** Of a fraction of N pulses. */
    private static double unc(double fraction, double pulses) {
        double p = Math.max(0, Math.min(1, fraction));
        return Math.sqrt(p * (1 - p) / pulses);
    }

    /** Noise of all pixels against charge, in DAC counts and as charge. */
    static List<Figure> noise(List<PixelKey> pixels, List<SCurve> curves) {
        return List.of(
                noise("noise-dac", "noise [DAC counts]", pixels, curves, SCurve::noise, SCurve::noiseUnc),
                noise("noise-fc", "equivalent noise charge [fC]", pixels, curves, SCurve::noiseFc, SCurve::noiseFcUnc));
    }

    private static Figure noise(
            String id,
            String axis,
            List<PixelKey> pixels,
            List<SCurve> curves,
            ToDoubleFunction<SCurve> value,
            ToDoubleFunction<SCurve> unc) {
        List<Series> series = new ArrayList<>();
        for (PixelKey pixel : pixels) {
            List<SCurve> own = curves.stream()
                    .filter(c -> c.curve().pixel().equals(pixel) && Double.isFinite(value.applyAsDouble(c)))
                    .toList();
            if (!own.isEmpty()) {
                series.add(Series.Points.of(
                        ScanFigures.text(pixel), own, c -> c.curve().charge(), value, unc));
            }
        }
        String title = "Noise against charge";
        return series.isEmpty()
                ? Figure.empty(id, EDGES, title, "no S-curve was fitted")
                : new Figure(id, EDGES, title, ScanFigures.CHARGE, axis, series, List.of(), "");
    }
}
