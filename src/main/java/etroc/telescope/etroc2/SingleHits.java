package etroc.telescope.etroc2;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Events with good hits, a row each: for every board b the number of good hits {@code n_b} and, where that is one, its {@code place_b}, {@code toa_b},
 * {@code tot_b} and {@code fbin_b}, the width of its TDC bin [ns].
 *
 * @param events the rows
 * @param boards in ascending order
 */
record SingleHits(Dataset<Row> events, List<Integer> boards) {
    static String place(int board) {
        return "place_" + board;
    }

    static String toa(int board) {
        return "toa_" + board;
    }

    static String tot(int board) {
        return "tot_" + board;
    }

    static String bin(int board) {
        return "fbin_" + board;
    }

    private static String number(int board) {
        return "n_" + board;
    }

    static SingleHits of(Dataset<Row> withGood, List<Integer> boards) {
        List<Column> columns = new ArrayList<>();
        for (int b : boards) {
            Column own = col("data_board_id").equalTo(b);
            columns.add(coalesce(sum(when(own, lit(1))), lit(0L)).as(number(b)));
            columns.add(max(when(own, col("place"))).as(place(b)));
            columns.add(max(when(own, col("time_of_arrival"))).as(toa(b)));
            columns.add(max(when(own, col("time_over_threshold"))).as(tot(b)));
            columns.add(max(when(own, col(PixelCalibration.BIN))).as(bin(b)));
        }
        return new SingleHits(
                withGood.filter(col(InputHits.GOOD).and(col("event").isNotNull()))
                        .groupBy("run", "event")
                        .agg(columns.get(0), columns.subList(1, columns.size()).toArray(Column[]::new)),
                List.copyOf(boards));
    }

    /** Of a row: whether the board has good hits. */
    Column hasHits(int board) {
        return col(number(board)).gt(0);
    }

    /** Events with exactly one good hit on each board of a set. */
    Dataset<Row> of(BoardSet set) {
        return events.filter(hasOneOn(set.boards()));
    }

    /** Of a row: whether each of these boards has exactly one good hit. */
    Column hasOneOn(List<Integer> some) {
        Column one = lit(true);
        for (int b : some) {
            one = one.and(col(number(b)).equalTo(1));
        }
        return one;
    }
}
