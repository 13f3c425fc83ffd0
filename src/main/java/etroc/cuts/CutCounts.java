package etroc.cuts;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** Counts a {@link Cutflow} row by row. */
public final class CutCounts implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int BITS = 62;

    private final int cuts;
    private final long[] failing;
    /** By the first cut that a row fails; the last entry: none. */
    private final long[] firstFailing;

    private final long[] onlyFailing;

    public CutCounts(int cuts) {
        this.cuts = cuts;
        failing = new long[cuts];
        firstFailing = new long[cuts + 1];
        onlyFailing = new long[cuts];
    }

    /** Columns that {@link #add} reads, longs: bit i is set where cut i fails, {@value #BITS} cuts a column. */
    public static List<Column> columns(List<Cut> cuts) {
        List<Column> columns = new ArrayList<>();
        for (int from = 0; from < cuts.size(); from += BITS) {
            Column mask = functions.lit(0L);
            for (int i = from; i < Math.min(cuts.size(), from + BITS); i++) {
                mask = mask.bitwiseOR(functions
                        .when(functions.expr(cuts.get(i).sql()), functions.lit(0L))
                        .otherwise(functions.lit(1L << (i - from))));
            }
            columns.add(mask);
        }
        return columns;
    }

    /**
     * Counts a row.
     *
     * @param masks of {@link #columns}
     * @return whether it passes all cuts
     */
    public boolean add(long[] masks) {
        return add(masks, 1);
    }

    /** Counts rows that have the same masks. */
    public boolean add(long[] masks, long rows) {
        int first = cuts;
        int number = 0;
        for (int m = 0; m < masks.length; m++) {
            for (long left = masks[m]; left != 0; left &= left - 1) {
                int cut = m * BITS + Long.numberOfTrailingZeros(left);
                failing[cut] += rows;
                first = Math.min(first, cut);
                number++;
            }
        }
        firstFailing[first] += rows;
        if (number == 1) {
            onlyFailing[first] += rows;
        }
        return number == 0;
    }

    /** Adds what another pass counted. */
    public void add(CutCounts other) {
        for (int i = 0; i < cuts; i++) {
            failing[i] += other.failing[i];
            onlyFailing[i] += other.onlyFailing[i];
        }
        for (int i = 0; i <= cuts; i++) {
            firstFailing[i] += other.firstFailing[i];
        }
    }

    /** The cutflow. */
    public List<Cutflow.Line> lines(List<Cut> of) {
        long all =
                IntStream.rangeClosed(0, cuts).mapToLong(i -> firstFailing[i]).sum();
        return IntStream.range(0, cuts)
                .mapToObj(i -> new Cutflow.Line(
                        of.get(i),
                        all,
                        all - failing[i],
                        IntStream.rangeClosed(i + 1, cuts)
                                .mapToLong(f -> firstFailing[f])
                                .sum(),
                        firstFailing[cuts] + onlyFailing[i]))
                .toList();
    }
}
