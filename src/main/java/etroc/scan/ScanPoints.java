package etroc.scan;

import etroc.InputException;
import etroc.runs.BoardSetting;
import etroc.runs.Run;
import etroc.scan.ScanCounts.RunHits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Scan points from counts of hits. */
final class ScanPoints {
    private ScanPoints() {}

    /** One point a run and board that has hits after the cuts. @throws InputException if a run's name does not set a board that has some */
    static List<ScanPoint> withHits(List<Run> runs, List<RunHits> counts) {
        Map<String, Run> byName = new HashMap<>();
        runs.forEach(r -> byName.put(r.name(), r));
        List<ScanPoint> points = new ArrayList<>();
        for (RunHits count : counts) {
            if (count.hits() > 0) {
                Run run = Objects.requireNonNull(byName.get(count.run()));
                BoardSetting setting = run.setting(count.dataBoardId());
                if (setting == null) {
                    throw new InputException("run '" + run.name() + "' has hits of board " + count.dataBoardId()
                            + ", but its name sets only the boards "
                            + run.boards().stream().map(BoardSetting::board).toList());
                }
                points.add(point(run, setting, count.hits()));
            }
        }
        return points;
    }

    /** The points of scanned boards, those without hits too. */
    static List<ScanPoint> scanned(List<Run> runs, ScannedBoards scanned, List<ScanPoint> withHits) {
        record RunBoard(String run, int board) {}
        Map<RunBoard, ScanPoint> found = new HashMap<>();
        withHits.forEach(p -> found.put(new RunBoard(p.run(), p.board()), p));
        List<ScanPoint> points = new ArrayList<>();
        for (Run run : runs) {
            for (BoardSetting s : run.boards()) {
                if (scanned.isScanned(run.name(), s.board())) {
                    ScanPoint point = found.get(new RunBoard(run.name(), s.board()));
                    points.add(point == null ? point(run, s, 0) : point);
                }
            }
        }
        return points;
    }

    private static ScanPoint point(Run run, BoardSetting s, long hits) {
        return new ScanPoint(
                run.name(),
                Objects.requireNonNull(run.phase()),
                s.board(),
                Objects.requireNonNull(s.pixel()),
                Objects.requireNonNull(s.charge()),
                Objects.requireNonNull(s.threshold()),
                hits);
    }
}
