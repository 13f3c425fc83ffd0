package etroc.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import etroc.events.EventVariables;
import etroc.times.TimeColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** What the passes over events need again and again, kept by Spark in memory or, where that ends, on disk: times, flags of the steps, a key. */
final class Cached implements AutoCloseable {
    static final String KEY = "event_key";
    static final String ACCEPTED = "finally_accepted";

    private final Dataset<Row> events;
    private final int stepCount;

    /**
     * Keeps events.
     *
     * @param steps which events are accepted at each step
     * @param accepted which are at the end
     */
    Cached(Dataset<Row> timed, List<Integer> boards, List<Column> steps, Column accepted) {
        List<Column> columns = new ArrayList<>();
        for (int board : boards) {
            columns.add(col(TimeColumns.column(TimeColumns.TOA_NS, board)));
            columns.add(col(TimeColumns.column(TimeColumns.TOT_NS, board)));
        }
        stepCount = steps.size();
        for (int k = 0; k < stepCount; k++) {
            columns.add(steps.get(k).as(step(k)));
        }
        columns.add(accepted.as(ACCEPTED));
        columns.add(xxhash64(col(EventVariables.RUN), col(EventVariables.EVENT)).as(KEY));
        events = timed.select(columns.toArray(Column[]::new)).persist(StorageLevel.MEMORY_AND_DISK());
    }

    private static String step(int k) {
        return "step_" + k;
    }

    /** All events. */
    Dataset<Row> all() {
        return events;
    }

    /** Those that are accepted at the end. */
    Dataset<Row> accepted() {
        return events.filter(col(ACCEPTED));
    }

    Column finallyAccepted() {
        return col(ACCEPTED);
    }

    /** Flags of the steps. */
    List<Column> steps() {
        return IntStream.range(0, stepCount).mapToObj(k -> col(step(k))).toList();
    }

    @Override
    public void close() {
        events.unpersist(false);
    }
}
