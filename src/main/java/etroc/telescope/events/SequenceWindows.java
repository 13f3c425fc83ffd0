package etroc.telescope.events;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Events from the order of the hits, by window functions: every place where the board ids of consecutive hits equal the pattern. For patterns
 * whose ids are all different, of which two matches cannot overlap.
 */
final class SequenceWindows {
    private static final String NEXT_ROW = "next_row";
    private static final String SEEN = "seen";
    private static final String MATCHES = "matches";
    private static final String NUMBER = "number";

    private SequenceWindows() {}

    /**
     * Columns as {@link FoundEvents#schema}.
     *
     * @param hits in blocks that see at least {@code pattern.size() - 1} rows after their own and none before
     * @param slots names of the pattern's places
     */
    static Dataset<Row> events(Dataset<Row> hits, Blocks blocks, List<Integer> pattern, List<String> slots) {
        WindowSpec inOrder = Window.partitionBy(col(Blocks.BLOCK)).orderBy(col(Blocks.ROW));
        Column end = col(Blocks.BLOCK).bitwiseAND(lit(0xFFFF_FFFFL)).plus(1).multiply(blocks.rows());
        Column matches = col(Blocks.ROW).lt(end);
        Dataset<Row> seen = hits.withColumn(NEXT_ROW, lead(Blocks.ROW, 1).over(inOrder))
                .withColumn(SEEN, row_number().over(inOrder));
        for (int k = 0; k < slots.size(); k++) {
            String codes = PackedHit.column(slots.get(k));
            seen = seen.withColumn(codes, ahead(Blocks.CODES, k, inOrder))
                    .withColumn(FoundEvents.datetime(slots.get(k)), ahead(Blocks.DATETIME, k, inOrder));
            matches = matches.and(PackedHit.board(col(codes)).equalTo(pattern.get(k)));
        }
        Column last = col(NEXT_ROW).isNull();
        Dataset<Row> found = seen.withColumn(MATCHES, coalesce(matches, lit(false)))
                .filter(complete().and(col(MATCHES).or(last)))
                .withColumn(NUMBER, row_number().over(inOrder));
        Column own = col(SEEN).minus(greatest(lit(0), col(Blocks.ROW).plus(1).minus(end)));
        Column events = when(
                last,
                when(col(MATCHES), col(NUMBER)).otherwise(col(NUMBER).minus(1)).cast("bigint"));
        List<Column> columns = new ArrayList<>(List.of(
                col(Blocks.BLOCK),
                when(col(MATCHES), col(NUMBER).minus(1)).as(FoundEvents.INDEX),
                events.as(FoundEvents.EVENTS),
                when(last, own).as(FoundEvents.HITS),
                when(last, lit(0L)).as(FoundEvents.LOST)));
        for (String slot : slots) {
            columns.addAll(List.of(
                    events.as(FoundEvents.inEvents(slot)),
                    when(col(MATCHES), col(PackedHit.column(slot))).as(PackedHit.column(slot)),
                    col(FoundEvents.datetime(slot))));
        }
        return found.select(columns.toArray(Column[]::new));
    }

    /** True; it fails where a hit is missing, or there twice. */
    private static Column complete() {
        Column next = col(Blocks.ROW).plus(1);
        Column failure = raise_error(concat(
                lit("hits from row "), next, lit(" of a run expected, but from row "), col(NEXT_ROW), lit(" found")));
        return when(col(NEXT_ROW).notEqual(next), failure).otherwise(lit(true));
    }

    /** Value of the hit that is so many rows further on. */
    private static Column ahead(String column, int rows, WindowSpec inOrder) {
        return rows == 0 ? col(column) : lead(column, rows).over(inOrder);
    }
}
