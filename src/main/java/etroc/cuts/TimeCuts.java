package etroc.cuts;

import static etroc.cuts.EventCuts.number;

import etroc.UsageException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/**
 * Cuts on times, {@code cut_type,cut_direction,variable_1,board_id_1,variable_2,board_id_2,value_1,value_2,value_3[,output]}, and SQL
 * expressions (src/docs/analysis.md, section 3).
 *
 * <p>A cut on the distance to a fitted line needs that line first: {@link #lines} says which, {@link #cuts} takes what was fitted.
 */
public final class TimeCuts {
    private static final List<String> COLUMNS = List.of(
            "cut_type",
            "cut_direction",
            "variable_1",
            "board_id_1",
            "variable_2",
            "board_id_2",
            "value_1",
            "value_2",
            "value_3");
    private static final List<String> KINDS = List.of(
            "simple",
            "diagonal",
            "diag-dist",
            "fit-dist",
            "1d-dist",
            "circle",
            "corner-ur",
            "corner-ul",
            "corner-dr",
            "corner-dl");
    /** Steps are bits of a long, beside those of all events and of events after the event cuts. */
    private static final int MOST_STEPS = 60;

    private static final List<String> SIDES = List.of("inside", "outside");

    private final List<Entry> entries;
    private final int rows;

    /**
     * A row of the table, or an expression.
     *
     * @param line for a cut on the distance to a fitted line, else null
     * @param limit SQL that follows the distance
     * @param keep what the cut is where a board has no hit
     */
    private record Entry(Cut cut, @Nullable Line line, String limit, boolean keep) {}

    /** A line to fit over all events that have both: y = m x + b. */
    public record Line(String x, String y) {}

    /** A fitted line. */
    public record Fitted(double slope, double intercept) {}

    private TimeCuts(List<Entry> entries, int rows) {
        this.entries = List.copyOf(entries);
        this.rows = rows;
    }

    /**
     * Reads and checks the cuts.
     *
     * @throws UsageException if one is wrong; it names file, line, what was found and what is possible
     */
    public static TimeCuts read(
            List<CutSettings.Source> sources, CutColumns columns, boolean keepWithoutData, Configuration conf) {
        List<Entry> entries = new ArrayList<>();
        int first = 0;
        for (CutSettings.Source source : sources) {
            if (source.csv().isEmpty()) {
                entries.add(new Entry(SqlCheck.cut(first++, source, columns), null, "", false));
                continue;
            }
            CutTable table = CutTable.read(source.csv(), COLUMNS, conf);
            for (CutRow row : table.rows()) {
                entries.add(entry(row, first + row.number(), columns, keepWithoutData));
            }
            first += table.size();
        }
        long steps = entries.stream().filter(e -> !e.cut().output().isEmpty()).count();
        if (steps > MOST_STEPS) {
            throw new UsageException(
                    "the time cuts name " + steps + " steps (column output); possible: at most " + MOST_STEPS);
        }
        return new TimeCuts(entries, first);
    }

    /** All that the cuts say, for a fingerprint. */
    public String text() {
        return entries.toString();
    }

    /** Number of rows, skipped ones too. */
    public int rows() {
        return rows;
    }

    /** The lines that have to be fitted first, in order. */
    public List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (Entry e : entries) {
            if (e.line() != null) {
                lines.add(e.line());
            }
        }
        return lines;
    }

    /** Fits the lines over all events in one aggregation; NaN where fewer than two different x are there. */
    public static List<Fitted> fit(Dataset<Row> events, List<Line> lines) {
        List<Column> aggregates = new ArrayList<>();
        for (Line line : lines) {
            Column x = functions.expr(line.x());
            Column y = functions.expr(line.y());
            aggregates.add(functions.regr_slope(y, x));
            aggregates.add(functions.regr_intercept(y, x));
        }
        if (lines.isEmpty()) {
            return List.of();
        }
        Row row = events.agg(
                        aggregates.get(0),
                        aggregates.subList(1, aggregates.size()).toArray(Column[]::new))
                .head();
        List<Fitted> fitted = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            fitted.add(new Fitted(
                    row.isNullAt(2 * i) ? Double.NaN : row.getDouble(2 * i),
                    row.isNullAt(2 * i + 1) ? Double.NaN : row.getDouble(2 * i + 1)));
        }
        return fitted;
    }

    /** The cuts as SQL, with what {@link #fit} gave for {@link #lines}. */
    public List<Cut> cuts(List<Fitted> fitted) {
        List<Cut> cuts = new ArrayList<>();
        int next = 0;
        for (Entry e : entries) {
            Line line = e.line();
            if (line == null) {
                cuts.add(e.cut());
                continue;
            }
            Fitted f = fitted.get(next++);
            String distance = Double.isNaN(f.slope())
                    ? "CAST(NULL AS DOUBLE)"
                    : "abs(" + line.x() + " * " + f.slope() + "D - " + line.y() + " + " + f.intercept() + "D) / "
                            + Math.sqrt(f.slope() * f.slope() + 1) + "D";
            Cut c = e.cut();
            cuts.add(
                    new Cut(c.row(), c.output(), c.text(), "coalesce(" + distance + e.limit() + ", " + e.keep() + ")"));
        }
        return cuts;
    }

    private static Entry entry(CutRow row, int number, CutColumns columns, boolean keep) {
        String kind = row.oneOf("cut_type", KINDS);
        String x = row.oneOf("variable_1", columns.variables());
        Cut cut = new Cut(number, row.get("output"), row.text(), "");
        if (kind.equals("simple")) {
            String operator = row.oneOf("cut_direction", CutRow.OPERATORS);
            String limit = " " + operator + " " + number(row.number("value_1"));
            return done(cut, row.forBoards("board_id_1", columns, keep, b -> columns.of(x, b) + limit));
        }
        String x1 = columns.of(x, row.board("board_id_1", columns));
        if (kind.equals("1d-dist")) {
            String side = row.oneOf("cut_direction", SIDES);
            String distance = "abs(" + x1 + " - " + number(row.number("value_1")) + ")";
            return done(
                    cut,
                    kept(distance + (side.equals("inside") ? " < " : " > ") + number(row.number("value_2")), keep));
        }
        String y1 = columns.of(row.oneOf("variable_2", columns.variables()), row.board("board_id_2", columns));
        return switch (kind) {
            case "diagonal" -> done(cut, kept(x1 + " + " + y1 + limit(row), keep));
            case "diag-dist" -> done(cut, kept("abs(" + x1 + " - " + y1 + ") / sqrt(2D)" + limit(row), keep));
            case "fit-dist" -> new Entry(cut, new Line(x1, y1), limit(row), keep);
            case "circle" -> done(cut, kept(circle(row, x1, y1), keep));
            default -> done(cut, kept(corner(row, kind, x1, y1), keep));
        };
    }

    private static Entry done(Cut cut, String sql) {
        return new Entry(new Cut(cut.row(), cut.output(), cut.text(), sql), null, "", false);
    }

    private static String kept(String sql, boolean keepWithoutData) {
        return "coalesce(" + sql + ", " + keepWithoutData + ")";
    }

    private static String limit(CutRow row) {
        return " " + row.oneOf("cut_direction", CutRow.OPERATORS) + " " + number(row.number("value_1"));
    }

    private static String circle(CutRow row, String x, String y) {
        boolean inside = row.oneOf("cut_direction", SIDES).equals("inside");
        double radius = row.number("value_3");
        return distance2(x, y, row.number("value_1"), row.number("value_2"))
                + (inside ? " < " : " > ")
                + number(radius * radius);
    }

    private static String distance2(String x, String y, double x0, double y0) {
        String dx = "(" + x + " - " + number(x0) + ")";
        String dy = "(" + y + " - " + number(y0) + ")";
        return "(" + dx + " * " + dx + " + " + dy + " * " + dy + ")";
    }

    /** Within a quadrant whose corner is rounded: {@code u} or {@code d} is its upper edge in y or its lower one, {@code r} or {@code l} in x. */
    private static String corner(CutRow row, String kind, String x, String y) {
        boolean inside = row.oneOf("cut_direction", SIDES).equals("inside");
        boolean upper = kind.charAt(7) == 'u';
        boolean right = kind.charAt(8) == 'r';
        double x0 = row.number("value_1");
        double y0 = row.number("value_2");
        double radius = row.number("value_3");
        double cx = right ? x0 - radius : x0 + radius;
        double cy = upper ? y0 - radius : y0 + radius;
        String quadrant = x + (right ? " < " : " > ") + number(x0) + " AND " + y + (upper ? " < " : " > ") + number(y0);
        String nearCorner =
                x + (right ? " > " : " < ") + number(cx) + " AND " + y + (upper ? " > " : " < ") + number(cy);
        String rounded = distance2(x, y, cx, cy) + " < " + number(radius * radius);
        String within = "(" + quadrant + " AND (NOT (" + nearCorner + ") OR " + rounded + "))";
        // with a missing value the answer is missing, also where the other value alone would decide
        String decided = "IF(" + x + " IS NULL OR " + y + " IS NULL, NULL, " + within + ")";
        return inside ? decided : "NOT " + decided;
    }
}
