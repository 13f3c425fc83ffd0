package etroc.cuts;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How many events each cut lets through: alone, after all before it, and all but it. One column says of each event which cuts it fails; the
 * events are counted by it, with whatever other columns are of interest, {@code events.groupBy(..., FAILING).count()}, and {@link #of} turns
 * the counts into lines.
 */
public final class Cutflow {
    /** Column of {@link #failing}. */
    public static final String FAILING = "failing_cuts";
    /** Most cuts of a stage: bits of a long that is not negative. */
    public static final int MAX_CUTS = 63;

    private static final String COUNT = "count";

    private Cutflow() {}

    /**
     * One line of a cutflow. All are counts: lines of one cut over different events add up.
     *
     * @param all events before any cut
     * @param alone events that pass this cut
     * @param cumulative events that pass this cut and all before it
     * @param allOthers events that pass all cuts but this one (N-1)
     */
    public record Line(Cut cut, long all, long alone, long cumulative, long allOthers) {}

    /** SQL of all cuts together. */
    public static String all(List<Cut> cuts) {
        return cuts.isEmpty()
                ? "true"
                : cuts.stream().map(c -> "(" + c.sql() + ")").collect(Collectors.joining(" AND "));
    }

    /** A long that names the cuts that a row fails: bit i is set where it fails cut i; 0 where it passes all. */
    public static Column failing(List<Cut> cuts) {
        if (cuts.size() > MAX_CUTS) {
            throw new IllegalArgumentException(cuts.size() + " cuts, more than " + MAX_CUTS);
        }
        Column mask = lit(0L);
        for (int i = 0; i < cuts.size(); i++) {
            mask = mask.bitwiseOR(when(expr(cuts.get(i).sql()), lit(0L)).otherwise(lit(1L << i)));
        }
        return mask;
    }

    /** Whether a row passes the first so many cuts, by its column {@link #FAILING}. */
    public static Column passes(int cuts) {
        long asked = cuts == MAX_CUTS ? Long.MAX_VALUE : (1L << cuts) - 1;
        return col(FAILING).bitwiseAND(lit(asked)).equalTo(lit(0L));
    }

    /**
     * The lines, from counts by {@link #FAILING}. A row a cut comes to the driver, however many combinations of failing cuts there are.
     *
     * @param grouped events by {@link #FAILING} and any other columns, with their {@code count}
     */
    public static List<Line> of(List<Cut> cuts, Dataset<Row> grouped) {
        int n = cuts.size();
        if (n == 0) {
            return List.of();
        }
        long all = 0;
        long passing = 0;
        long[] fail = new long[n];
        long[] failFirst = new long[n];
        long[] failOnly = new long[n];
        for (Row row : byBit(n, grouped)) {
            if (row.getLong(0) == 0) {
                all = row.getLong(1);
                passing = row.getLong(3);
            } else {
                int cut = Long.numberOfTrailingZeros(row.getLong(0));
                fail[cut] = row.getLong(1);
                failFirst[cut] = row.getLong(2);
                failOnly[cut] = row.getLong(3);
            }
        }
        List<Line> lines = new ArrayList<>();
        long cumulative = all;
        for (int i = 0; i < n; i++) {
            cumulative -= failFirst[i];
            lines.add(new Line(cuts.get(i), all, all - fail[i], cumulative, passing + failOnly[i]));
        }
        return lines;
    }

    /** By bit of a cut: how many fail it, fail it and none before it, fail it alone. Bit 0 is of all rows: their number, and twice those that pass. */
    private static List<Row> byBit(int cuts, Dataset<Row> grouped) {
        long[] bits = LongStream.concat(
                        LongStream.of(0), LongStream.range(0, cuts).map(i -> 1L << i))
                .toArray();
        Column failing = col(FAILING);
        Column bit = col("bit");
        Column count = col(COUNT);
        return grouped.select(failing, count, explode(lit(bits)).as("bit"))
                .filter(bit.equalTo(lit(0L)).or(failing.bitwiseAND(bit).notEqual(lit(0L))))
                .groupBy(bit)
                .agg(
                        sum(count),
                        sum(when(failing.bitwiseAND(bit.minus(1)).equalTo(lit(0L)), count)
                                .otherwise(lit(0L))),
                        sum(when(failing.equalTo(bit), count).otherwise(lit(0L))))
                .collectAsList();
    }
}
