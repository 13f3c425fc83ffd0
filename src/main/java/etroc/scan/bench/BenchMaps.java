package etroc.scan.bench;

import etroc.report.Figure;
import etroc.report.Series;
import etroc.store.Tables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Quantities of the pixels over the whole chip, all chips with the same colours. */
final class BenchMaps {
    private static final String MAPS = "Maps";
    private static final int SIDE = 16;
    /** Pixels that a note names. */
    private static final int MOST = 4;

    private final List<Figure> figures;

    private BenchMaps(List<Figure> figures) {
        this.figures = figures;
    }

    static void add(Tables tables, List<Figure> figures) {
        BenchMaps maps = new BenchMaps(figures);
        BenchFigures.groups(
                        tables.as(Baseline.TABLE, Baseline.class).stream()
                                .filter(Baseline::used)
                                .toList(),
                        Baseline::method)
                .forEach((method, own) -> {
                    maps.of("Baseline", method, " [DAC]", own, Baseline::pixel, Baseline::baseline);
                    maps.of("Width of the noise", method, " [DAC]", own, Baseline::pixel, Baseline::width);
                });
        BenchFigures.groups(ChargeLine.told(tables.as(ChargeLine.TABLE, ChargeLine.class)), ChargeLine::name)
                .forEach((method, own) -> {
                    maps.of("Slope", method, " [DAC/fC]", own, ChargeLine::pixel, ChargeLine::slope);
                    maps.of("Intercept", method, " [DAC]", own, ChargeLine::pixel, ChargeLine::intercept);
                    maps.of("Noise", method, " [fC]", own, ChargeLine::pixel, ChargeLine::noiseFc);
                    maps.of("Smallest charge", method, " [fC]", own, ChargeLine::pixel, ChargeLine::qMinFc);
                });
    }

    private <T> void of(
            String what,
            String method,
            String unit,
            List<T> rows,
            Function<T, Pixel> pixel,
            ToDoubleFunction<T> value) {
        double[] ends = ends(rows.stream()
                .mapToDouble(value)
                .filter(Double::isFinite)
                .sorted()
                .toArray());
        BenchFigures.groups(rows, r -> pixel.apply(r).chip()).forEach((chip, own) -> {
            double[] places = new double[SIDE * SIDE];
            Arrays.fill(places, Double.NaN);
            List<String> beyond = new ArrayList<>();
            for (T row : own) {
                Pixel at = pixel.apply(row);
                double v = value.applyAsDouble(row);
                places[at.row() * SIDE + at.column()] = v;
                if (v < ends[0] || v > ends[1]) {
                    beyond.add(String.format(Locale.ROOT, "R%dC%d %.4g", at.row(), at.column(), v));
                }
            }
            long known = Arrays.stream(places).filter(Double::isFinite).count();
            String title = what + " (" + method + ")" + (chip.isEmpty() ? "" : ", " + chip);
            List<String> notes = new ArrayList<>(List.of(known + " pixels"));
            if (!beyond.isEmpty()) {
                notes.add("beyond the colours: "
                        + String.join(", ", beyond.subList(0, Math.min(MOST, beyond.size())))
                        + (beyond.size() > MOST ? " and " + (beyond.size() - MOST) + " more" : ""));
            }
            figures.add(
                    known == 0
                            ? Figure.empty(BenchFigures.id(title), MAPS, title, "no pixel has one")
                            : new Figure(
                                    BenchFigures.id(title),
                                    MAPS,
                                    title,
                                    "column",
                                    "row",
                                    List.of(plane(what.toLowerCase(Locale.ROOT) + unit, places, ends)),
                                    notes,
                                    ""));
        });
    }

    /** Values of the first and the last colour: those of the bulk, or a single odd pixel would make all others one colour. */
    private static double[] ends(double[] sorted) {
        if (sorted.length == 0) {
            return new double[] {0, 1};
        }
        Outliers.Limit limit = Outliers.Limit.of(sorted);
        double[] bulk = Arrays.stream(sorted).filter(v -> !limit.beyond(v)).toArray();
        return new double[] {bulk[0], bulk[bulk.length - 1]};
    }

    private static Series plane(String name, double[] places, double[] ends) {
        List<Double> edges =
                IntStream.rangeClosed(0, SIDE).mapToObj(i -> i - 0.5).toList();
        List<List<Double>> rows = IntStream.range(0, SIDE)
                .mapToObj(row -> Arrays.stream(places, row * SIDE, (row + 1) * SIDE)
                        .boxed()
                        .toList())
                .toList();
        return new Series.Plane(name, edges, edges, rows, ends[0], ends[1], true, false);
    }
}
