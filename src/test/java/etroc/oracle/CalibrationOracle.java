package etroc.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.math3.special.Gamma;

/** Calibration codes of one board over the events that pass the event cuts. */
final class CalibrationOracle {
    /** Codes of a slice that are used, with the numbers of their events. */
    record Slice(long number, List<Long> events, double median, List<double[]> used) {
        double mean(int of) {
            return used.stream().mapToDouble(u -> u[of]).average().orElse(Double.NaN);
        }

        double squares() {
            double mean = mean(1);
            return used.stream().mapToDouble(u -> (u[1] - mean) * (u[1] - mean)).sum();
        }
    }

    final int board;
    final int sliceEvents;
    final List<Event> passing;

    CalibrationOracle(int board, int sliceEvents, List<Event> passing) {
        this.board = board;
        this.sliceEvents = sliceEvents;
        this.passing = passing.stream().filter(e -> e.hits().containsKey(board)).toList();
    }

    double[] codes() {
        return passing.stream()
                .mapToDouble(e -> e.hits().get(board).cal())
                .sorted()
                .toArray();
    }

    static double median(double[] sorted) {
        int n = sorted.length;
        return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }

    /** The most frequent code, the smallest of equals. */
    static double mode(double[] codes) {
        double best = Double.NaN;
        long most = 0;
        for (double code : codes) {
            long n = Arrays.stream(codes).filter(c -> c == code).count();
            if (n > most) {
                most = n;
                best = code;
            }
        }
        return best;
    }

    private Slice near(long number, List<Event> events) {
        double median = median(events.stream()
                .mapToDouble(e -> e.hits().get(board).cal())
                .sorted()
                .toArray());
        List<double[]> used = events.stream()
                .map(e -> new double[] {e.number(), e.hits().get(board).cal()})
                .filter(c -> Math.abs(c[1] - median) <= 10)
                .toList();
        return new Slice(number, events.stream().map(Event::number).sorted().toList(), median, used);
    }

    /** All slices of a run. */
    List<Slice> slices(int run) {
        Map<Long, List<Event>> bySlice = passing.stream()
                .filter(e -> e.run() == run)
                .collect(Collectors.groupingBy(e -> e.number() / sliceEvents, TreeMap::new, Collectors.toList()));
        List<Slice> slices = new ArrayList<>();
        bySlice.forEach((number, events) -> slices.add(near(number, events)));
        return slices;
    }

    /** What stands for a run: slices that count, or one of all its codes if none does; nothing without codes. */
    List<Slice> counting(int run) {
        List<Slice> counting =
                slices(run).stream().filter(s -> s.used().size() >= 50).toList();
        List<Event> ofRun = passing.stream().filter(e -> e.run() == run).toList();
        return !counting.isEmpty() ? counting : ofRun.isEmpty() ? List.of() : List.of(near(0, ofRun));
    }

    static double mean(List<Slice> slices) {
        return slices.stream()
                .flatMap(s -> s.used().stream())
                .mapToDouble(u -> u[1])
                .average()
                .orElse(Double.NaN);
    }

    /** Of the slices' means against the common one; NaN with one slice. */
    static double chi2(List<Slice> slices) {
        double common = mean(slices);
        double between = slices.stream()
                .mapToDouble(s -> s.used().size() * (s.mean(1) - common) * (s.mean(1) - common))
                .sum();
        long n = slices.stream().mapToLong(s -> s.used().size()).sum();
        return between / (slices.stream().mapToDouble(Slice::squares).sum() / (n - slices.size()));
    }

    /** The code of an event of a run with these slices. */
    static double code(List<Slice> slices, long event) {
        double chi2 = slices.size() < 2 ? 0 : chi2(slices);
        boolean constant = slices.size() < 2 || Gamma.regularizedGammaQ((slices.size() - 1) / 2.0, chi2 / 2) > 0.01;
        if (constant) {
            return mean(slices);
        }
        Slice before = slices.get(0);
        for (Slice after : slices) {
            if (event <= after.mean(0)) {
                double width = after.mean(0) - before.mean(0);
                return after == before
                        ? after.mean(1)
                        : before.mean(1) + (after.mean(1) - before.mean(1)) * (event - before.mean(0)) / width;
            }
            before = after;
        }
        return before.mean(1);
    }
}
