package etroc.telescope;

import etroc.About;
import etroc.passes.Histogram;
import etroc.passes.Moments;
import java.util.ArrayList;
import java.util.List;

/** A row of the table {@code profiles}. */
@About("mean of a variable in a bin of another, over the events of the last step")
record ProfileBin(
        @About("variable along x") String variableX,
        @About("variable whose mean it is") String variableY,
        @About("board") int dataBoardId,

        @About("iteration of the correction; -1: uncorrected")
        int twcIteration,

        @About("lower edge in x") double xLow,
        @About("upper edge in x") double xHigh,
        @About("mean") double mean,
        @About("its uncertainty") double meanUnc,
        @About("events") long count) {
    static final String TABLE = "profiles";

    /** @param moments of each bin of the axis */
    static List<ProfileBin> of(
            String x, String y, int board, int iteration, Histogram.Axis axis, List<Moments> moments) {
        List<ProfileBin> bins = new ArrayList<>();
        for (int i = 0; i < axis.bins(); i++) {
            Moments m = moments.get(i);
            if (m.n() > 0) {
                bins.add(new ProfileBin(
                        x, y, board, iteration, axis.edge(i), axis.edge(i + 1), m.mean(), m.meanUnc(), m.n()));
            }
        }
        return bins;
    }
}
