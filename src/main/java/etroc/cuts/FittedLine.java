package etroc.cuts;

import etroc.About;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * A line y = slope x + intercept, for cuts on the distance to it; NaN where fewer than two different x are there. A row of the table
 * {@code cut_lines}: what another run needs to make the same cut again.
 */
@About("a line that time cuts take the distance to, in the order of the cuts")
public record FittedLine(
        @About("variable along x") String x,
        @About("variable along y") String y,
        @About("slope") double slope,
        @About("intercept [ns]") double intercept) {
    public static final String TABLE = "cut_lines";

    /** What a line is fitted to. */
    public record Axes(String x, String y) {}

    /** Fits by least squares over all events that have both, all lines in one aggregation. */
    public static List<FittedLine> fit(Dataset<Row> events, List<Axes> lines) {
        if (lines.isEmpty()) {
            return List.of();
        }
        List<Column> aggregates = new ArrayList<>();
        for (Axes line : lines) {
            Column x = functions.expr(line.x());
            Column y = functions.expr(line.y());
            aggregates.add(functions.regr_slope(y, x));
            aggregates.add(functions.regr_intercept(y, x));
        }
        Row row = events.agg(
                        aggregates.get(0),
                        aggregates.subList(1, aggregates.size()).toArray(Column[]::new))
                .head();
        List<FittedLine> fitted = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            fitted.add(new FittedLine(lines.get(i).x(), lines.get(i).y(), number(row, 2 * i), number(row, 2 * i + 1)));
        }
        return fitted;
    }

    private static double number(Row row, int column) {
        return row.isNullAt(column) ? Double.NaN : row.getDouble(column);
    }

    /** SQL for the distance of a point to the line; NULL where there is no line. */
    String distance() {
        if (!Double.isFinite(slope) || !Double.isFinite(intercept)) {
            return "CAST(NULL AS DOUBLE)";
        }
        return "abs(" + x + " * " + slope + "D - " + y + " + " + intercept + "D) / " + Math.sqrt(slope * slope + 1)
                + "D";
    }
}
