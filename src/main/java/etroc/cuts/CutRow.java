package etroc.cuts;

import etroc.UsageException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * A row of a cut table, with what is needed to say what is wrong with it.
 *
 * @param file the table
 * @param line line in the file, from 1
 * @param number row of the table, from 0
 * @param fields by column name, without blanks around; missing ones are empty
 */
record CutRow(String file, int line, int number, Map<String, String> fields) {
    static final List<String> OPERATORS = List.of("<", "<=", ">", ">=", "==", "<>");
    /** Numbers whose squares are numbers too. */
    private static final double LARGEST = 1e100;

    static final String ALL_BOARDS = "*";
    static final String ANY_BOARD = "#";

    String get(String column) {
        return fields.getOrDefault(column, "");
    }

    /** The row as it stands in the table. */
    String text() {
        return String.join(",", fields.values()).replaceFirst(",+$", "");
    }

    double number(String column) {
        try {
            double value = Double.parseDouble(get(column));
            if (Math.abs(value) <= LARGEST) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw wrong(column, "a number", e);
        }
        throw wrong(column, "a number up to " + LARGEST, null);
    }

    String oneOf(String column, List<String> possible) {
        if (!possible.contains(get(column))) {
            throw wrong(column, "one of " + String.join(" ", possible), null);
        }
        return get(column);
    }

    int board(String column, CutColumns columns) {
        String found = get(column);
        return columns.boards().stream()
                .filter(b -> b.toString().equals(found))
                .findFirst()
                .orElseThrow(() -> wrong(column, "a board of the data: " + columns.boards(), null));
    }

    /** The comparison for the board or boards that a column names; a board without a hit fails, or passes on request. */
    String forBoards(String column, CutColumns columns, boolean keepWithoutData, IntFunction<String> comparison) {
        String boards = get(column);
        IntFunction<String> total = board -> "coalesce(" + comparison.apply(board) + ", " + keepWithoutData + ")";
        return switch (boards) {
            case ALL_BOARDS -> joined(columns, total, " AND ");
            case ANY_BOARD -> joined(columns, total, " OR ");
            default -> {
                if (columns.boards().stream().noneMatch(b -> b.toString().equals(boards))) {
                    throw wrong(column, "*, # or a board of the data: " + columns.boards(), null);
                }
                yield total.apply(Integer.parseInt(boards));
            }
        };
    }

    /** Boards that must all have a hit in an event that passes. */
    Set<Integer> boards(String column, CutColumns columns) {
        return switch (get(column)) {
            case ALL_BOARDS -> Set.copyOf(columns.boards());
            case ANY_BOARD -> Set.of();
            default -> Set.of(board(column, columns));
        };
    }

    private static String joined(CutColumns columns, IntFunction<String> total, String operator) {
        return columns.boards().stream().map(total::apply).collect(Collectors.joining(operator, "(", ")"));
    }

    UsageException wrong(String column, String possible, @org.jspecify.annotations.Nullable Throwable cause) {
        return new UsageException(
                file + ", line " + line + ": " + column + " is '" + get(column) + "'; possible: " + possible + " (row: "
                        + text() + ")",
                cause == null ? new IllegalArgumentException(column) : cause);
    }
}
