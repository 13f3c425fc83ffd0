package etroc.cuts;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that cuts of a stage may use.
 *
 * @param boards ids that occur in any event
 * @param variables that a board has and a table may compare with a number
 * @param schema all columns that SQL expressions may name, with their types
 * @param column SQL for a variable of a board; NULL where the board has no hit in the event
 * @param ofHits whether each row is one hit and one event
 */
public record CutColumns(
        List<Integer> boards,
        List<String> variables,
        StructType schema,
        BiFunction<String, Integer, String> column,
        boolean ofHits) {
    /** Each row is one hit and one event: another board has no hit in it. */
    public static CutColumns ofHits(List<Integer> boards, StructType hits) {
        return new CutColumns(
                boards,
                numbers(hits),
                hits,
                (variable, board) -> "IF(data_board_id = " + board + ", " + variable + ", NULL)",
                true);
    }

    /**
     * Each row is one event with a column for each variable and board, {@code <variable>_<board>}.
     *
     * @param variables of a board
     * @param others columns of the event itself
     */
    public static CutColumns ofEvents(List<Integer> boards, StructType variables, StructType others) {
        StructType schema = others;
        for (StructField variable : variables.fields()) {
            for (int board : boards) {
                schema = schema.add(variable.name() + "_" + board, variable.dataType());
            }
        }
        return new CutColumns(boards, numbers(variables), schema, (variable, board) -> variable + "_" + board, false);
    }

    private static List<String> numbers(StructType columns) {
        return Arrays.stream(columns.fields())
                .filter(f -> f.dataType() instanceof NumericType)
                .map(StructField::name)
                .toList();
    }

    /** SQL for a variable of a board. */
    public String of(String variable, int board) {
        return column.apply(variable, board);
    }
}
