package etroc.telescope.etroc2;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.hypot;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import etroc.layout.etroc2.FrameFault;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How often a board has the hit that all others predict. */
final class Efficiencies {
    private static final double ROUNDING = 1e-9;
    private static final int ELSEWHERE = 8;
    private static final int FEWEST_OTHERS = 2;
    private static final Column SIDE = lit(Pixel.SIDE);

    private Efficiencies() {}

    /** Of every board, by predicted pixel; none for boards of fewer than three. */
    static List<Efficiency> map(Etroc2Telescope telescope) {
        List<Efficiency> rows = new ArrayList<>();
        List<Integer> boards = telescope.singles().boards();
        for (int board : boards) {
            if (boards.size() > FEWEST_OTHERS) {
                rows.addAll(of(telescope, board));
            }
        }
        return rows;
    }

    /** Of every board, summed. */
    static List<Efficiency> sums(Etroc2Telescope telescope, List<Efficiency> map) {
        List<Efficiency> rows = new ArrayList<>();
        for (int board : telescope.singles().boards()) {
            boolean few = telescope.singles().boards().size() <= FEWEST_OTHERS;
            rows.add(Efficiency.sum(
                    board,
                    map.stream().filter(e -> e.dataBoardId() == board).toList(),
                    telescope.settings().interval(),
                    few ? "fewer than two other boards" : ""));
        }
        return rows;
    }

    private static List<Efficiency> of(Etroc2Telescope telescope, int board) {
        Etroc2Settings settings = telescope.settings();
        int near = settings.efficiency().near();
        Dataset<Row> events = predicted(telescope, board)
                .join(frames(telescope, board), new String[] {"run", "event"}, "left")
                .join(places(telescope, board), new String[] {"run", "event"}, "left")
                .withColumn("framed", coalesce(col("framed"), lit(false)))
                .withColumn("near", coalesce(exists(col("places"), p -> isNear(p, 0, near)), lit(false)))
                .withColumn("far", coalesce(exists(col("places"), p -> isNear(p, ELSEWHERE, near)), lit(false)));
        Column framed = col("framed");
        return events
                .groupBy("row", "column")
                .agg(
                        number(framed),
                        number(framed.and(col("near"))),
                        number(framed.and(col("places").isNotNull())),
                        number(framed.equalTo(false)),
                        number(framed.and(col("far"))))
                .sort("row", "column")
                .collectAsList()
                .stream()
                .map(r -> Efficiency.of(
                        board,
                        r.getInt(0),
                        r.getInt(1),
                        new long[] {r.getLong(2), r.getLong(3), r.getLong(4), r.getLong(5), r.getLong(6)},
                        settings.interval(),
                        ""))
                .toList();
    }

    private static Column number(Column of) {
        return count(when(of, lit(1)));
    }

    /** Whether a place is near the predicted row and column, moved by some pixels round the chip. */
    private static Column isNear(Column place, int moved, int near) {
        Column row = col("row").plus(moved).mod(SIDE);
        Column column = col("column").plus(moved).mod(SIDE);
        Column ownRow = place.divide(SIDE).cast("int");
        return ownRow.minus(row)
                .between(-near, near)
                .and(place.mod(SIDE).minus(column).between(-near, near));
    }

    /** Events whose hits on the other boards are collinear, with the pixel that they predict, if that is on the chip. */
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

    /** Events in which the board has a frame whose hits can be trusted. */
    private static Dataset<Row> frames(Etroc2Telescope telescope, int board) {
        int faults = FrameFault.CRC.bit() | FrameFault.COUNT.bit();
        return telescope
                .input()
                .frames()
                .filter(col("data_board_id").equalTo(board).and(col("complete")))
                .filter(col("frame_faults").bitwiseAND(faults).equalTo(0))
                .select("run", "event")
                .distinct()
                .withColumn("framed", lit(true));
    }

    /** Where the board has hits of any kind, but not of hot pixels. */
    private static Dataset<Row> places(Etroc2Telescope telescope, int board) {
        return telescope
                .hits()
                .filter(col("data_board_id").equalTo(board).and(col("hot").equalTo(false)))
                .groupBy("run", "event")
                .agg(collect_set("place").as("places"));
    }
}
