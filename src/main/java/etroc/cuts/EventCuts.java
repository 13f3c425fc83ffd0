package etroc.cuts;

import java.util.List;

/** Rows of a table of cuts on codes, {@code board_id,variable,cut_type,cut_value[,output]}. */
final class EventCuts {
    static final String BOARD = "board_id";
    static final List<String> COLUMNS = List.of(BOARD, "variable", "cut_type", "cut_value");

    private EventCuts() {}

    static CheckedCuts.Entry entry(CutRow row, int number, CutColumns columns, boolean keepWithoutData) {
        String variable = row.oneOf("variable", columns.variables());
        String operator = row.oneOf("cut_type", CutRow.OPERATORS);
        double value = row.number("cut_value");
        String sql = row.forBoards(
                BOARD,
                columns,
                keepWithoutData,
                board -> columns.of(variable, board) + " " + operator + " " + number(value));
        return CheckedCuts.Entry.of(new Cut(number, row.get("output"), row.text(), sql));
    }

    /** A number as SQL that keeps every bit of it. */
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9 ? Long.toString((long) value) : value + "D";
    }
}
