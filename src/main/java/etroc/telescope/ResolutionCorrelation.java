package etroc.telescope;

import etroc.About;

/** A row of the table {@code resolution_correlation}. */
@About("correlation of the time resolutions of two boards over the bootstrap's replicas")
record ResolutionCorrelation(
        @About("row of the time cuts that marks the step") int stepOrder,
        @About("name of the step") String stepName,

        @About("iteration of the correction; -1: uncorrected")
        int twcIteration,

        @About("board") int dataBoardId,
        @About("the other board") int otherBoardId,
        @About("correlation") double correlation) {
    static final String TABLE = "resolution_correlation";
}
