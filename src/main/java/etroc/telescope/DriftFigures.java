package etroc.telescope;

import etroc.report.Figure;
import etroc.report.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What happens during the runs: figures of the slices. */
final class DriftFigures {
    static final String DRIFT = "Stability";
    /** Further runs stand in the table only, so that the page does not grow with them. */
    private static final int MOST_RUNS = 100;

    private static final double PICOSECONDS = 1000;
    private static final double PERCENT = 100;

    private final List<Integer> boards;
    private final List<DriftSlice> slices;
    private final List<String> notes = new ArrayList<>();
    /** Number of a slice among those of all runs. */
    private final Map<String, Integer> places = new HashMap<>();
    /** Mean time difference of a board and the next in a run. */
    private final Map<String, Double> means;

    private final SliceTimes time;
    private final List<String> constancy;

    DriftFigures(List<Integer> boards, List<DriftSlice> all, List<ConstancyRow> tested) {
        this.boards = boards;
        Map<String, Integer> runs = new LinkedHashMap<>();
        all.forEach(s -> runs.putIfAbsent(s.run(), runs.size()));
        slices = all.stream()
                .filter(s -> runs.getOrDefault(s.run(), 0) < MOST_RUNS)
                .toList();
        if (runs.size() > MOST_RUNS) {
            notes.add("the first " + MOST_RUNS + " of " + runs.size() + " runs; table drift has all");
        }
        slices.forEach(s -> places.putIfAbsent(s.run() + " " + s.slice(), places.size()));
        means = slices.stream()
                .filter(s -> s.events() > 0)
                .collect(Collectors.groupingBy(
                        DriftFigures::series,
                        Collectors.teeing(
                                Collectors.summingDouble(s -> s.events() * s.timeDiffMean()),
                                Collectors.summingDouble(DriftSlice::events),
                                (sum, n) -> sum / n)));
        time = SliceTimes.of(slices);
        constancy = tested.stream()
                .filter(c -> c.run() == null && Double.isFinite(c.probability()))
                .map(c -> String.format(
                        Locale.ROOT,
                        "board %d - board %d: chi2/ndf %.1f/%d against constant",
                        c.dataBoardId(),
                        c.otherBoardId(),
                        c.chi2(),
                        c.ndf()))
                .toList();
    }

    private static double built(DriftSlice s) {
        return s.lastEvent() - s.firstEvent() + 1.0;
    }

    private static String series(DriftSlice s) {
        return s.run() + " " + s.dataBoardId();
    }

    List<Figure> all() {
        return List.of(
                figure(
                        "time-difference",
                        "time to the next board from the run's mean [ps]",
                        s -> PICOSECONDS * (s.timeDiffMean() - means.getOrDefault(series(s), Double.NaN)),
                        s -> PICOSECONDS * s.timeDiffMeanUnc(),
                        constancy),
                figure(
                        "core-width",
                        "core width of the time to the next board [ps]",
                        s -> PICOSECONDS * s.timeDiffCoreWidth(),
                        s -> PICOSECONDS * s.timeDiffCoreWidth() / Math.sqrt(2.0 * s.events()),
                        List.of()),
                figure(
                        "time-resolution",
                        "time resolution (standard deviation) [ps]",
                        s -> PICOSECONDS * s.timeResolution(),
                        s -> PICOSECONDS * s.timeResolutionUnc(),
                        List.of()),
                figure(
                        "events",
                        "final events, of the events built [%]",
                        s -> PERCENT * s.events() / built(s),
                        s -> PERCENT * Math.sqrt(s.events() * (1 - s.events() / built(s))) / built(s),
                        List.of()),
                figure(
                        "calibration-code-mean",
                        "mean calibration code [codes]",
                        DriftSlice::calibrationCodeMean,
                        DriftSlice::calibrationCodeMeanUnc,
                        List.of()));
    }

    private Figure figure(
            String quantity,
            String title,
            ToDoubleFunction<DriftSlice> value,
            ToDoubleFunction<DriftSlice> unc,
            List<String> more) {
        String id = "drift-" + quantity;
        String heading = "Drift: " + title.replaceAll(" \\[.*", "");
        List<Series> series = new ArrayList<>();
        for (int board : quantity.equals("events") ? boards.subList(0, Math.min(1, boards.size())) : boards) {
            List<DriftSlice> own = slices.stream()
                    .filter(s -> s.dataBoardId() == board && Double.isFinite(value.applyAsDouble(s)))
                    .toList();
            if (!own.isEmpty()) {
                series.add(Series.Points.of(
                        quantity.equals("events") ? "events" : "board " + board,
                        own,
                        s -> time.of(s, places.getOrDefault(s.run() + " " + s.slice(), 0)),
                        value,
                        unc));
            }
        }
        List<String> said = new ArrayList<>(notes);
        said.addAll(more);
        return series.isEmpty()
                ? Figure.empty(id, DRIFT, heading, "too few events in every slice")
                : new Figure(id, DRIFT, heading, time.title(), title, series, said, "");
    }
}
