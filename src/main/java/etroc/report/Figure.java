package etroc.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A figure, of whatever it is drawn with.
 *
 * @param id name of its files
 * @param section of the page
 * @param x title of the axis, with unit
 * @param y title of the axis, with unit
 * @param notes entries, fit values, chi2/ndf: a line each
 * @param empty why there is nothing to see; empty if there is
 * @param axes what else is to be known of the axes
 */
public record Figure(
        String id,
        String section,
        String title,
        String x,
        String y,
        List<Series> series,
        List<String> notes,
        String empty,
        Axes axes) {
    private static final int MOST_NAMED = 8;
    /** Longer legends have only what other series belong to. */
    private static final int MOST_LISTED = 4;
    /** More places of whole numbers on an axis would touch. */
    private static final int MOST_WHOLE = 16;

    public Figure {
        series = List.copyOf(series);
        notes = List.copyOf(notes);
    }

    /** A figure with plain axes. */
    public Figure(
            String id,
            String section,
            String title,
            String x,
            String y,
            List<Series> series,
            List<String> notes,
            String empty) {
        this(id, section, title, x, y, series, notes, empty, Axes.PLAIN);
    }

    private Figure with(Axes other) {
        return new Figure(id, section, title, x, y, series, notes, empty, other);
    }

    /** The same in another section. */
    public Figure in(String other) {
        return new Figure(id, other, title, x, y, series, notes, empty, axes);
    }

    /** x = 1, 2, ... are these. */
    public Figure named(List<String> categories) {
        return with(new Axes(categories, axes.logY(), axes.x(), axes.y(), axes.scale()));
    }

    /** y is logarithmic. */
    public Figure logarithmic() {
        return with(new Axes(axes.categories(), true, axes.x(), axes.y(), axes.scale()));
    }

    /** x ends there; so does y unless it is NaN. */
    public Figure within(double x0, double x1, double y0, double y1) {
        return with(new Axes(axes.categories(), axes.logY(), ends(x0, x1), ends(y0, y1), axes.scale()));
    }

    private static List<Double> ends(double from, double to) {
        return from < to ? List.of(from, to) : List.of();
    }

    /** Series that begin with a number have the colour of that number on a scale of this title. */
    public Figure scaled(String title) {
        return with(new Axes(axes.categories(), axes.logY(), axes.x(), axes.y(), title));
    }

    /** The figure in a sentence, for those who do not see it. */
    public String sentence() {
        String what = series.stream().map(Series::name).limit(MOST_NAMED).collect(Collectors.joining(", "));
        String more = series.size() > MOST_NAMED ? " and " + (series.size() - MOST_NAMED) + " more" : "";
        return isEmpty()
                ? title + ": " + empty
                : title + ": " + y + " against " + x + "; " + what + more
                        + (notes.isEmpty() ? "" : "; " + String.join("; ", notes)) + ".";
    }

    /** A figure that says in words why it shows nothing. */
    public static Figure empty(String id, String section, String title, String why) {
        return new Figure(id, section, title, "", "", List.of(), List.of(), why);
    }

    /** Numbers of the colours of the series: what is named {@code A: ...} belongs to what is named {@code A}, as a fit to its points. */
    List<Integer> inks() {
        List<String> owners = new ArrayList<>();
        List<Integer> inks = new ArrayList<>();
        for (Series one : series) {
            int of = owners.indexOf(one.name().replaceFirst(": .*", ""));
            if (of < 0) {
                owners.add(one.name());
                of = owners.size() - 1;
            }
            inks.add(of);
        }
        return inks;
    }

    /** Whether a series belongs to another, as a fit to its points: it has its colour, and no place of its own in a long legend. */
    boolean belongs(Series one) {
        String owner = one.name().replaceFirst(": .*", "");
        return !owner.equals(one.name())
                && series.stream().anyMatch(s -> s.name().equals(owner));
    }

    /** Whether a series has a place in the legend. */
    boolean isListed(Series one) {
        return !(one instanceof Series.Plane) && !(series.size() > MOST_LISTED && belongs(one));
    }

    /** Colours of the series, {@code #rrggbb}. */
    List<String> colours() {
        List<Integer> inks = inks();
        if (axes.scale().isEmpty()) {
            return inks.stream().map(Palette::hex).toList();
        }
        List<Double> numbers = numbers();
        double least = least();
        double span = most() - least;
        return numbers.stream()
                .map(n -> n.isNaN() ? Palette.GREY : Palette.ordered(span > 0 ? (n - least) / span : 0))
                .toList();
    }

    /** What the names of the series begin with; NaN for other words. */
    private List<Double> numbers() {
        return series.stream()
                .map(s -> s.name().replaceFirst("[^-0-9.].*", ""))
                .map(n -> n.matches("-?\\d+(\\.\\d+)?") ? Double.valueOf(n) : Double.valueOf(Double.NaN))
                .toList();
    }

    /** First number of the scale. */
    double least() {
        return numbers().stream()
                .filter(n -> !n.isNaN())
                .mapToDouble(n -> n)
                .min()
                .orElse(0);
    }

    /** Last number of the scale. */
    double most() {
        return numbers().stream()
                .filter(n -> !n.isNaN())
                .mapToDouble(n -> n)
                .max()
                .orElse(1);
    }

    /** Whether x are a few whole numbers, which each have a place on the axis. */
    boolean hasWholeNumbers() {
        return x.equals("board") || (!series.isEmpty() && series.stream().allMatch(Figure::isOfWholeNumbers));
    }

    private static boolean isOfWholeNumbers(Series one) {
        return one instanceof Series.Counts bins
                && bins.low().size() <= MOST_WHOLE
                && IntStream.range(0, bins.low().size()).allMatch(i -> isWhole(bins, i));
    }

    private static boolean isWhole(Series.Counts bins, int i) {
        double middle = (bins.low().get(i) + bins.high().get(i)) / 2;
        return middle == Math.rint(middle) && bins.high().get(i) - bins.low().get(i) == 1;
    }

    boolean isEmpty() {
        return series.isEmpty();
    }
}
