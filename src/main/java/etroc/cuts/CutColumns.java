package etroc.cuts;

import java.util.List;
import java.util.function.BiFunction;

/**
 * The columns that cuts of a stage may use.
 *
 * @param boards ids that occur in any event
 * @param variables that a board has
 * @param names all columns that SQL expressions may name
 * @param column SQL for a variable of a board; NULL where the board has no hit in the event
 */
public record CutColumns(
        List<Integer> boards, List<String> variables, List<String> names, BiFunction<String, Integer, String> column) {
    /** Each row is one hit and one event: another board has no hit in it. */
    public static CutColumns ofHits(List<Integer> boards, List<String> variables) {
        return new CutColumns(
                boards,
                variables,
                variables,
                (variable, board) -> "IF(data_board_id = " + board + ", " + variable + ", NULL)");
    }

    /** Each row is one event with a column for each variable and board, {@code <variable>_<board>}. */
    public static CutColumns ofEvents(List<Integer> boards, List<String> variables, List<String> others) {
        List<String> names = new java.util.ArrayList<>(others);
        variables.forEach(v -> boards.forEach(b -> names.add(v + "_" + b)));
        return new CutColumns(boards, variables, names, (variable, board) -> variable + "_" + board);
    }

    /** SQL for a variable of a board. */
    public String of(String variable, int board) {
        return column.apply(variable, board);
    }
}
