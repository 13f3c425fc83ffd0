package etroc.report;

import java.util.List;

/**
 * What the axes and colours of a figure are beyond their titles.
 *
 * @param categories names of x = 1, 2, ...; empty: x is a number
 * @param logY whether y is logarithmic, as for counts with tails
 * @param x ends of the axis; empty: all there is
 * @param y ends of the axis; empty: all there is
 * @param scale title of the scale whose colours series have that begin with a number, such as {@code 14 fC}; empty: colours that differ
 */
record Axes(List<String> categories, boolean logY, List<Double> x, List<Double> y, String scale) {
    static final Axes PLAIN = new Axes(List.of(), false, List.of(), List.of(), "");

    Axes {
        categories = List.copyOf(categories);
        x = List.copyOf(x);
        y = List.copyOf(y);
    }
}
