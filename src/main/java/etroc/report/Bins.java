package etroc.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Histograms and planes, of the bins and cells that hold something. */
public final class Bins {
    /** Most bins of a drawn histogram; more are put together. */
    private static final int MOST = 256;

    private Bins() {}

    /**
     * A histogram with a line a step.
     *
     * @param bins of one width, which need not adjoin; edges are NaN where entries lie beyond the bins
     * @param step name of a bin's step
     */
    public static <T> Figure histogram(
            String id,
            String section,
            String heading,
            String axis,
            List<T> bins,
            Function<T, String> step,
            ToDoubleFunction<T> low,
            ToDoubleFunction<T> high,
            ToDoubleFunction<T> count) {
        double from =
                bins.stream().mapToDouble(low).filter(Double::isFinite).min().orElse(0);
        double to =
                bins.stream().mapToDouble(high).filter(Double::isFinite).max().orElse(1);
        List<String> notes = new ArrayList<>();
        List<Series> lines = new ArrayList<>();
        Map<String, List<T>> steps =
                bins.stream().collect(Collectors.groupingBy(step, LinkedHashMap::new, Collectors.toList()));
        steps.forEach((name, own) -> {
            notes.add(String.format(
                    Locale.ROOT,
                    "%s: %,.0f",
                    name,
                    own.stream().mapToDouble(count).sum()));
            lines.add(adjoining(Series.Counts.of(name, own, low, high, count), from, to));
        });
        return new Figure(id, section, heading, axis, "entries a bin", lines, notes, "");
    }

    /** All bins from one end to the other, the empty ones too, put together to a number that can be drawn. */
    private static Series.Counts adjoining(Series.Counts sparse, double from, double to) {
        double width = IntStream.range(0, sparse.low().size())
                .mapToDouble(i -> sparse.high().get(i) - sparse.low().get(i))
                .filter(Double::isFinite)
                .findFirst()
                .orElse(1);
        int bins = (int) Math.max(1, Math.round((to - from) / width));
        int together = (bins + MOST - 1) / MOST;
        double[] counts = new double[(bins + together - 1) / together];
        for (int i = 0; i < sparse.low().size(); i++) {
            double low = sparse.low().get(i);
            if (Double.isFinite(low)) {
                int bin = (int) Math.round((low - from) / width) / together;
                counts[Math.min(bin, counts.length - 1)] += sparse.count().get(i);
            }
        }
        List<Double> edges = edges(from, together * width, counts.length);
        return new Series.Counts(
                sparse.name(),
                edges.subList(0, counts.length),
                edges.subList(1, counts.length + 1),
                Arrays.stream(counts).boxed().toList());
    }

    private static List<Double> edges(double from, double width, int bins) {
        return IntStream.rangeClosed(0, bins).mapToObj(i -> from + i * width).toList();
    }

    /** Cells of one size, from the first to the last of some; those without a count are NaN, which is drawn as nothing. */
    public static <T> Series.Plane plane(
            String name,
            List<T> cells,
            ToDoubleFunction<T> xLow,
            ToDoubleFunction<T> xHigh,
            ToDoubleFunction<T> yLow,
            ToDoubleFunction<T> yHigh,
            ToDoubleFunction<T> count) {
        T any = cells.get(0);
        double xWidth = xHigh.applyAsDouble(any) - xLow.applyAsDouble(any);
        double yWidth = yHigh.applyAsDouble(any) - yLow.applyAsDouble(any);
        double x0 = cells.stream().mapToDouble(xLow).min().orElseThrow();
        double y0 = cells.stream().mapToDouble(yLow).min().orElseThrow();
        int columns = (int) Math.round((cells.stream().mapToDouble(xHigh).max().orElseThrow() - x0) / xWidth);
        int lines = (int) Math.round((cells.stream().mapToDouble(yHigh).max().orElseThrow() - y0) / yWidth);
        List<List<Double>> counts = new ArrayList<>();
        for (int j = 0; j < lines; j++) {
            counts.add(new ArrayList<>(Collections.nCopies(columns, Double.NaN)));
        }
        for (T cell : cells) {
            if (count.applyAsDouble(cell) > 0) {
                int i = (int) Math.round((xLow.applyAsDouble(cell) - x0) / xWidth);
                List<Double> line = counts.get((int) Math.round((yLow.applyAsDouble(cell) - y0) / yWidth));
                double before = line.get(i);
                line.set(i, count.applyAsDouble(cell) + (Double.isNaN(before) ? 0 : before));
            }
        }
        return new Series.Plane(name, edges(x0, xWidth, columns), edges(y0, yWidth, lines), counts);
    }
}
