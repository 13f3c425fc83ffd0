package etroc.scan;

import etroc.report.Figure;
import etroc.report.Histograms;
import etroc.report.Rounded;
import etroc.report.Series;
import etroc.report.Tables;
import etroc.store.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.special.Erf;

/** The figures of a scan, from its tables. */
public final class ScanFigures {
    private static final String CURVES = "Hits against threshold";
    private static final String LINES = "Threshold against charge";
    private static final String MAPS = "Hit map";
    private static final String CODES = "Codes";
    private static final int POINTS = 80;

    private final Tables tables;

    public ScanFigures(Tables tables) {
        this.tables = tables;
    }

    /** A pixel of a board at a phase. */
    private record Pixel(long phase, long board, String pixel) implements Comparable<Pixel> {
        static Pixel of(Table.Row row) {
            return new Pixel(row.integer("phase_adjust"), row.integer("data_board_id"), row.text("pixel_id"));
        }

        boolean has(Table.Row row) {
            return of(row).equals(this);
        }

        String id() {
            return "board-" + board + "-" + pixel.replaceAll("[^A-Za-z0-9]", "_") + "-phase-" + phase;
        }

        String text() {
            return "board " + board + ", pixel " + pixel + ", phase " + phase;
        }

        @Override
        public int compareTo(Pixel other) {
            return java.util.Comparator.comparingLong(Pixel::board)
                    .thenComparing(Pixel::pixel)
                    .thenComparingLong(Pixel::phase)
                    .compare(this, other);
        }
    }

    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        List<Pixel> pixels = Tables.different(tables.rows("combined_etroc1_data"), Pixel::of);
        if (pixels.isEmpty()) {
            figures.add(Figure.empty("curves", CURVES, CURVES, "no board was scanned"));
        }
        pixels.forEach(p -> figures.add(curves(p)));
        pixels.forEach(p -> figures.add(line(p)));
        pixels.forEach(p -> figures.add(residuals(p)));
        pixels.forEach(p -> figures.add(map(p)));
        Histograms histograms = new Histograms(tables);
        for (long board : Tables.different(tables.rows("histograms"), r -> r.integer("data_board_id"))) {
            for (String variable : List.of("time_of_arrival", "time_over_threshold", "calibration_code")) {
                figures.add(histograms.variable(CODES, variable, board));
            }
        }
        return figures;
    }

    private Figure curves(Pixel pixel) {
        List<Table.Row> points = tables.rows("combined_etroc1_data", pixel::has);
        List<Series> series = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        double most = points.stream().mapToDouble(r -> r.number("hits")).max().orElse(0);
        tables.rows("noise_limit_data", pixel::has).forEach(n -> {
            if (Double.isFinite(n.number("noise_min_dac")) && Double.isFinite(n.number("noise_max_dac"))) {
                series.add(new Series.Band(
                        "noise region",
                        List.of(n.number("noise_min_dac"), n.number("noise_max_dac")),
                        List.of(0.0, 0.0),
                        List.of(most, most)));
            }
            double plateau = n.number("plateau");
            double window = n.number("plateau_window");
            if (Double.isFinite(plateau) && Double.isFinite(window)) {
                List<Double> ends = List.of(
                        points.get(0).number("board_discriminator_threshold"),
                        points.get(points.size() - 1).number("board_discriminator_threshold"));
                series.add(new Series.Band(
                        "plateau",
                        ends,
                        List.of(plateau - window, plateau - window),
                        List.of(plateau + window, plateau + window)));
            }
            notes.add("plateau " + Rounded.of(n.real("plateau"), n.real("plateau_window")) + " hits");
            if (!n.text("remark").isEmpty()) {
                notes.add(n.text("remark"));
            }
        });
        for (long charge : Tables.different(points, r -> r.integer("board_injected_charge"))) {
            List<Table.Row> of = points.stream()
                    .filter(r -> r.integer("board_injected_charge") == charge)
                    .toList();
            List<Double> unc = new ArrayList<>();
            of.forEach(r -> unc.add(Math.sqrt(r.number("hits"))));
            series.add(new Series.Points(
                    charge + " fC",
                    Tables.column(of, "board_discriminator_threshold"),
                    Tables.column(of, "hits"),
                    unc));
            tables.rows("s_curve_fits", r -> pixel.has(r) && r.integer("board_injected_charge") == charge).stream()
                    .filter(r -> Double.isFinite(r.number("t50")))
                    .forEach(f -> series.add(sCurve(f, charge)));
        }
        return new Figure(
                "hits-" + pixel.id(),
                CURVES,
                CURVES + ", " + pixel.text(),
                "threshold [DAC counts]",
                "hits",
                series,
                notes,
                "");
    }

    private static Series sCurve(Table.Row fit, long charge) {
        double t50 = fit.number("t50");
        double noise = fit.number("noise");
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (int i = 0; i <= POINTS; i++) {
            double at = t50 + noise * (12.0 * i / POINTS - 6);
            x.add(at);
            y.add(fit.number("pulses") / 2 * Erf.erfc((at - t50) / (noise * Math.sqrt(2))));
        }
        String name =
                String.format(Locale.ROOT, "%d fC: t50 %s", charge, Rounded.of(fit.real("t50"), fit.real("t50_unc")));
        return new Series.Line(name, x, y);
    }

    private Figure line(Pixel pixel) {
        String id = "line-" + pixel.id();
        String title = LINES + ", " + pixel.text();
        List<Table.Row> points = tables.rows("dac_points", pixel::has);
        List<Table.Row> fits = tables.rows("dac_vs_charge", pixel::has);
        List<Table.Row> settled =
                points.stream().filter(r -> Double.isFinite(r.number("t50"))).toList();
        List<Table.Row> last = points.stream()
                .filter(r -> Double.isFinite(r.number("max_threshold_with_hits")))
                .toList();
        if (settled.isEmpty() && last.isEmpty()) {
            return Figure.empty(id, LINES, title, "no charge has hits");
        }
        List<Series> series = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        double low = points.stream()
                .mapToDouble(r -> r.number("board_injected_charge"))
                .min()
                .orElse(0);
        double high = points.stream()
                .mapToDouble(r -> r.number("board_injected_charge"))
                .max()
                .orElse(1);
        fits.stream()
                .filter(r -> Double.isFinite(r.number("noise_max_dac")))
                .findFirst()
                .ifPresent(r -> series.add(new Series.Band(
                        "noise region",
                        List.of(Math.min(0, low), high),
                        List.of(r.number("noise_min_dac"), r.number("noise_min_dac")),
                        List.of(r.number("noise_max_dac"), r.number("noise_max_dac")))));
        series.add(points("half height of the S-curve", settled, "t50", "t50_unc"));
        series.add(points("last threshold with hits", last, "max_threshold_with_hits", ""));
        for (Table.Row fit : fits) {
            if (Double.isFinite(fit.number("slope"))) {
                String method = fit.text("method");
                List<Double> ends = List.of(low, high);
                series.add(new Series.Line(
                        method + " fit",
                        ends,
                        ends.stream()
                                .map(q -> fit.number("intercept") + q * fit.number("slope"))
                                .toList()));
                if (method.equals("s-curve") && settled.size() > 1) {
                    series.add(uncertainty(fit, settled, low, high));
                }
                notes.add(String.format(
                        Locale.ROOT,
                        "%s: slope %s DAC/fC, intercept %s DAC, chi2/ndf %.3g/%d",
                        method,
                        Rounded.of(fit.real("slope"), fit.real("slope_unc")),
                        Rounded.of(fit.real("intercept"), fit.real("intercept_unc")),
                        fit.number("chi2"),
                        fit.integer("ndf")));
            } else {
                notes.add(fit.text("method") + ": " + fit.text("remark"));
            }
        }
        suggested(fits, series);
        return new Figure(id, LINES, title, "injected charge [fC]", "threshold [DAC counts]", series, notes, "");
    }

    private static Series points(String name, List<Table.Row> rows, String y, String unc) {
        List<Double> uncs = new ArrayList<>();
        rows.forEach(r -> uncs.add(unc.isEmpty() ? Double.NaN : r.number(unc)));
        return new Series.Points(name, Tables.column(rows, "board_injected_charge"), Tables.column(rows, y), uncs);
    }

    /** One standard deviation of a line: the covariance of its parameters is minus the mean charge times the slope's variance. */
    private static Series uncertainty(Table.Row fit, List<Table.Row> points, double low, double high) {
        double weights = 0;
        double sum = 0;
        for (Table.Row r : points) {
            double weight = 1 / Math.pow(r.number("t50_unc"), 2);
            weights += weight;
            sum += weight * r.number("board_injected_charge");
        }
        double mean = sum / weights;
        double slopeVariance = Math.pow(fit.number("slope_unc"), 2);
        double atMean = Math.max(0, Math.pow(fit.number("intercept_unc"), 2) - mean * mean * slopeVariance);
        List<Double> x = new ArrayList<>();
        List<Double> below = new ArrayList<>();
        List<Double> above = new ArrayList<>();
        for (int i = 0; i <= POINTS; i++) {
            double q = low + (high - low) * i / POINTS;
            double unc = Math.sqrt(atMean + Math.pow(q - mean, 2) * slopeVariance);
            double value = fit.number("intercept") + q * fit.number("slope");
            x.add(q);
            below.add(value - unc);
            above.add(value + unc);
        }
        return new Series.Band("one standard deviation", x, below, above);
    }

    private static void suggested(List<Table.Row> fits, List<Series> series) {
        for (Table.Row fit : fits) {
            List<Double> charges = new ArrayList<>();
            List<Double> thresholds = new ArrayList<>();
            List<Double> uncs = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                if (Double.isFinite(fit.number("suggested_threshold_" + i))) {
                    charges.add(fit.number("charge_" + i));
                    thresholds.add(fit.number("suggested_threshold_" + i));
                    uncs.add(Double.NaN);
                }
            }
            if (!charges.isEmpty() && fit.text("method").equals("s-curve")) {
                series.add(new Series.Points("suggested thresholds", charges, thresholds, uncs));
            }
        }
    }

    private Figure residuals(Pixel pixel) {
        String id = "residuals-" + pixel.id();
        String title = "Residuals, " + pixel.text();
        List<Table.Row> rows =
                tables.rows("dac_points", r -> pixel.has(r) && Double.isFinite(r.number("t50_residual")));
        if (rows.isEmpty()) {
            return Figure.empty(id, LINES, title, "no line through the half heights");
        }
        double low = rows.stream()
                .mapToDouble(r -> r.number("board_injected_charge"))
                .min()
                .orElse(0);
        double high = rows.stream()
                .mapToDouble(r -> r.number("board_injected_charge"))
                .max()
                .orElse(1);
        return new Figure(
                id,
                LINES,
                title,
                "injected charge [fC]",
                "half height - line [DAC counts]",
                List.of(
                        points("half height of the S-curve", rows, "t50_residual", "t50_unc"),
                        new Series.Line("zero", List.of(low, high), List.of(0.0, 0.0))),
                List.of(),
                "");
    }

    private Figure map(Pixel pixel) {
        String id = "map-" + pixel.id();
        List<Table.Row> rows = tables.rows("combined_etroc1_data", pixel::has);
        List<Long> thresholds = Tables.different(rows, r -> r.integer("board_discriminator_threshold"));
        List<Long> charges = Tables.different(rows, r -> r.integer("board_injected_charge"));
        double xStep = step(thresholds);
        double yStep = step(charges);
        int columns = (int) Math.round((thresholds.get(thresholds.size() - 1) - thresholds.get(0)) / xStep) + 1;
        int lines = (int) Math.round((charges.get(charges.size() - 1) - charges.get(0)) / yStep) + 1;
        double[][] counts = new double[lines][columns];
        for (Table.Row r : rows) {
            int i = (int) Math.round((r.integer("board_discriminator_threshold") - thresholds.get(0)) / xStep);
            int j = (int) Math.round((r.integer("board_injected_charge") - charges.get(0)) / yStep);
            counts[j][i] += r.number("hits");
        }
        Series plane = Histograms.plane(
                "hits", thresholds.get(0) - xStep / 2, xStep, charges.get(0) - yStep / 2, yStep, counts);
        return new Figure(
                id,
                MAPS,
                MAPS + ", " + pixel.text(),
                "threshold [DAC counts]",
                "injected charge [fC]",
                List.of(plane),
                List.of("colour: hits"),
                "");
    }

    /** Smallest distance of values that follow each other. */
    private static double step(List<Long> values) {
        double step = Double.POSITIVE_INFINITY;
        for (int i = 1; i < values.size(); i++) {
            step = Math.min(step, (double) (values.get(i) - values.get(i - 1)));
        }
        return Double.isFinite(step) ? step : 1;
    }
}
