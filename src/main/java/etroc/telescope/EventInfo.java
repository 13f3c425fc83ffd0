package etroc.telescope;

import etroc.About;
import etroc.telescope.calibration.Calibration;
import etroc.telescope.calibration.Saturated;
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

    /** Saturated hits of a board in events that pass the event cuts, by kind. */
    static List<EventInfo> of(Calibration board) {
        Saturated saturated = board.saturated();
        String subject = "board " + board.board();
        return List.of(
                new EventInfo(subject, "saturated hits: TOA 0", saturated.toaLow()),
                new EventInfo(subject, "saturated hits: TOA 1023", saturated.toaHigh()),
                new EventInfo(subject, "saturated hits: TOT 0", saturated.totLow()),
                new EventInfo(subject, "saturated hits: TOT 511", saturated.totHigh()));
    }
}
