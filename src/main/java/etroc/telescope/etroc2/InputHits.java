package etroc.telescope.etroc2;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import etroc.layout.etroc2.FrameFault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Which hits count: those that are dropped, the calibration of pixels by the rest, and which of the rest are good. */
final class InputHits {
    /** Clock period that CAL codes measure [ns]: half of 6.25 ns. */
    private static final double CAL_NS = 3.125;

    private static final int CAL_FLAG = 512;
    private static final Column[] PIXEL = {col("data_board_id"), col("row"), col("column")};
    static final String REASON = "drop_reason";
    static final String GOOD = "good";

    private InputHits() {}

    /** Adds the first reason to drop a hit, null for input hits; turns the columns of mirrored boards. */
    static Dataset<Row> withReason(Dataset<Row> hits, Etroc2Settings settings) {
        Column reason = lit(null).cast(DataTypes.StringType);
        List<Etroc2Settings.Drop> all = new ArrayList<>(Arrays.asList(Etroc2Settings.Drop.values()));
        java.util.Collections.reverse(all);
        for (Etroc2Settings.Drop drop : all) {
            if (settings.drop().contains(drop)) {
                reason = when(applies(drop), lit(drop.name().toLowerCase(Locale.ROOT)))
                        .otherwise(reason);
            }
        }
        Column turned = col("data_board_id").isin(settings.mirror().toArray());
        return hits.withColumn(REASON, reason)
                .withColumn(
                        "column",
                        when(turned, lit(Pixel.SIDE - 1).minus(col("column"))).otherwise(col("column")));
    }

    private static Column applies(Etroc2Settings.Drop drop) {
        return switch (drop) {
            case CRC -> fault(FrameFault.CRC);
            case COUNT -> fault(FrameFault.COUNT);
            case TYPE -> col("frame_type").notEqual(0);
            case EA -> col("ea").geq(2);
            case CAL -> col("calibration_code").geq(CAL_FLAG);
        };
    }

    private static Column fault(FrameFault fault) {
        return col("frame_faults").bitwiseAND(fault.bit()).notEqual(0);
    }

    /** Pixels that have input hits, by board, row and column; which of them are hot is not known yet. */
    static List<Pixel> calibrated(Dataset<Row> withReason, Etroc2Settings settings) {
        Dataset<Row> codes = withReason
                .filter(col(REASON).isNull())
                .groupBy(
                        col("data_board_id"),
                        col("row"),
                        col("column"),
                        col("calibration_code").as("cal"))
                .count();
        Dataset<Row> modes = codes.groupBy(PIXEL)
                .agg(max(struct(col("count"), col("cal").multiply(-1).as("negative")))
                        .as("most"))
                .select(
                        col("data_board_id"),
                        col("row"),
                        col("column"),
                        col("most.negative").multiply(-1).as("mode"));
        Column inCore = abs(col("cal").minus(col("mode"))).leq(settings.calWindow());
        return codes
                .join(modes, new String[] {"data_board_id", "row", "column"})
                .groupBy(PIXEL)
                .agg(
                        sum("count").as("hits"),
                        max("mode").as("mode"),
                        sum(when(inCore, col("count"))).as("core"),
                        sum(when(inCore, col("count").multiply(col("cal")))).as("core_sum"),
                        sum(col("count").multiply(col("cal"))).as("all_sum"),
                        expr("percentile(cal, 0.5, count)").as("median"))
                .sort(PIXEL)
                .collectAsList()
                .stream()
                .map(row -> pixel(row, settings))
                .toList();
    }

    private static Pixel pixel(Row row, Etroc2Settings settings) {
        long hits = row.<Long>getAs("hits");
        long core = row.<Long>getAs("core");
        int mode = row.<Integer>getAs("mode");
        double coreMean = (double) row.<Long>getAs("core_sum") / core;
        double cal = switch (settings.cal()) {
            case CORE_MEAN -> coreMean;
            case MODE -> mode;
            case MEAN -> (double) row.<Long>getAs("all_sum") / hits;
            case MEDIAN -> row.<Double>getAs("median");
        };
        return new Pixel(
                row.<Integer>getAs("data_board_id"),
                row.<Integer>getAs("row"),
                row.<Integer>getAs("column"),
                hits,
                mode,
                core,
                coreMean,
                cal > 0 ? CAL_NS / cal : Double.NaN,
                hits >= settings.calMinHits() && cal > 0,
                false);
    }

    /** Adds whether a hit is good: an input hit of a calibrated pixel that is not hot, with a CAL code of its core; and whether its pixel is hot. */
    static Dataset<Row> withGood(Dataset<Row> withReason, List<Pixel> pixels, int window) {
        StructType schema = new StructType()
                .add("data_board_id", DataTypes.IntegerType)
                .add("row", DataTypes.IntegerType)
                .add("column", DataTypes.IntegerType)
                .add("mode", DataTypes.IntegerType)
                .add("usable", DataTypes.BooleanType)
                .add("hot", DataTypes.BooleanType);
        List<Row> rows = pixels.stream()
                .map(p -> RowFactory.create(
                        p.dataBoardId(), p.row(), p.column(), p.calMode(), p.calibrated() && !p.hot(), p.hot()))
                .toList();
        Dataset<Row> known = withReason.sparkSession().createDataFrame(rows, schema);
        Column good = col(REASON)
                .isNull()
                .and(col("usable"))
                .and(abs(col("calibration_code").minus(col("mode"))).leq(window));
        return withReason
                .join(broadcast(known), scala(), "left")
                .withColumn(GOOD, coalesce(good, lit(false)))
                .withColumn("hot", coalesce(col("hot"), lit(false)))
                .withColumn("place", col("row").multiply(Pixel.SIDE).plus(col("column")))
                .drop("mode", "usable");
    }

    private static String[] scala() {
        return new String[] {"data_board_id", "row", "column"};
    }
}
