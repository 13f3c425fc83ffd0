package etroc.telescope;

import etroc.report.Figure;
import etroc.report.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Figures of numbers that stand in small tables: hits in events, correlations. */
final class CountFigures {
    private CountFigures() {}

    /** Fraction of the hits of each board that are in events, with the binomial uncertainty. */
    static Figure hitsInEvents(List<Integer> boards, List<EventInfo> counts, String section) {
        List<String> names = boards.stream().map(b -> "board " + b).toList();
        List<Double> fractions = names.stream()
                .map(n -> (double) count(counts, n, "hits in events") / count(counts, n, "hits"))
                .toList();
        List<Double> uncs = IntStream.range(0, names.size())
                .mapToObj(
                        i -> Math.sqrt(fractions.get(i) * (1 - fractions.get(i)) / count(counts, names.get(i), "hits")))
                .toList();
        Series points = new Series.Points("hits in events / hits", places(names.size()), fractions, uncs);
        return new Figure(
                        "hits-in-events",
                        section,
                        "Hits in events, of all hits of each board",
                        "board",
                        "fraction of the hits",
                        List.of(points),
                        List.of("not an efficiency of the sensor: hits of noise are in no event either"),
                        "")
                .named(names)
                .within(Double.NaN, Double.NaN, 0, 1.05);
    }

    private static long count(List<EventInfo> counts, String subject, String quantity) {
        return counts.stream()
                .filter(c -> c.subject().equals(subject) && c.quantity().equals(quantity))
                .mapToLong(EventInfo::count)
                .sum();
    }

    /** Correlations of the boards' resolutions at the last step, pair by pair. */
    static Figure correlations(List<ResolutionCorrelation> all, String section) {
        String title = "Correlation of the time resolutions";
        if (all.isEmpty()) {
            return Figure.empty("resolution-correlation", section, title, "no bootstrap");
        }
        ResolutionCorrelation last = all.get(all.size() - 1);
        List<ResolutionCorrelation> pairs = new ArrayList<>(all.stream()
                .filter(c -> c.stepOrder() == last.stepOrder()
                        && c.twcIteration() == last.twcIteration()
                        && c.stepName().equals(last.stepName())
                        && c.dataBoardId() < c.otherBoardId()
                        && Double.isFinite(c.correlation()))
                .toList());
        List<String> names = pairs.stream()
                .map(c -> c.dataBoardId() + " and " + c.otherBoardId())
                .toList();
        Series points = new Series.Points(
                "correlation over the replicas",
                places(names.size()),
                pairs.stream().map(ResolutionCorrelation::correlation).toList());
        return new Figure(
                        "resolution-correlation",
                        section,
                        title + ", " + last.stepName(),
                        "boards",
                        "correlation of the variances",
                        List.of(points),
                        List.of(),
                        "")
                .named(names)
                .within(Double.NaN, Double.NaN, -1, 1);
    }

    private static List<Double> places(int n) {
        return IntStream.rangeClosed(1, n).mapToObj(i -> (double) i).toList();
    }
}
