package etroc.telescope.etroc2;

import etroc.report.Figure;
import etroc.report.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A quantity over the chips of all boards: a figure a board, all with the same colours.
 *
 * @param boards value of each place, NaN where there is none
 * @param low value with the first colour
 * @param high value with the last colour; those above it have that too
 */
record ChipMap(String section, String name, Map<Integer, double[]> boards, double low, double high) {
    private static final int PLACES = Pixel.SIDE * Pixel.SIDE;
    /** Pixels that a note names. */
    private static final int MOST = 4;

    /** Values of pixels, to be filled in. */
    static final class Filling {
        private final Map<Integer, double[]> boards = new TreeMap<>();
        private final DoubleSummaryStatistics usual = new DoubleSummaryStatistics();

        /** @param isUsual whether the colours are to reach to its value */
        void put(int board, int row, int column, double value, boolean isUsual) {
            double[] places = boards.computeIfAbsent(board, b -> nothing());
            places[row * Pixel.SIDE + column] = value;
            if (isUsual && Double.isFinite(value)) {
                usual.accept(value);
            }
        }

        private static double[] nothing() {
            double[] places = new double[PLACES];
            Arrays.fill(places, Double.NaN);
            return places;
        }

        /** Colours from the smallest to the largest usual value. */
        ChipMap map(String section, String name) {
            boolean none = usual.getCount() == 0;
            return new ChipMap(section, name, boards, none ? 0 : usual.getMin(), none ? 1 : usual.getMax());
        }

        /** Colours from 0 to the largest usual value. */
        ChipMap fromZero(String section, String name) {
            return new ChipMap(section, name, boards, 0, usual.getCount() == 0 ? 1 : usual.getMax());
        }
    }

    /** A figure a board; boards without any value have none. */
    List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        boards.forEach((board, places) -> {
            long known = Arrays.stream(places).filter(Double::isFinite).count();
            if (known > 0) {
                String title = "Board " + board + ": " + name;
                List<String> notes = new ArrayList<>(List.of(known + " pixels"));
                notes.addAll(above(board, places));
                figures.add(new Figure(
                        title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"),
                        section,
                        title,
                        "column",
                        "row",
                        List.of(new Series.Plane(name, edges(), edges(), lines(places), low, high, true, false)),
                        notes,
                        ""));
            }
        });
        return figures;
    }

    private Collection<String> above(int board, double[] places) {
        List<String> above = IntStream.range(0, PLACES)
                .filter(i -> places[i] > high)
                .mapToObj(i -> String.format(Locale.ROOT, "%s %.4g", Pixel.label(board, i), places[i]))
                .toList();
        return above.isEmpty()
                ? Collections.emptyList()
                : List.of("above the colours: "
                        + String.join(", ", above.subList(0, Math.min(MOST, above.size())))
                        + (above.size() > MOST ? " and " + (above.size() - MOST) + " more" : ""));
    }

    private static List<Double> edges() {
        return IntStream.rangeClosed(0, Pixel.SIDE).mapToObj(i -> i - 0.5).toList();
    }

    private static List<List<Double>> lines(double[] places) {
        return IntStream.range(0, Pixel.SIDE)
                .mapToObj(row -> Arrays.stream(places, row * Pixel.SIDE, (row + 1) * Pixel.SIDE)
                        .boxed()
                        .toList())
                .toList();
    }
}
