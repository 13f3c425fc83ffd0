package etroc.cli;

import etroc.store.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the runs of a result were taken, in a few rows. */
final class RunConditions {
    /** Of the table {@code runs}: what differs from run to run by itself. */
    private static final Set<String> NO_CONDITIONS = Set.of("run", "files", "lines", "hits");

    private static final int LISTED = 8;
    /** Of a board it ends with the board's id. */
    private static final Pattern NAME = Pattern.compile("(.+?)(?:_(\\d))?");

    private static final Map<String, String> UNITS = Map.of(
            "board_injected_charge",
            " [fC]",
            "board_discriminator_threshold",
            " [DAC]",
            "bias_voltage",
            " [V]",
            "laser_attenuation",
            " [%]");

    private RunConditions() {}

    /** What the runs were set to and its values, from the table {@code runs}. */
    static List<Object[]> of(Table runs) {
        List<Object[]> rows = new ArrayList<>();
        rows.add(new Object[] {"runs", Integer.toString(runs.rows().size())});
        for (int i = 0; i < runs.columns().size(); i++) {
            Table.Column column = runs.columns().get(i);
            int index = i;
            Set<Object> values = new TreeSet<>(runs.rows().stream()
                    .map(r -> r[index])
                    .filter(Objects::nonNull)
                    .toList());
            if (!NO_CONDITIONS.contains(column.name()) && !values.isEmpty()) {
                rows.add(new Object[] {label(column), text(List.copyOf(values))});
            }
        }
        return rows;
    }

    /** Such as {@code board 3: injected charge [fC]}. */
    private static String label(Table.Column column) {
        Matcher name = NAME.matcher(column.name());
        if (!name.matches()) {
            return column.name();
        }
        String what = name.group(1);
        String text = what.replaceFirst("^board_", "").replace('_', ' ') + UNITS.getOrDefault(what, "");
        return name.group(2) == null ? text : "board " + name.group(2) + ": " + text;
    }

    private static String text(List<Object> values) {
        int n = values.size();
        return n <= LISTED
                ? String.join(", ", values.stream().map(Object::toString).toList())
                : values.get(0) + " to " + values.get(n - 1) + " (" + n + " values)";
    }
}
