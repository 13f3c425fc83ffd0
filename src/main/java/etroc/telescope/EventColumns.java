package etroc.telescope;

import etroc.source.HitColumn;
import etroc.telescope.calibration.TimeColumns;
import etroc.telescope.events.EventVariables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.MetadataBuilder;

/** The columns of events as others read them: variable by variable in the order of the boards, each with what it is and its unit. */
final class EventColumns {
    private static final Pattern OF_BOARD = Pattern.compile("(.+)_(\\d+)");

    private EventColumns() {}

    /** The same rows with their columns in order and described; Parquet keeps the descriptions. */
    static Dataset<Row> described(Dataset<Row> events, List<Integer> boards) {
        return events.select(ordered(List.of(events.columns()), boards).stream()
                .map(name -> described(events, name))
                .toArray(Column[]::new));
    }

    private static Column described(Dataset<Row> events, String name) {
        return events.col("`" + name.replace("`", "``") + "`")
                .as(
                        name,
                        new MetadataBuilder().putString("comment", about(name)).build());
    }

    /** Columns of a variable stand where its first one stood, by board. */
    static List<String> ordered(List<String> names, List<Integer> boards) {
        Map<String, Map<Integer, String>> byVariable = new LinkedHashMap<>();
        for (String name : names) {
            Matcher of = OF_BOARD.matcher(name);
            boolean isOfBoard = of.matches() && boards.contains(Integer.valueOf(of.group(2)));
            byVariable
                    .computeIfAbsent(isOfBoard ? of.group(1) : name, v -> new TreeMap<>())
                    .put(isOfBoard ? Integer.parseInt(of.group(2)) : -1, name);
        }
        List<String> ordered = new ArrayList<>();
        byVariable.values().forEach(m -> ordered.addAll(m.values()));
        return ordered;
    }

    /** What a column is, with its unit. */
    static String about(String name) {
        Matcher of = OF_BOARD.matcher(name);
        if (of.matches()) {
            String variable = of.group(1);
            String what = variable.startsWith(TimeColumns.CORRECTED_TOA)
                    ? "time after the time-walk correction [ns]"
                    : switch (variable) {
                        case TimeColumns.TOA_NS -> "time of arrival before the correction [ns]";
                        case TimeColumns.TOT_NS -> "time over threshold [ns]";
                        case "time_of_arrival", "time_over_threshold" -> variable.replace('_', ' ') + " [TDC codes]";
                        case "calibration_code" -> "calibration code: TDC codes in 3.125 ns";
                        default -> variable.replace('_', ' ');
                    };
            return what + ", board " + of.group(2);
        }
        if (name.equals(EventVariables.EVENT)) {
            return "number of the event in its run";
        }
        return name.equals(HitColumn.BIAS.columnName())
                ? "sensor bias [V]"
                : name.startsWith("accepted") ? "whether the event passes: " + name : name.replace('_', ' ');
    }
}
