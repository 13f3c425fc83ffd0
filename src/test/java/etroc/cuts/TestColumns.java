package etroc.cuts;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Columns of a stage as the commands have them, three boards. */
final class TestColumns {
    static final List<Integer> BOARDS = List.of(0, 1, 3);

    private static final StructType CODES = new StructType()
            .add("time_of_arrival", DataTypes.IntegerType)
            .add("time_over_threshold", DataTypes.IntegerType)
            .add("calibration_code", DataTypes.IntegerType)
            .add("hit_flag", DataTypes.IntegerType)
            .add("datetime", DataTypes.TimestampNTZType);

    private static final StructType OF_EVENT =
            new StructType().add("run", DataTypes.StringType).add("event", DataTypes.LongType);

    static final CutColumns HITS = CutColumns.ofHits(
            BOARDS,
            new StructType()
                    .add("run", DataTypes.StringType)
                    .add("split", DataTypes.IntegerType)
                    .add("line", DataTypes.LongType)
                    .add("data_board_id", DataTypes.IntegerType)
                    .add("time_of_arrival", DataTypes.IntegerType)
                    .add("time_over_threshold", DataTypes.IntegerType)
                    .add("calibration_code", DataTypes.IntegerType)
                    .add("hit_flag", DataTypes.IntegerType)
                    .add("datetime", DataTypes.TimestampNTZType)
                    .add("pixel_id", DataTypes.StringType)
                    .add("bias_voltage", DataTypes.DoubleType));

    static final CutColumns EVENTS = CutColumns.ofEvents(BOARDS, CODES, OF_EVENT);

    static final CutColumns TIMES = CutColumns.ofEvents(
            BOARDS,
            new StructType()
                    .add("time_of_arrival_ns", DataTypes.DoubleType)
                    .add("time_over_threshold_ns", DataTypes.DoubleType)
                    .add("time_of_arrival", DataTypes.IntegerType),
            OF_EVENT);

    private TestColumns() {}
}
