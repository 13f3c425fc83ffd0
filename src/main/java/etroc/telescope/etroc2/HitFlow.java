package etroc.telescope.etroc2;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import etroc.About;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** A row of the table {@code hit_flow}. */
@About("a board of a run: its hits, those that are left out by the first reason, and the rest")
public record HitFlow(
        @About("run") String run,
        @About("board; -1: unknown") int dataBoardId,
        @About("hits of complete frames") long hits,
        @About("left out: CRC of the frame") long crc,
        @About("left out: number of hits of the frame") long count,
        @About("left out: type of the frame") long type,
        @About("left out: error of the hit") long ea,
        @About("left out: CAL code from 512 on") long cal,
        @About("not left out") long inputHits,

        @About("of calibrated pixels that are not hot, CAL code in the core")
        long goodHits) {
    static final String TABLE = "hit_flow";

    static List<HitFlow> of(Dataset<Row> withGood) {
        return withGood
                .groupBy(col("run"), coalesce(col("data_board_id"), lit(-1)).as("board"))
                .agg(
                        functions.count(lit(1)),
                        reason("crc"),
                        reason("count"),
                        reason("type"),
                        reason("ea"),
                        reason("cal"),
                        functions.count(when(col(InputHits.REASON).isNull(), lit(1))),
                        functions.count(when(col(InputHits.GOOD), lit(1))))
                .sort("run", "board")
                .collectAsList()
                .stream()
                .map(r -> new HitFlow(
                        r.getString(0),
                        r.getInt(1),
                        r.getLong(2),
                        r.getLong(3),
                        r.getLong(4),
                        r.getLong(5),
                        r.getLong(6),
                        r.getLong(7),
                        r.getLong(8),
                        r.getLong(9)))
                .toList();
    }

    private static Column reason(String name) {
        return functions.count(when(col(InputHits.REASON).equalTo(name), lit(1)));
    }
}
