package etroc.telescope.etroc2;

import etroc.report.Figure;
import etroc.report.Series;
import etroc.store.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Figures of efficiencies, and of hits, codes and noise over the chips. */
final class MapFigures {
    private static final String EFFICIENCY = "Efficiency";
    static final String HITS = "Hits";
    private static final String CODES = "Calibration codes";
    private static final String NOISE = "Noise";
    private static final double PERCENT = 100;
    private static final double KHZ = 1e-3;
    /** A predicted pixel with fewer events does not tell how far the colours of efficiencies reach. */
    private static final long FEW = 30;

    private static final double EFFICIENCY_STEP = 10;
    /** Points of a board stand side by side [boards]. */
    private static final double ASIDE = 0.1;

    private final List<Figure> figures = new ArrayList<>();
    private final Set<String> hot;

    private MapFigures(Set<String> hot) {
        this.hot = hot;
    }

    static List<Figure> of(Tables tables) {
        Set<String> hot = !tables.has(OddPixel.TABLE)
                ? Set.of()
                : tables.as(OddPixel.TABLE, OddPixel.class).stream()
                        .filter(o -> o.kind().equals("hot"))
                        .map(o -> Pixel.label(o.dataBoardId(), o.row() * Pixel.SIDE + o.column()))
                        .collect(Collectors.toSet());
        MapFigures all = new MapFigures(hot);
        if (tables.has(BoardEfficiency.TABLE)) {
            all.efficiencies(tables.as(BoardEfficiency.TABLE, BoardEfficiency.class));
            all.efficiencyMaps(tables.as(Efficiency.TABLE, Efficiency.class));
        }
        if (tables.has(HitMap.TABLE)) {
            all.hits(tables.as(HitMap.TABLE, HitMap.class));
            all.figures.addAll(CountFigures.counts(tables.as(HitCount.TABLE, HitCount.class)));
            all.codes(tables.as(Pixel.TABLE, Pixel.class), tables.as(HitMap.TABLE, HitMap.class));
            all.noise(tables.as(HitMap.TABLE, HitMap.class));
            all.figures.addAll(CountFigures.neighbours(
                    tables.as(ClusterSize.TABLE, ClusterSize.class), tables.as(Neighbour.TABLE, Neighbour.class)));
        }
        return all.figures;
    }

    private void efficiencies(List<BoardEfficiency> boards) {
        List<BoardEfficiency> known =
                boards.stream().filter(b -> b.found().denominator() > 0).toList();
        String title = "Efficiency of the boards";
        if (known.isEmpty()) {
            String why = boards.stream().map(BoardEfficiency::remark).distinct().collect(Collectors.joining("; "));
            figures.add(Figure.empty("efficiency-of-boards", EFFICIENCY, title, why.isEmpty() ? "no boards" : why));
            return;
        }
        List<Series> series = new ArrayList<>();
        series.add(Series.Points.within(
                "near the prediction",
                known,
                b -> b.dataBoardId() - ASIDE,
                b -> PERCENT * b.found().efficiency(),
                b -> PERCENT * b.found().low(),
                b -> PERCENT * b.found().high()));
        series.add(Series.Points.within(
                "near it, without outermost rows and columns",
                known.stream().filter(b -> b.inner().denominatorInner() > 0).toList(),
                BoardEfficiency::dataBoardId,
                b -> PERCENT * b.inner().efficiencyInner(),
                b -> PERCENT * b.inner().lowInner(),
                b -> PERCENT * b.inner().highInner()));
        series.add(Series.Points.within(
                "anywhere on the board",
                known,
                b -> b.dataBoardId() + ASIDE,
                b -> PERCENT * b.found().efficiencyAnywhere(),
                b -> PERCENT * b.found().lowAnywhere(),
                b -> PERCENT * b.found().highAnywhere()));
        List<String> notes = known.stream()
                .filter(b -> !b.remark().isEmpty())
                .map(b -> "board " + b.dataBoardId() + ": " + b.remark())
                .toList();
        figures.add(
                new Figure("efficiency-of-boards", EFFICIENCY, title, "board", "efficiency [%]", series, notes, ""));
    }

    private void efficiencyMaps(List<Efficiency> map) {
        ChipMap.Filling filling = new ChipMap.Filling();
        map.forEach(e -> filling.put(
                e.dataBoardId(),
                e.row(),
                e.column(),
                PERCENT * e.found().efficiency(),
                e.found().denominator() >= FEW));
        ChipMap all = filling.map(EFFICIENCY, "efficiency by predicted pixel [%]");
        double low = map.stream().anyMatch(e -> e.found().denominator() >= FEW)
                ? EFFICIENCY_STEP * (Math.ceil(all.low() / EFFICIENCY_STEP) - 1)
                : 0;
        figures.addAll(new ChipMap(EFFICIENCY, all.name(), all.boards(), low, PERCENT).figures());
    }

    private void hits(List<HitMap> hits) {
        figures.addAll(filled(hits, h -> h.hits()).fromZero(HITS, "hits").figures());
        figures.addAll(filled(hits, h -> PERCENT * h.occupancy())
                .fromZero(HITS, "occupancy, input hits a frame [%]")
                .figures());
    }

    private ChipMap.Filling filled(List<HitMap> pixels, ToDoubleFunction<HitMap> value) {
        ChipMap.Filling filling = new ChipMap.Filling();
        for (HitMap h : pixels) {
            boolean usual = !hot.contains(Pixel.label(h.dataBoardId(), h.row() * Pixel.SIDE + h.column()));
            filling.put(h.dataBoardId(), h.row(), h.column(), value.applyAsDouble(h), usual);
        }
        return filling;
    }

    private void codes(List<Pixel> pixels, List<HitMap> hits) {
        ChipMap.Filling means = new ChipMap.Filling();
        pixels.forEach(
                p -> means.put(p.dataBoardId(), p.row(), p.column(), p.calCoreMean(), p.calibrated() && !p.hot()));
        figures.addAll(means.map(CODES, "mean CAL code, core").figures());
        figures.addAll(filled(hits, HitMap::calStd)
                .fromZero(CODES, "standard deviation of CAL, input hits")
                .figures());
    }

    private void noise(List<HitMap> hits) {
        List<HitMap> known =
                hits.stream().filter(h -> h.noise().noiseFrames() != null).toList();
        if (known.isEmpty()) {
            String why = hits.stream().map(HitMap::remark).distinct().collect(Collectors.joining("; "));
            figures.add(Figure.empty("noise-of-boards", NOISE, "Noise", why.isEmpty() ? "no hits" : why));
            return;
        }
        figures.addAll(filled(known, h -> KHZ * h.noise().noiseHz())
                .fromZero(NOISE, "noise [kHz]")
                .figures());
    }
}
