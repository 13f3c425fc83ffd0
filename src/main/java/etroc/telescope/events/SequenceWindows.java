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

import etroc.source.HitColumn;
import java.util.List;
import java.util.stream.IntStream;
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

    private SequenceWindows() {}

    /**
     * Columns as {@link FoundEvents} has them.
     *
     * @param hits in blocks that see at least {@code pattern.size() - 1} rows after their own and none before
     * @param slots names of the pattern's places
     */
    static Dataset<Row> events(Dataset<Row> hits, Blocks blocks, List<Integer> pattern, List<String> slots) {
        WindowSpec inOrder = Window.partitionBy(col(Blocks.BLOCK)).orderBy(col(Blocks.ROW));
        Column end = col(Blocks.BLOCK).bitwiseAND(lit(0xFFFF_FFFFL)).plus(1).multiply(blocks.rows());
        Column matches = IntStream.range(0, pattern.size())
                .mapToObj(k -> ahead(Blocks.BOARD, k, inOrder).equalTo(pattern.get(k)))
                .reduce(col(Blocks.ROW).lt(end), Column::and);
        Dataset<Row> seen = hits.withColumn(NEXT_ROW, lead(Blocks.ROW, 1).over(inOrder))
                .withColumn(SEEN, row_number().over(inOrder));
        for (int k = 0; k < slots.size(); k++) {
            seen = seen.withColumn(PackedHit.column(slots.get(k)), ahead(Blocks.CODES, k, inOrder))
                    .withColumn(
                            EventVariables.column(HitColumn.DATETIME, slots.get(k)),
                            ahead(Blocks.DATETIME, k, inOrder));
        }
        Column last = col(NEXT_ROW).isNull();
        Column next = col(Blocks.ROW).plus(1);
        Column complete = when(
                        col(NEXT_ROW).notEqual(next),
                        raise_error(concat(
                                lit("hits from row "),
                                next,
                                lit(" of a run expected, but from row "),
                                col(NEXT_ROW),
                                lit(" found"))))
                .otherwise(lit(true));
        Column own = col(SEEN).minus(greatest(lit(0), next.minus(end)));
        return seen.withColumn(MATCHES, coalesce(matches, lit(false)))
                .filter(complete.and(col(MATCHES).or(last)))
                .withColumn(
                        FoundEvents.INDEX,
                        when(col(MATCHES), row_number().over(inOrder).minus(1)))
                .withColumn(FoundEvents.HITS, when(last, own))
                .withColumn(FoundEvents.LOST, when(last, lit(0L)));
    }

    /** Value of the hit that is so many rows further on. */
    private static Column ahead(String column, int rows, WindowSpec inOrder) {
        return rows == 0 ? col(column) : lead(column, rows).over(inOrder);
    }
}
