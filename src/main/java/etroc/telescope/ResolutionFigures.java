package etroc.telescope;

import etroc.fits.Chi2;
import etroc.fits.GaussianCore;
import etroc.fits.SmearedCounts;
import etroc.passes.HistogramBin;
import etroc.report.Figure;
import etroc.report.Section;
import etroc.report.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Figures of the time resolution. */
record ResolutionFigures(List<TimingInfo> timing, List<HistogramBin> bins) {
    static final String RESOLUTION = "Time resolution";
    private static final String DIFFERENCES = "Time differences";
    /** A chi2 that is less probable is told in words. */
    private static final double IMPROBABLE = 1e-5;

    private static final double PICOSECONDS = 1000;
    private static final double DRAWN_WIDTHS = 3;
    /** So that points of nearly the same value are not drawn on each other. */
    private static final double BESIDE = 0.05;

    /** Resolutions at each step, after each iteration; before the correction, which is told in the table, only where there is no other. */
    Figure resolution(List<Integer> boards) {
        List<String> steps =
                timing.stream().map(TimingInfo::stepName).distinct().toList();
        boolean corrected = timing.stream().anyMatch(t -> t.twcIteration() >= 0);
        List<Integer> iterations = timing.stream()
                .map(TimingInfo::twcIteration)
                .filter(i -> i >= 0 || !corrected)
                .distinct()
                .sorted()
                .toList();
        List<Series> series = new ArrayList<>();
        for (int board : boards) {
            for (int iteration : iterations) {
                String name = "board " + board
                        + (corrected ? iterations.size() > 1 ? ", iteration " + iteration : "" : ", uncorrected")
                        + ", Gaussian core";
                List<TimingInfo> own = timing.stream()
                        .filter(t -> t.dataBoardId() == board && t.twcIteration() == iteration)
                        .toList();
                series.addAll(ofSteps(
                        name,
                        own,
                        steps,
                        0,
                        TimingInfo::timeResolutionCore,
                        TimingInfo::timeResolutionCoreBootstrapUnc));
                series.addAll(ofSteps(
                        name + ": standard deviation",
                        own,
                        steps,
                        BESIDE,
                        TimingInfo::timeResolution,
                        TimingInfo::timeResolutionBootstrapUnc));
            }
        }
        if (series.isEmpty()) {
            String why = timing.isEmpty() ? "no step has events" : timing.get(0).remark();
            return Figure.empty("resolution", RESOLUTION, RESOLUTION, why.isEmpty() ? "no resolution" : why);
        }
        return new Figure(
                        "resolution",
                        RESOLUTION,
                        "Time resolution, Gaussian cores and (open) standard deviations, at each step"
                                + (iterations.size() > 1 ? " and iteration" : ""),
                        "step of the cuts",
                        "time resolution [ps]",
                        series,
                        List.of(),
                        "")
                .named(steps);
    }

    /** Points of one quantity [ns] at steps, in ps; none where it has no value. */
    private static List<Series> ofSteps(
            String name,
            List<TimingInfo> rows,
            List<String> steps,
            double beside,
            ToDoubleFunction<TimingInfo> value,
            ToDoubleFunction<TimingInfo> unc) {
        List<TimingInfo> known = rows.stream()
                .filter(t -> Double.isFinite(value.applyAsDouble(t)))
                .toList();
        return known.isEmpty()
                ? List.of()
                : List.of(Series.Points.of(
                        name,
                        known,
                        t -> steps.indexOf(t.stepName()) + 1 + beside,
                        t -> PICOSECONDS * value.applyAsDouble(t),
                        t -> PICOSECONDS * unc.applyAsDouble(t)));
    }

    /** Differences to the nominal resolutions. */
    static Figure systematics(List<Integer> boards, List<Systematic> all) {
        List<String> variations = all.stream()
                .map(s -> (s.variation() + " " + s.value()).strip())
                .distinct()
                .toList();
        List<Series> series = new ArrayList<>();
        for (int board : boards) {
            series.add(Series.Points.of(
                    "board " + board,
                    all.stream()
                            .filter(s -> s.dataBoardId() == board && Double.isFinite(s.difference()))
                            .toList(),
                    s -> variations.indexOf((s.variation() + " " + s.value()).strip()) + 1.0,
                    s -> PICOSECONDS * s.difference(),
                    s -> PICOSECONDS * s.differenceUnc()));
        }
        return new Figure(
                        "systematics",
                        RESOLUTION,
                        "Differences with something changed",
                        "what was changed",
                        "difference to the nominal time resolution [ps]",
                        series,
                        List.of(),
                        "")
                .named(variations);
    }

    /** Time differences of a board and the next, with the cores of the last step. */
    Figure difference(int board) {
        List<HistogramBin> own = bins.stream()
                .filter(b -> b.variable().equals("time_difference_ns") && b.dataBoardId() == board)
                .toList();
        String id = "difference-board-" + board;
        if (own.isEmpty()) {
            return Figure.empty(id, Section.ANSWER, DIFFERENCES + ", board " + board, "fewer than two events are left");
        }
        List<Series> series = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (String step : List.of("uncorrected", "corrected")) {
            List<HistogramBin> of =
                    own.stream().filter(b -> b.stepName().equals(step)).toList();
            if (!of.isEmpty()) {
                // bins before and after differ in width
                series.add(Series.Counts.of(
                        step,
                        of,
                        HistogramBin::low,
                        HistogramBin::high,
                        b -> b.count() / (PICOSECONDS * (b.high() - b.low()))));
                core(board, step, of, series, notes);
            }
        }
        return new Figure(
                id,
                Section.ANSWER,
                DIFFERENCES + ", board " + board + " - board " + own.get(0).otherBoardId(),
                "time difference [ns]",
                "events per ps",
                series,
                notes,
                "");
    }

    /** Steps of the TDCs of a pair, over which the entries of its histogram are spread [ns]. */
    private double[] steps(int board, List<HistogramBin> own) {
        Integer other = own.get(0).otherBoardId();
        return timing.stream()
                .filter(t -> t.dataBoardId() == board || (other != null && t.dataBoardId() == other))
                .collect(Collectors.toMap(TimingInfo::dataBoardId, TimingInfo::fbin, (a, b) -> b))
                .values()
                .stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .toArray();
    }

    private void core(int board, String step, List<HistogramBin> own, List<Series> series, List<String> notes) {
        List<TimingInfo> rows = timing.stream()
                .filter(t -> t.dataBoardId() == board && (t.twcIteration() < 0) == step.equals("uncorrected"))
                .toList();
        TimingInfo row = rows.isEmpty() ? null : rows.get(rows.size() - 1);
        if (row == null || !(row.timeDiffCoreWidth() > 0)) {
            notes.add(step + ": no Gaussian core");
            return;
        }
        double mean = row.timeDiffCoreMean();
        double width = row.timeDiffCoreWidth();
        double[] spread = steps(board, own);
        double wider = Math.sqrt(
                width * width + Arrays.stream(spread).map(f -> f * f / 12).sum());
        GaussianCore.Peak peak = new GaussianCore(mean, wider, true)
                .scaled(
                        own.stream().mapToDouble(HistogramBin::low).toArray(),
                        own.stream().mapToDouble(HistogramBin::high).toArray(),
                        own.stream().mapToDouble(HistogramBin::count).toArray());
        series.add(Series.Line.of(
                step + ": Gaussian core",
                mean - DRAWN_WIDTHS * width,
                mean + DRAWN_WIDTHS * width,
                t -> peak.at(t) / PICOSECONDS));
        double bin = own.get(0).high() - own.get(0).low();
        SmearedCounts smeared = SmearedCounts.of(peak.bins(), GaussianCore.Peak.PARAMETERS, bin, spread);
        double chi2 = smeared.chi2(peak.chi2());
        double probability = Chi2.probability(chi2, smeared.ndf());
        notes.add(String.format(
                Locale.ROOT,
                "%s: core %.2f ps, standard deviation %.2f ps, chi2/ndf of the core %.1f/%.1f, probability %.2g%s",
                step,
                PICOSECONDS * width,
                PICOSECONDS * row.timeDiffWidth(),
                chi2,
                smeared.ndf(),
                probability,
                probability < IMPROBABLE ? ": the peak is not Gaussian" : ""));
    }
}
