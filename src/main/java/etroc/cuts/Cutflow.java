package etroc.cuts;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** How many events each cut lets through: alone, after all before it, and all but it. One aggregation for all of them. */
public final class Cutflow {
    private Cutflow() {}

    /**
     * One line of a cutflow.
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

    /** The aggregates that {@link #sum} reads: the number of events, then three a cut. */
    public static List<Column> aggregates(List<Cut> cuts) {
        List<Column> aggregates = new ArrayList<>();
        aggregates.add(functions.count(functions.lit(1)));
        for (int i = 0; i < cuts.size(); i++) {
            int at = i;
            aggregates.add(count(List.of(cuts.get(i))));
            aggregates.add(count(cuts.subList(0, i + 1)));
            aggregates.add(count(IntStream.range(0, cuts.size())
                    .filter(j -> j != at)
                    .mapToObj(cuts::get)
                    .toList()));
        }
        return aggregates;
    }

    private static Column count(List<Cut> cuts) {
        return functions.count_if(functions.expr(all(cuts)));
    }

    /**
     * The lines of grouped {@link #aggregates}, added up.
     *
     * @param first index of the first of these aggregates in a row
     */
    public static List<Line> sum(List<Row> rows, int first, List<Cut> cuts) {
        return IntStream.range(0, cuts.size())
                .mapToObj(i -> new Line(
                        cuts.get(i),
                        sum(rows, first),
                        sum(rows, first + 1 + 3 * i),
                        sum(rows, first + 2 + 3 * i),
                        sum(rows, first + 3 + 3 * i)))
                .toList();
    }

    private static long sum(List<Row> rows, int column) {
        return rows.stream().mapToLong(r -> r.getLong(column)).sum();
    }

    /** Events of a row of {@link #aggregates} that pass all cuts. */
    public static long passing(Row row, int first, List<Cut> cuts) {
        return row.getLong(cuts.isEmpty() ? first : first + 3 * cuts.size() - 1);
    }
}
