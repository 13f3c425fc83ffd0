package etroc.telescope;

import etroc.fits.LineFit;
import etroc.passes.HistogramBin;
import etroc.report.Bins;
import etroc.report.Figure;
import etroc.report.Series;
import etroc.store.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of a telescope run, from its tables. */
public final class TelescopeFigures {
    private static final String CORRELATIONS = "TOT and TOA";
    private static final String VARIABLES = "Codes and times";
    private static final String TOT = "time_over_threshold_ns";
    private static final String TOA = "time_of_arrival_ns";

    private static final Map<String, String> TITLES = Map.of(
            "time_of_arrival",
            "TOA [codes]",
            "time_over_threshold",
            "TOT [codes]",
            "calibration_code",
            "CAL [codes]",
            TOA,
            "TOA [ns]",
            TOT,
            "TOT [ns]",
            "time_delta_ns",
            "mean of the others - own time [ns]");

    private final Tables tables;
    private final List<Integer> boards;
    private final List<PlaneCell> planes;

    private TelescopeFigures(Tables tables) {
        this.tables = tables;
        this.boards = tables.as(BoardInfo.TABLE, BoardInfo.class).stream()
                .map(BoardInfo::dataBoardId)
                .distinct()
                .sorted()
                .toList();
        this.planes = tables.as(PlaneCell.TABLE, PlaneCell.class);
    }

    /** Those that the tables have something for, in the order of the page. */
    public static List<Figure> of(Tables tables) {
        return new TelescopeFigures(tables).figures();
    }

    private List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        List<HistogramBin> bins = tables.as("histograms", HistogramBin.class);
        if (tables.has(TimingInfo.TABLE)) {
            ResolutionFigures resolution = new ResolutionFigures(tables.as(TimingInfo.TABLE, TimingInfo.class), bins);
            boards.stream()
                    .limit(boards.size() == 2 ? 1 : boards.size())
                    .forEach(b -> figures.add(resolution.difference(b)));
            figures.add(resolution.resolution(boards));
            if (tables.has(ResolutionCorrelation.TABLE)) {
                figures.add(CountFigures.correlations(
                        tables.as(ResolutionCorrelation.TABLE, ResolutionCorrelation.class),
                        ResolutionFigures.RESOLUTION));
            }
        }
        if (tables.has(Systematic.TABLE)) {
            figures.add(ResolutionFigures.systematics(boards, tables.as(Systematic.TABLE, Systematic.class)));
        }
        if (tables.has(TwcFit.TABLE)) {
            WalkFigures walk = new WalkFigures(
                    planes,
                    tables.as(ProfileBin.TABLE, ProfileBin.class),
                    tables.as(TwcFit.TABLE, TwcFit.class),
                    tables.as(ClosureRow.TABLE, ClosureRow.class));
            boards.forEach(b -> List.of(-1, 0).forEach(iteration -> figures.add(walk.walk(b, iteration))));
            boards.forEach(b -> figures.add(walk.closure(b)));
        }
        if (tables.has(PlaneCell.TABLE)) {
            boards.forEach(b -> figures.add(plane(b, TOT)));
            boards.forEach(b -> figures.add(plane(b, TOA)));
        }
        if (tables.has(DriftSlice.TABLE)) {
            figures.addAll(new DriftFigures(
                            boards,
                            tables.as(DriftSlice.TABLE, DriftSlice.class),
                            tables.as(ConstancyRow.TABLE, ConstancyRow.class))
                    .all());
        }
        if (tables.has(EventInfo.TABLE)) {
            figures.add(
                    CountFigures.hitsInEvents(boards, tables.as(EventInfo.TABLE, EventInfo.class), DriftFigures.DRIFT));
        }
        for (String variable : EventHistograms.VARIABLES) {
            if (bins.stream().anyMatch(b -> b.variable().equals(variable))) {
                figures.add(histogram(bins, variable));
            }
        }
        return figures;
    }

    static String title(String variable) {
        return TITLES.getOrDefault(variable, variable);
    }

    static Series cells(List<PlaneCell> cells) {
        return Bins.plane(
                        "events",
                        cells,
                        PlaneCell::xLow,
                        PlaneCell::xHigh,
                        PlaneCell::yLow,
                        PlaneCell::yHigh,
                        PlaneCell::count)
                .logarithmic();
    }

    private static Figure histogram(List<HistogramBin> bins, String variable) {
        String title = title(variable);
        return Bins.overlay(
                variable,
                VARIABLES,
                title.replaceAll(" \\[.*", "") + (variable.endsWith("_ns") ? " as time" : "") + " of all boards",
                title,
                bins.stream()
                        .filter(b -> b.variable().equals(variable))
                        .map(b -> new Bins.Bin("board " + b.dataBoardId(), b.stepName(), b.low(), b.high(), b.count()))
                        .toList());
    }

    private Figure plane(int board, String y) {
        List<PlaneCell> cells = planes.stream()
                .filter(c -> c.variableX().equals(TOA) && c.variableY().equals(y) && c.dataBoardId() == board)
                .toList();
        boolean pair = y.equals(TOA);
        String id = (pair ? "toa-toa-board-" : "tot-toa-board-") + board;
        String title = pair ? "TOA of board " + board + " and the next" : "TOT against TOA, board " + board;
        if (cells.isEmpty()) {
            return Figure.empty(id, CORRELATIONS, title, "no event has both");
        }
        double[] x = Bins.bulk(cells, PlaneCell::xLow, PlaneCell::xHigh, PlaneCell::count);
        double[] h = Bins.bulk(cells, PlaneCell::yLow, PlaneCell::yHigh, PlaneCell::count);
        String yTitle = pair ? "TOA of board " + cells.get(0).otherBoardId() + " [ns]" : title(TOT);
        List<Series> series = new ArrayList<>(List.of(cells(cells)));
        List<String> notes = new ArrayList<>(beyond(cells, x, h));
        if (pair) {
            line(cells, series, notes);
        }
        return new Figure(id, CORRELATIONS, title, "TOA of board " + board + " [ns]", yTitle, series, notes, "")
                .within(x[0], x[1], h[0], h[1]);
    }

    /** What lies beyond the ends of the axes is counted. */
    static List<String> beyond(List<PlaneCell> cells, double[] x, double[] y) {
        long all = cells.stream().mapToLong(PlaneCell::count).sum();
        long shown = cells.stream()
                .filter(c -> c.xHigh() > x[0] && c.xLow() < x[1] && c.yHigh() > y[0] && c.yLow() < y[1])
                .mapToLong(PlaneCell::count)
                .sum();
        return shown == all
                ? List.of(String.format(Locale.ROOT, "%,d events", all))
                : List.of(String.format(Locale.ROOT, "%,d events, %,d of them beyond the axes", all, all - shown));
    }

    /** Least squares over the cells' centres. */
    private static void line(List<PlaneCell> cells, List<Series> series, List<String> notes) {
        if (cells.stream().mapToDouble(PlaneCell::xLow).distinct().count() < 2) {
            return;
        }
        LineFit fit = LineFit.weighted(
                cells.stream().mapToDouble(c -> (c.xLow() + c.xHigh()) / 2).toArray(),
                cells.stream().mapToDouble(c -> (c.yLow() + c.yHigh()) / 2).toArray(),
                cells.stream()
                        .mapToDouble(c -> 1 / Math.sqrt((double) c.count()))
                        .toArray());
        if (Double.isFinite(fit.slope())) {
            double low = cells.stream().mapToDouble(PlaneCell::xLow).min().orElseThrow();
            double high = cells.stream().mapToDouble(PlaneCell::xHigh).max().orElseThrow();
            series.add(Series.Line.of("least squares over the cells", low, high, fit::at));
            notes.add(String.format(Locale.ROOT, "slope %.4f, intercept %.3f ns", fit.slope(), fit.intercept()));
        }
    }
}
