package etroc.telescope;

import etroc.pipeline.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the stages say of the data: it stands in the table of remarks, and in the rows of the final resolutions, beside the numbers. */
final class Remarks {
    /** In place of a board: of all. */
    static final int ALL = -1;

    private final List<Said> said = new ArrayList<>();

    private record Said(int board, String text) {}

    /**
     * Says something.
     *
     * @param kind what it is about
     * @param board id of the board whose numbers it concerns, or {@link #ALL}
     */
    void say(Context context, String kind, int board, String text) {
        context.remark(kind, board == ALL ? text : "board " + board + ": " + text);
        said.add(new Said(board, text));
    }

    /** What concerns a board's numbers. */
    Stream<String> of(int board) {
        return said.stream().filter(s -> s.board == board || s.board == ALL).map(Said::text);
    }
}
