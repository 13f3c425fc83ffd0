package etroc.telescope.etroc2;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.bit_or;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.hypot;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.stream.IntStream;
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
     * A row an event and board: {@code row} and {@code column} of {@code board} that the others predict, on the chip; {@code has_frame}, whether the board
     * has a frame that can be trusted, of a stream that reads the column; its {@code hits} of whatever kind but not of hot pixels, by {@code place},
     * {@code tot} and {@code toa}; their {@code places}, each once. The last two are null without hits. Runs without empty frames are left out. All
     * boards at once: frames and hits are grouped by event once, and not once a board.
     */
    static Dataset<Row> of(Etroc2Telescope telescope, Frames frames) {
        Dataset<Row> events = telescope.singles().events();
        if (!frames.withoutEmpty().isEmpty()) {
            events = events.filter(not(col("run").isInCollection(frames.withoutEmpty())));
        }
        List<Integer> boards = telescope.singles().boards();
        Column[] predicted = IntStream.range(0, boards.size())
                .mapToObj(at -> predicted(telescope, frames, at))
                .toArray(Column[]::new);
        Column own = filter(col("event_hits"), h -> h.getField("board").equalTo(col("board")));
        return events.select(
                        col("run"),
                        col("event"),
                        explode(array_compact(array(predicted))).as("p"))
                .select("run", "event", "p.*")
                .join(streams(telescope, frames), EVENT, "left")
                .join(hits(telescope), EVENT, "left")
                .select(
                        col("board"),
                        col("row"),
                        col("column"),
                        coalesce(
                                        get(col("streams"), col("at"))
                                                .bitwiseAND(col("readers"))
                                                .notEqual(0),
                                        lit(false))
                                .as("has_frame"),
                        when(size(own).gt(0), own).as("hits"))
                .withColumn("places", array_distinct(transform(col("hits"), h -> h.getField("place"))));
    }

    /** The pixel that the others predict of a board, and which streams would read it; null where they do not, or beside the chip. */
    private static Column predicted(Etroc2Telescope telescope, Frames frames, int at) {
        int board = telescope.singles().boards().get(at);
        List<Integer> others =
                telescope.singles().boards().stream().filter(b -> b != board).toList();
        int anchor = BoardSet.of(others, telescope.settings().roles()).anchor();
        List<Alignment> alignment = telescope.tracks().get(0).alignment();
        Column collinear = telescope.singles().hasOneOn(others);
        for (int other : others) {
            Column distance = hypot(
                    row(other).minus(row(anchor)).minus(shift(alignment, other, anchor, true)),
                    column(other).minus(column(anchor)).minus(shift(alignment, other, anchor, false)));
            collinear = collinear.and(distance.leq(telescope.settings().radius() + ROUNDING));
        }
        Column row = row(anchor).plus(shift(alignment, board, anchor, true));
        Column column = column(anchor).plus(shift(alignment, board, anchor, false));
        Column onChip = row.between(0, Pixel.SIDE - 1).and(column.between(0, Pixel.SIDE - 1));
        return when(
                collinear.and(onChip),
                struct(
                        lit(at).as("at"),
                        lit(board).as("board"),
                        row.as("row"),
                        column.as("column"),
                        frames.readers(board, column).as("readers")));
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

    /** Streams of the frames of an event that can be trusted, for each board as {@link Frames#bits}. */
    private static Dataset<Row> streams(Etroc2Telescope telescope, Frames frames) {
        List<Integer> boards = telescope.singles().boards();
        Column[] bits = boards.stream()
                .map(b -> bit_or(when(col("data_board_id").equalTo(b), frames.bits(b, col("stream")))))
                .toArray(Column[]::new);
        return telescope
                .input()
                .frames()
                .filter(Frames.trusted())
                .groupBy("run", "event")
                .agg(array(bits).as("streams"));
    }

    private static Dataset<Row> hits(Etroc2Telescope telescope) {
        return telescope
                .hits()
                .filter(col("data_board_id").isNotNull().and(col("hot").equalTo(false)))
                .groupBy("run", "event")
                .agg(array_sort(collect_set(struct(
                                col("data_board_id").as("board"),
                                col("place"),
                                col("time_over_threshold").as("tot"),
                                col("time_of_arrival").as("toa"))))
                        .as("event_hits"));
    }
}
