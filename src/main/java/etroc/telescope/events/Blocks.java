package etroc.telescope.events;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import etroc.source.HitColumn;
import java.io.Serializable;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The blocks that runs are cut into, so that no task has to hold or sort a run: {@code rows} rows each, the last of a run fewer. A block sees
 * some rows of its neighbours in the same run, its halo.
 *
 * @param rows of a block's own
 * @param before rows that it sees before its own
 * @param after rows that it sees after its own
 */
record Blocks(int rows, int before, int after) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Column: index of the run in the upper 32 bits, number of the block in its run in the lower. */
    static final String BLOCK = "block";

    static final String ROW = NumberedHits.ROW;
    static final String CODES = "codes";
    static final String DATETIME = HitColumn.DATETIME.columnName();

    /**
     * Every hit once for each block that sees it.
     *
     * @param hits columns of {@link NumberedHits#hits}
     * @return columns {@link #BLOCK}, {@link #ROW}, {@link #CODES} ({@link PackedHit}), {@link #DATETIME}
     */
    Dataset<Row> of(Dataset<Row> hits) {
        String blocks = String.format(
                Locale.ROOT,
                "explode(sequence(shiftleft(bigint(run_index), 32) + greatest(row - %d, 0) div %d,"
                        + " shiftleft(bigint(run_index), 32) + (row + %d) div %d))",
                after,
                rows,
                before,
                rows);
        return hits.select(expr(blocks).as(BLOCK), col(ROW), PackedHit.pack().as(CODES), col(DATETIME));
    }

    /** First row of a block's own. */
    long from(long block) {
        return (block & 0xFFFF_FFFFL) * rows;
    }
}
