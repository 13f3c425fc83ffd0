package etroc.passes;

import etroc.About;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code histograms}. */
@About("a bin that is not empty")
public record HistogramBin(
        @About("what is binned; time_difference_ns: board minus other board") String variable,
        @About("place of the step in the analysis, from 0") int stepOrder,
        @About("hits of a scan: all, after cuts; events: all, after event cuts, named steps, final; differences: uncorrected, corrected")
                String stepName,
        @About("board") int dataBoardId,
        @About("the other board of a difference") @Nullable Integer otherBoardId,
        @About("lower edge; NULL: entries beyond the bins") double low,
        @About("upper edge") double high,
        @About("entries") long count) {
    /** The bins of a histogram of one variable that are not empty. */
    public static List<HistogramBin> of(
            String variable, int order, String step, int board, @Nullable Integer other, Histogram histogram) {
        List<HistogramBin> bins = new ArrayList<>();
        for (int i = 0; i < histogram.x().bins(); i++) {
            if (histogram.count(i, 0) > 0) {
                double low = histogram.x().edge(i);
                double high = histogram.x().edge(i + 1);
                bins.add(new HistogramBin(variable, order, step, board, other, low, high, histogram.count(i, 0)));
            }
        }
        if (histogram.outside() > 0) {
            bins.add(new HistogramBin(
                    variable, order, step, board, other, Double.NaN, Double.NaN, histogram.outside()));
        }
        return bins;
    }
}
