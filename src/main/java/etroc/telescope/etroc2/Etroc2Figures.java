package etroc.telescope.etroc2;

import etroc.report.Bins;
import etroc.report.Figure;
import etroc.report.Series;
import etroc.store.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The figures of an ETROC2 telescope: resolutions, and maps of hits, CAL codes, resolutions and efficiencies. */
public final class Etroc2Figures {
    private static final String RESULTS = "Time resolution";
    private static final String MAPS = "Maps";
    private static final double PS = 1000;

    private final List<Figure> figures = new ArrayList<>();

    private Etroc2Figures() {}

    /** Those of some tables. */
    public static List<Figure> of(Tables tables) {
        Etroc2Figures all = new Etroc2Figures();
        if (tables.has(Combined.BOARDS)) {
            all.resolutions(tables.as(Combined.BOARDS, Combined.Row.class));
            List<Combined.Row> pixels = tables.as(Combined.PIXELS, Combined.Row.class).stream()
                    .filter(r -> r.step().equals("core") && r.row() != null)
                    .toList();
            String widest =
                    pixels.stream().map(Combined.Row::boards).findFirst().orElse("");
            all.maps(
                    "core resolution [ps], boards " + widest,
                    pixels.stream().filter(r -> r.boards().equals(widest)).toList(),
                    Combined.Row::dataBoardId,
                    r -> r.row() == null ? -1 : r.row(),
                    r -> r.column() == null ? -1 : r.column(),
                    r -> PS * r.sigmaNs());
        }
        if (tables.has(HitMap.TABLE)) {
            List<HitMap> hits = tables.as(HitMap.TABLE, HitMap.class);
            all.maps("hits", hits, HitMap::dataBoardId, HitMap::row, HitMap::column, HitMap::hits);
            all.maps("mean CAL code", hits, HitMap::dataBoardId, HitMap::row, HitMap::column, HitMap::calMean);
            all.maps("hits a frame", hits, HitMap::dataBoardId, HitMap::row, HitMap::column, HitMap::occupancy);
        }
        if (tables.has(Efficiency.MAP)) {
            all.maps(
                    "efficiency by predicted pixel",
                    tables.as(Efficiency.MAP, Efficiency.class),
                    Efficiency::dataBoardId,
                    Efficiency::row,
                    Efficiency::column,
                    Efficiency::efficiency);
        }
        return all.figures;
    }

    private void resolutions(List<Combined.Row> rows) {
        List<Series> series = new ArrayList<>();
        Map<String, List<Combined.Row>> bySet = rows.stream()
                .filter(r -> r.step().equals("core") && r.sigmaNs() > 0)
                .collect(Collectors.groupingBy(Combined.Row::boards, TreeMap::new, Collectors.toList()));
        bySet.forEach((set, own) -> series.add(Series.Points.of(
                "boards " + set, own, Combined.Row::dataBoardId, r -> PS * r.sigmaNs(), r -> PS * r.sigmaUncNs())));
        figures.add(
                series.isEmpty()
                        ? Figure.empty("resolution", RESULTS, "Time resolution of the boards", "no board has one")
                        : new Figure(
                                "resolution",
                                RESULTS,
                                "Time resolution of the boards",
                                "board",
                                "core width [ps]",
                                series,
                                List.of(Etroc2Summary.ASSUMPTION),
                                ""));
    }

    private <T> void maps(
            String name,
            List<T> rows,
            Function<T, Integer> board,
            ToDoubleFunction<T> row,
            ToDoubleFunction<T> column,
            ToDoubleFunction<T> value) {
        Map<Integer, List<T>> boards = rows.stream()
                .filter(r -> value.applyAsDouble(r) > 0)
                .collect(Collectors.groupingBy(board, TreeMap::new, Collectors.toList()));
        boards.forEach((number, own) -> {
            Series plane = Bins.plane(
                    name,
                    own,
                    r -> column.applyAsDouble(r) - 0.5,
                    r -> column.applyAsDouble(r) + 0.5,
                    r -> row.applyAsDouble(r) - 0.5,
                    r -> row.applyAsDouble(r) + 0.5,
                    value);
            String title = "Board " + number + ": " + name;
            figures.add(new Figure(
                    title.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-"),
                    MAPS,
                    title,
                    "column",
                    "row",
                    List.of(plane),
                    List.of(own.size() + " pixels"),
                    ""));
        });
    }
}
