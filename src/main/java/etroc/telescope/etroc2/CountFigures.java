package etroc.telescope.etroc2;

import etroc.report.Figure;
import etroc.report.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Figures of numbers of hits: of frames, events and clusters, and beside particles. */
final class CountFigures {
    private static final String NEIGHBOURS = "Neighbours";
    private static final double PERCENT = 100;
    /** A bar below this is left out at the end of a histogram. */
    private static final double RARE = 1e-4;

    private CountFigures() {}

    /** How many hits frames and events have. */
    static List<Figure> counts(List<HitCount> counts) {
        List<Figure> figures = new ArrayList<>();
        for (String per : List.of("frame", "event")) {
            figures.add(histogram(
                    MapFigures.HITS,
                    "Hits of " + (per.equals("frame") ? "a frame" : "an event"),
                    "hits",
                    "fraction of the " + per + "s",
                    counts.stream().filter(c -> c.per().equals(per)).toList(),
                    c -> c.dataBoardId() == null ? "all boards" : "board " + c.dataBoardId(),
                    HitCount::hits,
                    HitCount::count));
        }
        return figures;
    }

    /** Fractions of whole numbers, a line a board. */
    private static <T> Figure histogram(
            String section,
            String title,
            String x,
            String y,
            List<T> rows,
            Function<T, String> line,
            ToIntFunction<T> number,
            ToDoubleFunction<T> count) {
        Map<String, List<T>> lines =
                rows.stream().collect(Collectors.groupingBy(line, LinkedHashMap::new, Collectors.toList()));
        Map<String, Double> sums = new TreeMap<>();
        lines.forEach(
                (name, own) -> sums.put(name, own.stream().mapToDouble(count).sum()));
        int last = rows.stream()
                .filter(r -> count.applyAsDouble(r) >= RARE * sums.getOrDefault(line.apply(r), 1.0))
                .mapToInt(number)
                .max()
                .orElse(0);
        int first = rows.stream().mapToInt(number).min().orElse(0);
        double beyond = rows.stream()
                .filter(r -> number.applyAsInt(r) > last)
                .mapToDouble(count)
                .sum();
        List<Series> series = new ArrayList<>();
        lines.forEach((name, own) -> {
            double[] fractions = new double[last - first + 1];
            own.stream()
                    .filter(r -> number.applyAsInt(r) <= last)
                    .forEach(r -> fractions[number.applyAsInt(r) - first] =
                            count.applyAsDouble(r) / sums.getOrDefault(name, 1.0));
            series.add(bars(name, first, fractions));
        });
        List<String> notes = beyond > 0 ? List.of(String.format(Locale.ROOT, "beyond: %,.0f", beyond)) : List.of();
        String id = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return series.isEmpty()
                ? Figure.empty(id, section, title, "no hits")
                : new Figure(id, section, title, x, y, series, notes, "");
    }

    private static Series.Counts bars(String name, int first, double[] fractions) {
        List<Double> edges = IntStream.rangeClosed(first, first + fractions.length)
                .mapToObj(i -> i - 0.5)
                .toList();
        return new Series.Counts(
                name,
                edges.subList(0, fractions.length),
                edges.subList(1, edges.size()),
                Arrays.stream(fractions).boxed().toList());
    }

    /** Sizes of clusters, and hits beside those of particles. */
    static List<Figure> neighbours(List<ClusterSize> clusters, List<Neighbour> neighbours) {
        Figure sizes = histogram(
                NEIGHBOURS,
                "Sizes of clusters",
                "hits that touch",
                "fraction of the clusters",
                clusters,
                c -> "board " + c.dataBoardId(),
                ClusterSize::size,
                ClusterSize::clusters);
        List<Neighbour> known = neighbours.stream().filter(n -> n.events() > 0).toList();
        if (known.isEmpty()) {
            return List.of(
                    sizes,
                    Figure.empty(
                            "hits-beside-particles",
                            NEIGHBOURS,
                            "Hits beside particles",
                            "no board has predicted hits of others"));
        }
        List<Series> series = new ArrayList<>();
        Map<String, List<Neighbour>> sides = known.stream()
                .filter(n -> !n.tot().equals("all"))
                .collect(Collectors.groupingBy(
                        n -> "board " + n.dataBoardId() + (n.isAtSide() ? ", sides" : ", corners"),
                        TreeMap::new,
                        Collectors.toList()));
        sides.forEach((name, own) -> series.add(byTot(name, own)));
        Figure beside = new Figure(
                "hits-beside-particles",
                NEIGHBOURS,
                "Hits beside a particle's hit, less those by chance",
                "TOT code of the particle's hit, middle of its third",
                "more hits in the 4 pixels [% of events]",
                series,
                List.of(),
                "");
        return List.of(sizes, beside);
    }

    private static Series byTot(String name, Collection<Neighbour> directions) {
        Map<String, List<Neighbour>> thirds =
                directions.stream().collect(Collectors.groupingBy(Neighbour::tot, TreeMap::new, Collectors.toList()));
        return Series.Points.of(
                name,
                List.copyOf(thirds.values()),
                own -> own.stream()
                        .filter(n -> n.totFrom() != null && n.totTo() != null)
                        .mapToDouble(n -> (n.totFrom() + n.totTo()) / 2.0)
                        .average()
                        .orElse(Double.NaN),
                own -> PERCENT * own.stream().mapToDouble(Neighbour::excess).sum(),
                own -> PERCENT
                        * Math.sqrt(own.stream()
                                .mapToDouble(n -> n.excessUnc() * n.excessUnc())
                                .sum()));
    }
}
