package etroc.telescope;

import etroc.About;
import etroc.passes.Histogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code planes}. */
@About("a cell of two variables that is not empty, over the events of the last step")
record PlaneCell(
        @About("variable along x") String variableX,
        @About("variable along y") String variableY,
        @About("board") int dataBoardId,
        @About("board of y, where it is another") @Nullable Integer otherBoardId,

        @About("iteration of the correction; -1: uncorrected")
        int twcIteration,

        @About("lower edge in x") double xLow,
        @About("upper edge in x") double xHigh,
        @About("lower edge in y") double yLow,
        @About("upper edge in y") double yHigh,
        @About("events") long count) {
    static final String TABLE = "planes";

    static List<PlaneCell> of(
            String x, String y, int board, @Nullable Integer other, int iteration, Histogram histogram) {
        Histogram.Axis first = histogram.x();
        Histogram.Axis second = Objects.requireNonNull(histogram.y());
        List<PlaneCell> cells = new ArrayList<>();
        for (int i = 0; i < first.bins(); i++) {
            for (int j = 0; j < second.bins(); j++) {
                if (histogram.count(i, j) > 0) {
                    cells.add(new PlaneCell(
                            x,
                            y,
                            board,
                            other,
                            iteration,
                            first.edge(i),
                            first.edge(i + 1),
                            second.edge(j),
                            second.edge(j + 1),
                            histogram.count(i, j)));
                }
            }
        }
        return cells;
    }
}
