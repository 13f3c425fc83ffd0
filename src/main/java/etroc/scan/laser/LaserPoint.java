package etroc.scan.laser;

import etroc.About;
import etroc.fits.GaussianCore;
import etroc.fits.GroupedPolynomial;
import etroc.fits.Polynomial;
import etroc.scan.Jitter;
import etroc.scan.PointTimes;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A row of the table {@code laser_points}. */
@About("a run under a laser, also without hits; then it says so")
record LaserPoint(
        @About("name of the run") String run,
        LaserKey curve,

        @About("discriminator threshold [DAC]") int boardDiscriminatorThreshold,
        PointTimes times,

        @About("width of the Gaussian core of the time of arrival, quantisation included [ns]")
        double toaCoreNs,

        @About("1: times are those since the trigger board's hit")
        boolean withReference,

        @About("times that the jitter is from") long events,
        Jitter spread,

        @About(
                "standard deviation about a cubic of the time over threshold; amplitude alone may explain the difference [ns]")
        double jitterWalk,

        @About("its uncertainty [ns]") double jitterWalkUnc,

        @About("what is to be known of it") String remark) {
    static final String TABLE = "laser_points";
    static final Comparator<LaserPoint> ORDER = Comparator.comparing(LaserPoint::curve)
            .thenComparingInt(LaserPoint::boardDiscriminatorThreshold)
            .thenComparing(LaserPoint::run);
    private static final int WALK_DEGREE = 3;
    private static final int WALK_EVENTS = 50;
    private static final int WALK_CODES = 8;
    /** A laser that is not in step comes at any time. */
    private static final double IN_STEP_NS = 2;

    /** Parts of a code that its hits are spread over. */
    private static final int PARTS = 20;

    private static final String NOT_IN_STEP = "not in step";

    /**
     * The point of a run.
     *
     * @param index of the run
     * @param settings whether there is a reference
     */
    static LaserPoint of(String run, LaserKey key, int threshold, LaserHits hits, int index, LaserSettings settings) {
        PointTimes times = PointTimes.of(hits.sums().get(index));
        boolean reference = settings.triggerBoard() != null;
        double triggerBin =
                reference ? PointTimes.of(hits.triggerSums().get(index)).fbinNs() : 0;
        List<TotCell> cells = hits.cells().getOrDefault(index, List.of());
        TotCell all = cells.stream().reduce(TotCell.NONE, TotCell::plus);
        double bin = times.fbinNs();
        Double own = settings.triggerJitter();
        double taken = own == null ? 0 : own * own;
        double std = all.n() < 2 ? Double.NaN : Math.sqrt(all.deviations(bin, triggerBin) / (all.n() - 1.0));
        Jitter jitter =
                Jitter.of(std, (double) all.n(), taken, Jitter.quantisation(bin) + Jitter.quantisation(triggerBin));
        Jitter walk = walk(cells, all.n(), bin, triggerBin, taken);
        return new LaserPoint(
                run,
                key,
                threshold,
                times,
                core(hits.toas().getOrDefault(index, List.of()), bin),
                reference,
                all.n(),
                jitter,
                walk.jitter(),
                walk.jitterUnc(),
                remark(times, settings, all.n(), jitter, std));
    }

    private static String remark(PointTimes times, LaserSettings settings, long events, Jitter jitter, double std) {
        Integer trigger = settings.triggerBoard();
        boolean loose = trigger == null && times.toaStdNs() > IN_STEP_NS;
        String few = times.fewHits();
        return Stream.of(
                        few,
                        loose ? NOT_IN_STEP : "",
                        trigger != null && few.isEmpty() && events < PointTimes.FEW
                                ? events + " events with the trigger board " + trigger
                                : "",
                        std > 0 && Double.isNaN(jitter.jitter()) ? "less jitter than the trigger board's own" : "")
                .filter(r -> !r.isEmpty())
                .collect(Collectors.joining("; "));
    }

    /** Scatter about a cubic of TOT; without numbers where there is too little to fit. */
    private static Jitter walk(List<TotCell> cells, long events, double bin, double triggerBin, double taken) {
        if (events < WALK_EVENTS || cells.size() < WALK_CODES || Double.isNaN(bin + triggerBin)) {
            return Jitter.of(Double.NaN, (double) events, 0, 0);
        }
        Polynomial fit = GroupedPolynomial.fit(
                cells.stream().mapToDouble(c -> c.tot() * bin).toArray(),
                cells.stream().mapToDouble(TotCell::n).toArray(),
                cells.stream().mapToDouble(c -> c.mean(bin, triggerBin)).toArray(),
                cells.stream().mapToDouble(c -> c.deviations(bin, triggerBin)).sum(),
                WALK_DEGREE);
        return Jitter.of(Math.sqrt(fit.variance()), (double) events - WALK_DEGREE, taken, 0);
    }

    /**
     * Gaussian core of TOA, whose codes are spread evenly over their bins, so that the edge of a window moves smoothly; the variance that this adds
     * is taken out again.
     */
    private static double core(List<long[]> toas, double bin) {
        if (toas.isEmpty() || Double.isNaN(bin)) {
            return Double.NaN;
        }
        long first = toas.get(0)[0];
        int[] counts = new int[PARTS * (int) (toas.get(toas.size() - 1)[0] - first + 1)];
        for (long[] t : toas) {
            int from = PARTS * (int) (t[0] - first);
            Arrays.fill(counts, from, from + PARTS, Math.toIntExact(t[1]));
        }
        GaussianCore core = GaussianCore.fit(counts, first - 0.5, 1.0 / PARTS);
        double variance = core.width() * core.width() - Jitter.quantisation(1);
        return core.converged() && variance > 0 ? bin * Math.sqrt(variance) : Double.NaN;
    }
}
