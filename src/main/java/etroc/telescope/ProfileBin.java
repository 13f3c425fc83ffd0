package etroc.telescope;

import etroc.About;
import etroc.passes.Histogram;
import etroc.passes.Moments;
import etroc.telescope.resolution.ClosureSums;
import java.util.ArrayList;
import java.util.List;

/** A row of the table {@code profiles}. */
@About("mean of the others' times minus the own in a bin of another variable, over the events of the last step")
record ProfileBin(
        @About("variable along x: TOT of the board; particle_time_ns: mean of the boards' times with weights 1/sigma^2")
        String variableX,

        @About("variable whose mean it is") String variableY,
        @About("board") int dataBoardId,

        @About("-1: uncorrected, equal bins; 0: final solution, bins with equal numbers of events")
        int twcIteration,

        @About("lower edge in x") double xLow,
        @About("upper edge in x") double xHigh,
        @About("mean") double mean,

        @About("its uncertainty; of the final solution from the variance within all bins")
        double meanUnc,

        @About("width of the Gaussian core; of the final solution only [ns]")
        double coreWidth,

        @About("events") long count) {
    static final String TABLE = "profiles";
    static final String TOT = "time_over_threshold_ns";
    static final String PARTICLE_TIME = "particle_time_ns";
    private static final String DELTA = "time_delta_ns";

    /**
     * Before the correction, against TOT.
     *
     * @param moments of each bin of the axis
     */
    static List<ProfileBin> of(int board, Histogram.Axis axis, List<Moments> moments) {
        List<ProfileBin> bins = new ArrayList<>();
        for (int i = 0; i < axis.bins(); i++) {
            Moments m = moments.get(i);
            if (m.n() > 0) {
                bins.add(new ProfileBin(
                        TOT,
                        DELTA,
                        board,
                        -1,
                        axis.edge(i),
                        axis.edge(i + 1),
                        m.mean(),
                        m.meanUnc(),
                        Double.NaN,
                        m.n()));
            }
        }
        return bins;
    }

    /** Of the final solution. */
    static List<ProfileBin> of(String x, int board, ClosureSums.Closure closure) {
        return closure.bins().stream()
                .map(b -> new ProfileBin(
                        x, DELTA, board, 0, b.low(), b.high(), b.mean(), b.meanUnc(), b.coreWidth(), b.events()))
                .toList();
    }
}
