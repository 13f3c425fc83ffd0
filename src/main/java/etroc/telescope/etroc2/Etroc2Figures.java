package etroc.telescope.etroc2;

import etroc.report.Figure;
import etroc.report.Series;
import etroc.store.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The figures of an ETROC2 telescope: resolutions, then what maps show. */
public final class Etroc2Figures {
    private static final String RESULTS = "Time resolution";
    private static final double PS = 1000;
    private static final double ASIDE = 0.06;

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
            all.maps(pixels);
        }
        all.figures.addAll(MapFigures.of(tables));
        return all.figures;
    }

    private void resolutions(List<Combined.Row> rows) {
        List<Series> series = new ArrayList<>();
        Map<String, List<Combined.Row>> bySet = rows.stream()
                .filter(r -> r.step().equals("core") && r.sigmaNs() > 0)
                .collect(Collectors.groupingBy(Combined.Row::boards, LinkedHashMap::new, Collectors.toList()));
        bySet.forEach((set, own) -> {
            // side by side, or they would cover one another
            double aside = ASIDE * series.size();
            series.add(Series.Points.of(
                    "boards " + set,
                    own,
                    r -> r.dataBoardId() + aside,
                    r -> PS * r.sigmaNs(),
                    r -> PS * r.sigmaUncNs()));
        });
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

    /** Of the widest set of boards, which comes first. */
    private void maps(List<Combined.Row> pixels) {
        String widest = pixels.stream().map(Combined.Row::boards).findFirst().orElse("");
        ChipMap.Filling filling = new ChipMap.Filling();
        for (Combined.Row r : pixels) {
            if (r.boards().equals(widest) && r.row() != null && r.column() != null) {
                filling.put(r.dataBoardId(), r.row(), r.column(), PS * r.sigmaNs(), true);
            }
        }
        figures.addAll(
                filling.map(RESULTS, "core resolution [ps], boards " + widest).figures());
    }
}
