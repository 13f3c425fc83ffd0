package etroc.report;

import java.util.List;

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

    /** Points; uncertainties of y where they are known, else NaN. */
    record Points(String name, List<Double> x, List<Double> y, List<Double> unc) implements Series {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.points(this);
        }
    }

    /** A line through points. */
    record Line(String name, List<Double> x, List<Double> y) implements Series {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.line(this);
        }
    }

    /** What lies between two lines, such as an uncertainty or a region. */
    record Band(String name, List<Double> x, List<Double> low, List<Double> high) implements Series {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.band(this);
        }
    }

    /** Counts in bins from {@code low} to {@code high}, which adjoin. */
    record Counts(String name, List<Double> low, List<Double> high, List<Double> count) implements Series {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.counts(this);
        }
    }

    /** Counts in cells of a plane: column i, row j of {@code count.get(j)}; edges have one more. */
    record Plane(String name, List<Double> xEdges, List<Double> yEdges, List<List<Double>> count) implements Series {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.plane(this);
        }
    }
}
