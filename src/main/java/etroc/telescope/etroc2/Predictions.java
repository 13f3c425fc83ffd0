package etroc.telescope.etroc2;

import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.hypot;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Events in which all other boards predict a pixel of a board, with what the board has. */
final class Predictions {
    private static final double ROUNDING = 1e-9;
    private static final String[] EVENT = {"run", "event"};
    private static final Column SIDE = lit(Pixel.SIDE);

    private Predictions() {}

    /**
     * An event a row: {@code row} and {@code column} that the others predict, on the chip; {@code has_frame}, whether the board has a frame that can
     * be trusted, of the stream that reads the column; its {@code hits} of whatever kind but not of hot pixels, by {@code place}, {@code tot} and
     * {@code toa}; their {@code places}, each once. The last two are null without hits. Runs without empty frames are left out.
     */
    static Dataset<Row> of(Etroc2Telescope telescope, Frames frames, int board) {
        Dataset<Row> predicted = predicted(telescope, board);
        if (!frames.withoutEmpty().isEmpty()) {
            predicted = predicted.filter(not(col("run").isInCollection(frames.withoutEmpty())));
        }
        return predicted
                .join(streams(telescope, board), EVENT, "left")
                .join(hits(telescope, board), EVENT, "left")
                .withColumn("has_frame", frames.read(col("streams"), board, col("column")))
                .withColumn("places", array_distinct(transform(col("hits"), h -> h.getField("place"))));
    }

    private static Dataset<Row> predicted(Etroc2Telescope telescope, int board) {
        List<Integer> others =
                telescope.singles().boards().stream().filter(b -> b != board).toList();
        int anchor = BoardSet.of(others, telescope.settings().roles()).anchor();
        List<Alignment> alignment = telescope.tracks().get(0).alignment();
        Column collinear = lit(true);
        for (int other : others) {
            Column distance = hypot(
                    row(other).minus(row(anchor)).minus(shift(alignment, other, anchor, true)),
                    column(other).minus(column(anchor)).minus(shift(alignment, other, anchor, false)));
            collinear = collinear.and(distance.leq(telescope.settings().radius() + ROUNDING));
        }
        return telescope
                .singles()
                .withOneOn(others)
                .filter(collinear)
                .select(
                        col("run"),
                        col("event"),
                        row(anchor).plus(shift(alignment, board, anchor, true)).as("row"),
                        column(anchor)
                                .plus(shift(alignment, board, anchor, false))
                                .as("column"))
                .filter(col("row").between(0, Pixel.SIDE - 1).and(col("column").between(0, Pixel.SIDE - 1)));
    }

    private static Column row(int board) {
        return col(SingleHits.place(board)).divide(SIDE).cast("int");
    }

    private static Column column(int board) {
        return col(SingleHits.place(board)).mod(SIDE);
    }

    private static int shift(List<Alignment> alignment, int board, int from, boolean rows) {
        int shift = 0;
        for (Alignment a : alignment) {
            int own = rows ? a.rowShift() : a.columnShift();
            shift += a.dataBoardId() == board ? own : 0;
            shift -= a.dataBoardId() == from ? own : 0;
        }
        return shift;
    }

    private static Dataset<Row> streams(Etroc2Telescope telescope, int board) {
        return telescope
                .input()
                .frames()
                .filter(Frames.trusted().and(col("data_board_id").equalTo(board)))
                .groupBy("run", "event")
                .agg(collect_set("stream").as("streams"));
    }

    private static Dataset<Row> hits(Etroc2Telescope telescope, int board) {
        return telescope
                .hits()
                .filter(col("data_board_id").equalTo(board).and(col("hot").equalTo(false)))
                .groupBy("run", "event")
                .agg(array_sort(collect_set(struct(
                                col("place"),
                                col("time_over_threshold").as("tot"),
                                col("time_of_arrival").as("toa"))))
                        .as("hits"));
    }
}
