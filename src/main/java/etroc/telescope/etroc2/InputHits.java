package etroc.telescope.etroc2;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import etroc.layout.etroc2.FrameFault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Which hits count: those that are dropped, and which of the rest are good. */
final class InputHits {
    private static final int CAL_FLAG = 512;
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

    /** Whether a hit with a reason column has none. */
    static Column isInput() {
        return col(REASON).isNull();
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

    /**
     * Adds whether a hit is good: an input hit of a calibrated pixel that is not hot, with a CAL code of its core; whether its pixel is hot; its place
     * on the chip and the width of its TDC bin.
     *
     * @param pixels as {@link PixelCalibration} has them
     */
    static Dataset<Row> withGood(
            Dataset<Row> withReason, List<Pixel> pixels, List<OddPixel> odd, Etroc2Settings settings) {
        Column place = col("row").multiply(Pixel.SIDE).plus(col("column"));
        Object[] hot = odd.stream()
                .filter(OddPixel::isHot)
                .map(o -> o.dataBoardId() * Pixel.SIDE * Pixel.SIDE + o.row() * Pixel.SIDE + o.column())
                .toArray();
        Column isHot = col("data_board_id")
                .multiply(Pixel.SIDE * Pixel.SIDE)
                .plus(place)
                .isin(hot);
        Column near =
                abs(col("calibration_code").minus(col(PixelCalibration.MODE))).leq(settings.calWindow());
        Column good = col(REASON).isNull().and(col(PixelCalibration.CALIBRATED)).and(near);
        return PixelCalibration.withCalibration(withReason, pixels, settings)
                .withColumn("place", place)
                .withColumn("hot", coalesce(isHot, lit(false)))
                .withColumn(GOOD, coalesce(good, lit(false)).and(col("hot").equalTo(false)))
                .drop(PixelCalibration.MODE, PixelCalibration.CALIBRATED);
    }
}
