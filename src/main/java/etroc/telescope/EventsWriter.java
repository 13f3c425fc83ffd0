package etroc.telescope;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.lit;

import etroc.pipeline.Context;
import etroc.runs.BoardSetting;
import etroc.runs.Run;
import etroc.source.HitColumn;
import etroc.telescope.calibration.TimeColumns;
import etroc.telescope.events.EventVariables;
import etroc.telescope.events.NumberedHits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Writes the events of a result, with what their runs' names say: pixels and bias. */
final class EventsWriter {
    private static final String NUMBER = NumberedHits.RUN_INDEX;

    private final Context context;
    private final TelescopePlan plan;

    EventsWriter(Context context, TelescopePlan plan) {
        this.context = context;
        this.plan = plan;
    }

    /**
     * Writes them all.
     *
     * @param count how many have to arrive
     */
    void write(Dataset<Row> events, List<Integer> boards, long count) {
        Dataset<Row> complete = events.join(broadcast(pixels(events.sparkSession(), boards)), NUMBER, "left")
                .drop(NUMBER)
                .withColumn(HitColumn.BIAS.columnName(), lit(plan.bias()).cast(DataTypes.DoubleType));
        context.step("write events", () -> {
            writer(EventColumns.described(complete, boards))
                    .parquet(context.parquet("events").toString());
            long there = context.noteParquet("events");
            if (there != count) {
                throw new IOException("there are " + count + " events, but " + there + " arrived");
            }
            return "";
        });
    }

    /** Numbers of events and corrected times are nearly all different; times are not, since they are codes times a constant. */
    private static DataFrameWriter<Row> writer(Dataset<Row> events) {
        DataFrameWriter<Row> writer = events.write();
        for (String name : events.columns()) {
            if (name.equals(EventVariables.EVENT) || name.startsWith(TimeColumns.CORRECTED_TOA)) {
                writer = writer.option("parquet.enable.dictionary#" + name, false);
            }
        }
        return writer;
    }

    /** Pixel of each board, one row a run. */
    private Dataset<Row> pixels(SparkSession spark, List<Integer> boards) {
        StructType schema = new StructType().add(NUMBER, DataTypes.IntegerType, false);
        for (int board : boards) {
            schema = schema.add(HitColumn.PIXEL.columnName() + "_" + board, DataTypes.StringType);
        }
        List<Run> runs = plan.inventory().runs();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            List<@Nullable Object> values = new ArrayList<>(List.of(i));
            for (int board : boards) {
                BoardSetting setting = runs.get(i).setting(board);
                values.add(setting == null ? null : setting.pixel());
            }
            rows.add(RowFactory.create(values.toArray()));
        }
        return spark.createDataFrame(rows, schema);
    }
}
