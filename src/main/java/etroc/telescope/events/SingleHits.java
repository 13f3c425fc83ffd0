package etroc.telescope.events;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import etroc.source.HitColumn;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The empty pattern: every hit is an event of its own, numbered by its place among all lines of its run, headers not counted. */
public final class SingleHits {
    private SingleHits() {}

    /**
     * Columns as of {@link EventBuilder#events}, of which only those of the hit's board are there.
     *
     * @param boards that have hits
     */
    public static Dataset<Row> events(NumberedHits hits, List<Integer> boards) {
        List<Column> columns = new ArrayList<>(
                List.of(col(EventVariables.RUN), col(NumberedHits.LINE_IN_RUN).as(EventVariables.EVENT)));
        for (int board : boards) {
            Column own = col(HitColumn.BOARD.columnName()).equalTo(board);
            EventVariables.OF_HITS.forEach(
                    v -> columns.add(when(own, col(v.columnName())).as(EventVariables.column(v, "" + board))));
        }
        columns.add(col(NumberedHits.RUN_INDEX));
        return hits.hits().join(hits.runNames(), NumberedHits.RUN_INDEX).select(columns.toArray(Column[]::new));
    }
}
