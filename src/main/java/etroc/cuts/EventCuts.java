package etroc.cuts;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Cuts on codes, {@code board_id,variable,cut_type,cut_value[,output]}, and SQL expressions (src/docs/analysis.md, section 3). */
public final class EventCuts {
    private static final List<String> COLUMNS = List.of("board_id", "variable", "cut_type", "cut_value");

    private EventCuts() {}

    /**
     * The cuts of some sources, one after the other.
     *
     * @param keepWithoutData whether a board without a hit in the event passes
     * @throws etroc.UsageException if one is wrong; it names file, line, what was found and what is possible
     */
    public static List<Cut> read(
            List<CutSettings.Source> sources, CutColumns columns, boolean keepWithoutData, Configuration conf) {
        List<Cut> cuts = new ArrayList<>();
        int first = 0;
        for (CutSettings.Source source : sources) {
            if (source.csv().isEmpty()) {
                cuts.add(SqlCheck.cut(first++, source, columns));
                continue;
            }
            CutTable table = CutTable.read(source.csv(), COLUMNS, conf);
            for (CutRow row : table.rows()) {
                cuts.add(new Cut(
                        first + row.number(), row.get("output"), row.text(), sql(row, columns, keepWithoutData)));
            }
            first += table.size();
        }
        return cuts;
    }

    static String sql(CutRow row, CutColumns columns, boolean keepWithoutData) {
        String variable = row.oneOf("variable", columns.variables());
        String operator = row.oneOf("cut_type", CutRow.OPERATORS);
        double value = row.number("cut_value");
        return row.forBoards(
                "board_id",
                columns,
                keepWithoutData,
                board -> columns.of(variable, board) + " " + operator + " " + number(value));
    }

    /** A number as SQL that keeps every bit of it. */
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9 ? Long.toString((long) value) : value + "D";
    }
}
