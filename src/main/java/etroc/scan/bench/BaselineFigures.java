package etroc.scan.bench;

import etroc.report.Bins;
import etroc.report.Figure;
import etroc.store.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Histograms of the baselines and widths of a chip's pixels, and of how far methods lie apart. */
final class BaselineFigures {
    private static final String SECTION = "Histograms of baselines";
    /** Fewer pixels are no histogram. */
    private static final int FEWEST = 16;

    private static final double BASELINE_BIN = 2;
    private static final double WIDTH_BIN = 0.1;
    private static final double DIFFERENCE_BIN = 0.25;

    private final List<Figure> figures;

    private BaselineFigures(List<Figure> figures) {
        this.figures = figures;
    }

    static void add(Tables tables, List<Figure> figures) {
        BaselineFigures of = new BaselineFigures(figures);
        List<Baseline> used = tables.as(Baseline.TABLE, Baseline.class).stream()
                .filter(Baseline::used)
                .toList();
        of.histogram("baseline [DAC]", used, b -> name(b.method(), b.chip()), Baseline::baseline, BASELINE_BIN);
        List<Baseline> fitted =
                used.stream().filter(b -> !b.method().equals(Baseline.CHIP)).toList();
        of.histogram("width [DAC]", fitted, b -> name(b.method(), b.chip()), Baseline::width, WIDTH_BIN);
        of.histogram(
                "difference of baselines [DAC]",
                tables.as(BaselineDifference.TABLE, BaselineDifference.class),
                d -> name(d.method() + " - " + d.other(), d.pixel().chip()),
                BaselineDifference::difference,
                DIFFERENCE_BIN);
    }

    private static String name(String method, String chip) {
        return chip.isEmpty() ? method : chip + " " + method;
    }

    private <T> void histogram(
            String axis, List<T> rows, Function<T, String> name, ToDoubleFunction<T> value, double width) {
        List<Bins.Bin> bins = new ArrayList<>();
        BenchFigures.groups(rows, name).forEach((of, own) -> {
            Map<Integer, Integer> counts = new TreeMap<>();
            own.stream()
                    .mapToDouble(value)
                    .filter(Double::isFinite)
                    .forEach(v -> counts.merge((int) Math.floor(v / width), 1, Integer::sum));
            if (counts.values().stream().mapToInt(Integer::intValue).sum() >= FEWEST) {
                counts.forEach((bin, n) -> bins.add(new Bins.Bin(of, "pixels", bin * width, (bin + 1) * width, n)));
            }
        });
        if (!bins.isEmpty()) {
            figures.add(Bins.overlay(
                    BenchFigures.id("histogram " + axis),
                    SECTION,
                    axis.substring(0, axis.indexOf(" [")) + " of the pixels",
                    axis,
                    bins));
        }
    }
}
