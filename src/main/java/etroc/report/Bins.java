package etroc.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Histograms and planes, of the bins and cells that hold something. */
public final class Bins {
    /** Most bins of a drawn histogram; more are put together. */
    private static final int MOST = 256;

    private static final double WILD = 0.001;
    private static final double MARGIN = 0.1;

    private Bins() {}

    /** A bin of one of several histograms; edges are NaN where entries lie beyond the bins. */
    public record Bin(String board, String step, double low, double high, double count) {
        double centre() {
            return (low + high) / 2;
        }
    }

    /**
     * Histograms of one quantity of several boards over each other: the last step of each, and dotted the first. Counts are logarithmic, since
     * tails matter.
     *
     * @param bins of one width a board, which need not adjoin; steps in their order
     */
    public static Figure overlay(String id, String section, String heading, String axis, List<Bin> bins) {
        Map<String, List<Bin>> boards =
                bins.stream().collect(Collectors.groupingBy(Bin::board, LinkedHashMap::new, Collectors.toList()));
        List<String> notes = new ArrayList<>();
        List<Series> lines = new ArrayList<>();
        boards.forEach((board, own) -> {
            List<String> steps = own.stream().map(Bin::step).distinct().toList();
            String last = steps.get(steps.size() - 1);
            double from = ends(own).min().orElse(0);
            double to = own.stream()
                    .mapToDouble(Bin::high)
                    .filter(Double::isFinite)
                    .max()
                    .orElse(1);
            List<Bin> kept = of(own, last);
            lines.add(adjoining(counts(board, kept), from, to));
            if (steps.size() > 1) {
                String first = steps.get(0);
                lines.add(adjoining(counts(board + ": " + first.toLowerCase(Locale.ROOT), of(own, first)), from, to));
            }
            notes.add(board + ", " + last.toLowerCase(Locale.ROOT) + ": " + moments(kept));
        });
        return lines.isEmpty()
                ? Figure.empty(id, section, heading, "no hits")
                : new Figure(id, section, heading, axis, "entries per bin", lines, notes, "").logarithmic();
    }

    private static DoubleStream ends(List<Bin> bins) {
        return bins.stream().mapToDouble(Bin::low).filter(Double::isFinite);
    }

    private static List<Bin> of(List<Bin> bins, String step) {
        return bins.stream().filter(b -> b.step().equals(step)).toList();
    }

    private static Series.Counts counts(String name, List<Bin> bins) {
        return Series.Counts.of(name, bins, Bin::low, Bin::high, Bin::count);
    }

    /** Mean and width of what is inside of the bins, and how many are beyond. */
    private static String moments(List<Bin> bins) {
        double n = 0;
        double sum = 0;
        double squares = 0;
        double beyond = 0;
        for (Bin bin : bins) {
            if (Double.isFinite(bin.low())) {
                n += bin.count();
                sum += bin.count() * bin.centre();
                squares += bin.count() * bin.centre() * bin.centre();
            } else {
                beyond += bin.count();
            }
        }
        double mean = sum / n;
        String inside = n > 0
                ? String.format(
                        Locale.ROOT,
                        "%,.0f, mean %.4g, width %.3g",
                        n,
                        mean,
                        Math.sqrt(Math.max(0, squares / n - mean * mean)))
                : "0";
        return beyond > 0 ? inside + String.format(Locale.ROOT, ", %,.0f beyond the bins", beyond) : inside;
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

    /**
     * The ends of the bulk along an axis: but for a thousandth of the counts at either end, and a tenth of what is between more. A few wild
     * values would else make all others a spot.
     */
    public static <T> double[] bulk(
            List<T> cells, ToDoubleFunction<T> low, ToDoubleFunction<T> high, ToDoubleFunction<T> count) {
        List<T> sorted = cells.stream().sorted(Comparator.comparingDouble(low)).toList();
        double outside = sorted.stream().mapToDouble(count).sum() * WILD;
        double from = end(sorted, low, count, outside);
        List<T> reversed = new ArrayList<>(sorted);
        Collections.reverse(reversed);
        double to = end(reversed, high, count, outside);
        double margin = (to - from) * MARGIN;
        return new double[] {from - margin, to + margin};
    }

    private static <T> double end(List<T> cells, ToDoubleFunction<T> edge, ToDoubleFunction<T> count, double outside) {
        double passed = 0;
        for (T cell : cells) {
            passed += count.applyAsDouble(cell);
            if (passed > outside) {
                return edge.applyAsDouble(cell);
            }
        }
        return Double.NaN;
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
