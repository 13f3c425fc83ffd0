package etroc.telescope;

import etroc.About;
import etroc.telescope.resolution.ClosureSums;

/** A row of the table {@code closure}. */
@About("whether the final solution leaves a dependence: chi2 of the profiles of a board against constant")
record ClosureRow(
        @About("board") int dataBoardId,

        @About("time_over_threshold_ns: TOT of the board; particle_time_ns: time of the particle")
        String variable,

        @About("bins with equal numbers of events") int bins,
        @About("events") long events,

        @About("chi2 of the means about their weighted mean; NULL: fewer than 200 events")
        double chi2,

        @About("its degrees of freedom: bins - 1, against TOT less the degree of the correction")
        int ndf,

        @About("probability of a larger chi2") double probability,

        @About("width that the dependence adds to that of the mean of the others minus the own time [ns]")
        double excessWidth) {
    static final String TABLE = "closure";

    static ClosureRow of(int board, String variable, ClosureSums.Closure closure) {
        return new ClosureRow(
                board,
                variable,
                closure.bins().size(),
                closure.bins().stream().mapToLong(ClosureSums.Bin::events).sum(),
                closure.chi2(),
                closure.ndf(),
                closure.probability(),
                closure.excess());
    }
}
