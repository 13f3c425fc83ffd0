package etroc.telescope;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import etroc.pipeline.JobContext;
import etroc.runs.BoardSetting;
import etroc.source.HitColumn;
import etroc.store.ResultSetWriter;
import etroc.telescope.events.EventVariables;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Writes the events of a result, with what their runs' names say: pixels and bias. */
final class EventsWriter {
    private final JobContext context;
    private final TelescopePlan plan;
    private final ResultSetWriter writer;

    EventsWriter(JobContext context, TelescopePlan plan, ResultSetWriter writer) {
        this.context = context;
        this.plan = plan;
        this.writer = writer;
    }

    /**
     * Writes them all.
     *
     * @param count how many have to arrive
     */
    void write(Dataset<Row> events, List<Integer> boards, long count) {
        Map<String, Column> names = new LinkedHashMap<>();
        boards.forEach(b -> names.put(HitColumn.PIXEL.columnName() + "_" + b, pixelOf(b)));
        names.put(HitColumn.BIAS.columnName(), lit(plan.bias()).cast("double"));
        Dataset<Row> complete = events.withColumns(names);
        context.step("write events", () -> {
            writer(complete).parquet(writer.parquet("events").toString());
            long there = writer.noteDataset(context.spark(), "events");
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
            if (name.equals(EventVariables.EVENT) || name.startsWith(WalkStage.CORRECTED_TOA)) {
                writer = writer.option("parquet.enable.dictionary#" + name, false);
            }
        }
        return writer;
    }

    private Column pixelOf(int board) {
        Map<String, String> byRun = new TreeMap<>();
        plan.inventory().runs().forEach(r -> {
            BoardSetting setting = r.setting(board);
            if (setting != null && setting.pixel() != null) {
                byRun.put(r.name(), setting.pixel());
            }
        });
        if (byRun.values().stream().distinct().count() <= 1) {
            return lit(byRun.isEmpty() ? null : byRun.values().iterator().next())
                    .cast("string");
        }
        Column pixel = lit(null).cast("string");
        for (Map.Entry<String, String> e : byRun.entrySet()) {
            pixel = functions
                    .when(col(EventVariables.RUN).equalTo(lit(e.getKey())), lit(e.getValue()))
                    .otherwise(pixel);
        }
        return pixel;
    }
}
