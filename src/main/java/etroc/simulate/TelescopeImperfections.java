package etroc.simulate;

import java.util.Set;

/**
 * What is not as the analysis of a telescope takes it to be. None of it is drawn from the functions that are fitted.
 *
 * @param runs number of runs, of equal length
 * @param calDrift the calibration code of the first board goes from minus to plus this over each run (what all boards share cancels) [codes]
 * @param calRuns it is shifted from minus to plus this from the first run to the last [codes]
 * @param delayDriftNs the delay of the first board grows by this over each run [ns]
 * @param delayRunsNs it is larger by this in the last run than in the first, and in between by parts of it [ns]
 * @param background fraction of hits with an unrelated time
 * @param flatTail fraction of hits with a time anywhere within 2 ns of the true one
 * @param wideTail fraction of hits with three times the width
 * @param commonJitterNs Gaussian width of the jitter that boards share [ns]
 * @param commonBoards ids of those boards
 * @param late fraction of particles that pass later than the TDC can tell: TOA code 0
 * @param inl amplitude of the TDC's integral nonlinearity, a sine over 64 bins [bins]
 */
public record TelescopeImperfections(
        int runs,
        double calDrift,
        double calRuns,
        double delayDriftNs,
        double delayRunsNs,
        double background,
        double flatTail,
        double wideTail,
        double commonJitterNs,
        Set<Integer> commonBoards,
        double late,
        double inl) {
    /** Nothing of that. */
    public static final TelescopeImperfections NONE =
            new TelescopeImperfections(1, 0, 0, 0, 0, 0, 0, 0, 0, Set.of(), 0, 0);

    private static final double INL_PERIOD = 64;

    public TelescopeImperfections {
        commonBoards = Set.copyOf(commonBoards);
    }

    /**
     * A point in the data.
     *
     * @param run from 0
     * @param part of the run that has passed, 0 to 1
     */
    record Moment(int run, double part) {}

    /** Where an event is in the data. */
    Moment moment(long event, long events) {
        double place = (double) event * runs / events;
        int run = (int) Math.min(runs - 1, Math.floor(place));
        return new Moment(run, place - run);
    }

    /** From -1 in the first run to 1 in the last. */
    private double place(int run) {
        return runs == 1 ? 0 : 2.0 * run / (runs - 1) - 1;
    }

    /** Shift of the first board's code [codes]. */
    double calShift(Moment moment) {
        return calDrift * (2 * moment.part() - 1) + calRuns * place(moment.run());
    }

    /** Delay of the first board beyond its own [ns]. */
    double delayNs(Moment moment) {
        return delayDriftNs * (moment.part() - 0.5) + delayRunsNs / 2 * place(moment.run());
    }

    /** What the TDC counts for a time [bins]. */
    double nonlinear(double bins) {
        return inl == 0 ? bins : bins + inl * Math.sin(2 * Math.PI * bins / INL_PERIOD);
    }
}
