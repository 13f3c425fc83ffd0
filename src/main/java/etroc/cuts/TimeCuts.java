package etroc.cuts;

import static etroc.cuts.EventCuts.number;

import etroc.cuts.CheckedCuts.Entry;
import java.util.List;

/**
 * Rows of a table of cuts on times,
 * {@code cut_type,cut_direction,variable_1,board_id_1,variable_2,board_id_2,value_1,value_2,value_3[,output]}.
 */
final class TimeCuts {
    static final List<String> COLUMNS = List.of(
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
    private static final List<String> SIDES = List.of("inside", "outside");

    private TimeCuts() {}

    static Entry entry(CutRow row, int number, CutColumns columns, boolean keep) {
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
            case "fit-dist" -> new Entry(cut, new FittedLine.Axes(x1, y1), limit(row), keep);
            case "circle" -> done(cut, kept(circle(row, x1, y1), keep));
            default -> done(cut, kept(corner(row, kind, x1, y1), keep));
        };
    }

    private static Entry done(Cut cut, String sql) {
        return Entry.of(new Cut(cut.row(), cut.output(), cut.text(), sql));
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

    /** Square of the distance to a point, of doubles: the square of a whole number may be too large for its type. */
    private static String distance2(String x, String y, double x0, double y0) {
        String dx = "(" + x + " - " + x0 + "D)";
        String dy = "(" + y + " - " + y0 + "D)";
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
