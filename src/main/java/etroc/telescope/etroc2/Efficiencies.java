package etroc.telescope.etroc2;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How often a board has the hit that all others predict. */
final class Efficiencies {
    static final int FEWEST_OTHERS = 2;
    private static final int ELSEWHERE = 8;
    private static final Column SIDE = lit(Pixel.SIDE);

    private Efficiencies() {}

    /** Of all boards, by predicted pixel. */
    static List<Efficiency> map(Dataset<Row> predictions, Etroc2Settings settings) {
        int near = settings.efficiency().near();
        Column framed = col("has_frame");
        return predictions
                .withColumn("near", coalesce(exists(col("places"), p -> isNear(p, 0, near)), lit(false)))
                .withColumn("far", coalesce(exists(col("places"), p -> isNear(p, ELSEWHERE, near)), lit(false)))
                .groupBy("board", "row", "column")
                .agg(
                        number(framed),
                        number(framed.and(col("near"))),
                        number(framed.and(col("places").isNotNull())),
                        number(framed.equalTo(false)),
                        number(framed.and(col("far"))))
                .sort("board", "row", "column")
                .collectAsList()
                .stream()
                .map(r -> efficiency(r, settings))
                .toList();
    }

    private static Efficiency efficiency(Row r, Etroc2Settings settings) {
        long[] n = {r.getLong(3), r.getLong(4), r.getLong(5), r.getLong(6), r.getLong(7)};
        String remark = n[0] == 0 ? "no events" : "";
        return new Efficiency(r.getInt(0), r.getInt(1), r.getInt(2), Found.of(n, settings.interval()), remark);
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
}
