package etroc.telescope;

import etroc.About;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A row of the table {@code event_info}. */
@About("what became of the hits: counts that add up")
record EventInfo(
        @About("a run, a board, or all boards") String subject,
        @About("what is counted") String quantity,
        @About("count") long count) {
    static final String TABLE = "event_info";

    static List<EventInfo> of(
            List<Integer> boards,
            Map<String, Long> eventsOfRun,
            Map<Integer, Long> hitsOfBoard,
            Map<Integer, Long> inEvents,
            long lost) {
        List<EventInfo> rows = new ArrayList<>();
        eventsOfRun.forEach((run, n) -> rows.add(new EventInfo("run " + run, "events", n)));
        hitsOfBoard.forEach((board, n) -> {
            long used = inEvents.getOrDefault(board, 0L);
            String rest = "hits in no event" + (boards.contains(board) ? "" : ": board not in the pattern");
            rows.add(new EventInfo("board " + board, "hits", n));
            rows.add(new EventInfo("board " + board, "hits in events", used));
            rows.add(new EventInfo("board " + board, rest, n - used));
        });
        rows.add(new EventInfo("all boards", "hits in no event that were part of a candidate", lost));
        return rows;
    }
}
