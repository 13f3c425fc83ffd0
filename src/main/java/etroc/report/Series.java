package etroc.report;

import java.util.Collections;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Something that is drawn in a figure. */
public sealed interface Series {
    String name();

    /** Does what depends on the kind. */
    <R> R accept(Visitor<R> visitor);

    /** One method a kind. */
    interface Visitor<R> {
        R points(Points points);

        R line(Line line);

        R band(Band band);

        R counts(Counts counts);

        R plane(Plane plane);
    }

    /**
     * Points; uncertainties of y where they are known, else NaN.
     *
     * @param unc upwards
     * @param down downwards
     */
    record Points(String name, List<Double> x, List<Double> y, List<Double> unc, List<Double> down) implements Series {
        /** Points with the same uncertainty on both sides. */
        public Points(String name, List<Double> x, List<Double> y, List<Double> unc) {
            this(name, x, y, unc, unc);
        }

        /** Points without uncertainties. */
        public Points(String name, List<Double> x, List<Double> y) {
            this(name, x, y, Collections.nCopies(x.size(), Double.NaN));
        }

        /** Points of records. */
        public static <T> Points of(
                String name, List<T> rows, ToDoubleFunction<T> x, ToDoubleFunction<T> y, ToDoubleFunction<T> unc) {
            return new Points(name, Series.column(rows, x), Series.column(rows, y), Series.column(rows, unc));
        }

        /** Points of records that lie within intervals, such as those of efficiencies. */
        public static <T> Points within(
                String name,
                List<T> rows,
                ToDoubleFunction<T> x,
                ToDoubleFunction<T> y,
                ToDoubleFunction<T> low,
                ToDoubleFunction<T> high) {
            return new Points(
                    name,
                    Series.column(rows, x),
                    Series.column(rows, y),
                    Series.column(rows, r -> high.applyAsDouble(r) - y.applyAsDouble(r)),
                    Series.column(rows, r -> y.applyAsDouble(r) - low.applyAsDouble(r)));
        }

        boolean isSymmetric() {
            return unc.equals(down);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.points(this);
        }
    }

    /** A line through points. */
    record Line(String name, List<Double> x, List<Double> y) implements Series {
        /** A function from one end to the other. */
        public static Line of(String name, double from, double to, DoubleUnaryOperator function) {
            return new Line(name, Series.range(from, to), Series.values(from, to, function));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.line(this);
        }
    }

    /** What lies between two lines, such as an uncertainty or a region. */
    record Band(String name, List<Double> x, List<Double> low, List<Double> high) implements Series {
        /** What lies between two functions. */
        public static Band of(String name, double from, double to, DoubleUnaryOperator low, DoubleUnaryOperator high) {
            return new Band(name, Series.range(from, to), Series.values(from, to, low), Series.values(from, to, high));
        }

        /** A rectangle. */
        public static Band of(String name, double from, double to, double low, double high) {
            return new Band(name, List.of(from, to), List.of(low, low), List.of(high, high));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.band(this);
        }
    }

    /** Counts in bins from {@code low} to {@code high}, which adjoin. */
    record Counts(String name, List<Double> low, List<Double> high, List<Double> count) implements Series {
        /** Bins of records. */
        public static <T> Counts of(
                String name,
                List<T> rows,
                ToDoubleFunction<T> low,
                ToDoubleFunction<T> high,
                ToDoubleFunction<T> count) {
            return new Counts(name, Series.column(rows, low), Series.column(rows, high), Series.column(rows, count));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.counts(this);
        }
    }

    /**
     * Values of cells of a plane: column i, row j of {@code count.get(j)}; edges have one more. NaN is drawn as nothing.
     *
     * @param name title of the colour bar
     * @param low value with the first colour; NaN: the smallest
     * @param high value with the last colour, and of all above it; NaN: the largest
     * @param square whether cells are as high as they are wide
     * @param log whether colours are of the logarithm, as for counts of many sizes
     */
    record Plane(
            String name,
            List<Double> xEdges,
            List<Double> yEdges,
            List<List<Double>> count,
            double low,
            double high,
            boolean square,
            boolean log)
            implements Series {
        /** With colours that are linear, from the smallest to the largest value. */
        public Plane(String name, List<Double> xEdges, List<Double> yEdges, List<List<Double>> count) {
            this(name, xEdges, yEdges, count, Double.NaN, Double.NaN, false, false);
        }

        /** With colours of the logarithm. */
        public Plane logarithmic() {
            return new Plane(name, xEdges, yEdges, count, low, high, square, true);
        }

        /** Values of the first and the last colour; 0 and 1 if nothing is drawn. */
        double[] range() {
            double[] drawn = count.stream()
                    .flatMap(List::stream)
                    .mapToDouble(c -> c)
                    .filter(c -> log ? c > 0 : Double.isFinite(c))
                    .sorted()
                    .toArray();
            double first = Double.isNaN(low) ? drawn.length == 0 ? 0 : drawn[0] : low;
            double last = Double.isNaN(high) ? drawn.length == 0 ? 1 : drawn[drawn.length - 1] : high;
            return new double[] {first, last};
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.plane(this);
        }
    }

    /** Steps of a drawn function. */
    int STEPS = 100;

    private static <T> List<Double> column(List<T> rows, ToDoubleFunction<T> value) {
        return rows.stream().map(value::applyAsDouble).toList();
    }

    private static List<Double> range(double from, double to) {
        return values(from, to, x -> x);
    }

    private static List<Double> values(double from, double to, DoubleUnaryOperator function) {
        return IntStream.rangeClosed(0, STEPS)
                .mapToObj(i -> function.applyAsDouble(from + (to - from) * i / STEPS))
                .toList();
    }
}
