package etroc.scan;

import etroc.fits.Chi2;
import etroc.fits.LineFit;
import etroc.report.Figure;
import etroc.report.Rounded;
import etroc.report.Section;
import etroc.report.Series;
import etroc.scan.ScanPoint.PixelKey;
import etroc.scan.ScanTables.DacPoint;
import etroc.scan.ThresholdLine.Method;
import etroc.store.Tables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Figures of threshold against charge. */
final class LineFigures {
    private static final String LINES = "Threshold against charge";
    private static final int MOST_PIXELS = 8;
    private static final String HALF_HEIGHT = "half height of the S-curve";
    private static final String LAST_HIT = "last threshold with hits";

    private final Map<PixelKey, List<DacPoint>> points;
    private final Map<PixelKey, List<Line>> lines;
    private final Map<PixelKey, List<SuggestedThreshold>> suggested;

    LineFigures(Tables tables) {
        points = ScanFigures.byPixel(
                tables.as(ScanTables.DAC_POINTS, DacPoint.class), p -> p.curve().pixel());
        lines = ScanFigures.byPixel(tables.as(ScanTables.LINES, Line.class), Line::pixel);
        suggested = ScanFigures.byPixel(
                tables.as(ScanTables.SUGGESTED, SuggestedThreshold.class), SuggestedThreshold::pixel);
    }

    private static DoubleSummaryStatistics charges(List<DacPoint> rows) {
        return rows.stream().mapToDouble(p -> p.curve().charge()).summaryStatistics();
    }

    /** The line of a pixel, with its points, noise region and suggested thresholds. */
    Figure line(PixelKey pixel) {
        String title = LINES + ", " + ScanFigures.text(pixel);
        List<DacPoint> own = ScanFigures.of(points, pixel);
        List<DacPoint> edges =
                own.stream().filter(p -> Double.isFinite(p.t50())).toList();
        List<DacPoint> last = own.stream()
                .filter(p -> Double.isFinite(p.maxThresholdWithHits()))
                .toList();
        if (edges.isEmpty() && last.isEmpty()) {
            return Figure.empty(ScanFigures.id("line", pixel), LINES, title, "no charge has hits");
        }
        List<Line> fits = ScanFigures.of(lines, pixel);
        List<Series> series = new ArrayList<>(noise(fits, charges(own)));
        series.add(Series.Points.of(HALF_HEIGHT, edges, p -> p.curve().charge(), DacPoint::t50, DacPoint::t50Unc));
        series.add(Series.Points.of(
                LAST_HIT, last, p -> p.curve().charge(), DacPoint::maxThresholdWithHits, p -> Double.NaN));
        List<Suggestion> toSet = suggestions(pixel);
        DoubleSummaryStatistics span = charges(own);
        toSet.forEach(s -> span.accept(s.charge())); // the line is drawn to where it is used
        fits.forEach(l -> series.addAll(fitted(l, span, edges.size())));
        series.add(Series.Points.of(
                "suggested thresholds", toSet, Suggestion::charge, Suggestion::threshold, Suggestion::thresholdUnc));
        List<String> notes =
                new ArrayList<>(fits.stream().map(LineFigures::note).toList());
        toSet.stream()
                .filter(s -> !s.remark().isEmpty())
                .forEach(s -> notes.add(s.threshold() + " DAC for " + s.charge() + " fC: " + s.remark()));
        return new Figure(
                ScanFigures.id("line", pixel),
                LINES,
                title,
                ScanFigures.CHARGE,
                ScanFigures.THRESHOLD,
                series,
                notes,
                "");
    }

    /** The lines of all pixels, to what they are used for: which threshold to set for a charge. */
    Figure all(List<PixelKey> pixels) {
        List<Series> series = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (PixelKey pixel : pixels.subList(0, Math.min(MOST_PIXELS, pixels.size()))) {
            String name = ScanFigures.text(pixel);
            List<DacPoint> edges = ScanFigures.of(points, pixel).stream()
                    .filter(p -> Double.isFinite(p.t50()))
                    .toList();
            series.add(Series.Points.of(name, edges, p -> p.curve().charge(), DacPoint::t50, DacPoint::t50Unc));
            DoubleSummaryStatistics span = charges(edges);
            List<Suggestion> toSet = suggestions(pixel);
            toSet.forEach(s -> span.accept(s.charge()));
            ScanFigures.of(lines, pixel).stream()
                    .filter(l -> l.method() == Method.S_CURVE && Double.isFinite(l.slope()) && edges.size() > 1)
                    .forEach(l -> {
                        LineFit fit = l.fit();
                        series.add(Series.Line.of(name + ": line", span.getMin(), span.getMax(), fit::at));
                        series.add(Series.Band.of(
                                name + ": one standard deviation",
                                span.getMin(),
                                span.getMax(),
                                q -> fit.at(q) - fit.unc(q),
                                q -> fit.at(q) + fit.unc(q)));
                        if (Double.isFinite(l.noiseMaxDac())) {
                            series.add(Series.Band.of(
                                    name + ": noise", span.getMin(), span.getMax(), l.noiseMinDac(), l.noiseMaxDac()));
                        }
                        notes.add(name + ": " + Rounded.of(l.slope(), l.slopeUnc()) + " DAC/fC");
                    });
            series.add(Series.Points.of(
                    name + ": to set", toSet, Suggestion::charge, Suggestion::threshold, Suggestion::thresholdUnc));
        }
        if (pixels.size() > MOST_PIXELS) {
            notes.add("the first " + MOST_PIXELS + " of " + pixels.size() + " pixels; table dac_vs_charge has all");
        }
        return new Figure(
                "thresholds",
                Section.ANSWER,
                "Threshold to set for a charge",
                ScanFigures.CHARGE,
                ScanFigures.THRESHOLD,
                series,
                notes,
                "");
    }

    private List<Suggestion> suggestions(PixelKey pixel) {
        return ScanFigures.of(suggested, pixel).stream()
                .filter(s -> s.method() == Method.S_CURVE)
                .map(SuggestedThreshold::suggestion)
                .toList();
    }

    private static List<Series> noise(List<Line> fits, DoubleSummaryStatistics charges) {
        return fits.stream()
                .filter(l -> Double.isFinite(l.noiseMaxDac()))
                .max(Comparator.comparing(Line::method))
                .stream()
                .<Series>map(l -> Series.Band.of(
                        "noise region",
                        Math.min(0, charges.getMin()),
                        charges.getMax(),
                        l.noiseMinDac(),
                        l.noiseMaxDac()))
                .toList();
    }

    /** A line, and the band of one standard deviation about it. */
    private static List<Series> fitted(Line l, DoubleSummaryStatistics charges, int points) {
        LineFit fit = l.fit();
        double low = charges.getMin();
        double high = charges.getMax();
        if (!Double.isFinite(l.slope())) {
            return List.of();
        }
        List<Double> ends = List.of(low, high);
        Series line = new Series.Line(
                (l.method() == Method.S_CURVE ? HALF_HEIGHT : LAST_HIT) + ": line",
                ends,
                ends.stream().map(fit::at).toList());
        return l.method() == Method.S_CURVE && points > 1
                ? List.of(
                        line,
                        Series.Band.of(
                                HALF_HEIGHT + ": one standard deviation",
                                low,
                                high,
                                q -> fit.at(q) - fit.unc(q),
                                q -> fit.at(q) + fit.unc(q)))
                : List.of(line);
    }

    private static String note(Line l) {
        if (!Double.isFinite(l.slope())) {
            return l.method() + ": " + l.remark();
        }
        String numbers = String.format(
                Locale.ROOT,
                "%s: slope %s DAC/fC, intercept %s DAC",
                l.method(),
                Rounded.of(l.slope(), l.slopeUnc()),
                Rounded.of(l.intercept(), l.interceptUnc()));
        return Stream.of(numbers, goodness(l), l.said())
                .filter(t -> !t.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String goodness(Line l) {
        return l.method() == Method.S_CURVE && l.ndf() != null && l.ndf() > 0
                ? String.format(
                        Locale.ROOT,
                        "chi2/ndf %.3g/%d (probability %.2g)",
                        l.chi2(),
                        l.ndf(),
                        Chi2.probability(l.chi2(), l.ndf()))
                : "";
    }

    /** What is left of the half heights without the line. */
    Figure residuals(PixelKey pixel) {
        String title = "Residuals, " + ScanFigures.text(pixel);
        List<DacPoint> own = ScanFigures.of(points, pixel).stream()
                .filter(p -> Double.isFinite(p.t50Residual()))
                .toList();
        if (own.isEmpty()) {
            return Figure.empty(ScanFigures.id("residuals", pixel), LINES, title, "no line through the half heights");
        }
        DoubleSummaryStatistics charges = charges(own);
        List<Series> series = List.of(
                Series.Points.of(HALF_HEIGHT, own, p -> p.curve().charge(), DacPoint::t50Residual, DacPoint::t50Unc),
                new Series.Line("zero", List.of(charges.getMin(), charges.getMax()), List.of(0.0, 0.0)));
        return new Figure(
                ScanFigures.id("residuals", pixel),
                LINES,
                title,
                ScanFigures.CHARGE,
                "half height - line [DAC counts]",
                series,
                List.of(),
                "");
    }
}
