package etroc.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import etroc.events.EventVariables;
import etroc.hits.HitColumn;
import etroc.runs.BoardSetting;
import etroc.store.ResultSetWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
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
        Dataset<Row> named = events;
        for (int board : boards) {
            named = named.withColumn(HitColumn.PIXEL.columnName() + "_" + board, pixelOf(board));
        }
        Dataset<Row> complete =
                named.withColumn(HitColumn.BIAS.columnName(), lit(plan.bias()).cast("double"));
        context.step("write events", () -> {
            String place = writer.parquet("events").toString();
            complete.write().parquet(place);
            long there = context.spark().read().parquet(place).count();
            if (there != count) {
                throw new IOException("there are " + count + " events, but " + there + " arrived in " + place);
            }
            return "";
        });
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
