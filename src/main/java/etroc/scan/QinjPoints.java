package etroc.scan;

import etroc.About;
import etroc.runs.BoardSetting;
import etroc.runs.Run;
import etroc.scan.ScanCounts.RunTimes;
import etroc.scan.ScanPoint.CurveKey;
import etroc.scan.ScanPoint.PixelKey;
import etroc.scan.ScanResult.NoiseRegion;
import etroc.store.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Times of injected pulses, and what they say of charge and phase (src/docs/bench-laser.md).
 *
 * @param points a run of a scanned board, without hits too
 */
record QinjPoints(List<Point> points, List<TotCharge> totCharge, List<PhasePoint> phases) {
    static final String POINTS = "qinj_points";

    /** Times at one setting. */
    @About("a run of a scanned board, also without hits; then it says so")
    record Point(
            @About("name of the run") String run,
            CurveKey curve,

            @About("discriminator threshold [DAC]") int boardDiscriminatorThreshold,
            PointTimes times,
            Jitter spread,
            @About("what is to be known of it") String remark) {
        static final Comparator<Point> ORDER = Comparator.comparing(Point::curve)
                .thenComparingInt(Point::boardDiscriminatorThreshold)
                .thenComparing(Point::run);

        /** Whether its means are to be relied on. */
        boolean isSound() {
            return times.kept() >= PointTimes.FEW;
        }
    }

    static QinjPoints of(List<Run> runs, ScannedBoards scanned, List<RunTimes> times, ScanResult result) {
        record RunBoard(String run, int board) {}
        Map<RunBoard, PointTimes> found = new HashMap<>();
        times.forEach(t -> found.put(new RunBoard(t.run(), t.dataBoardId()), t.times()));
        List<Point> points = new ArrayList<>();
        for (Run run : runs) {
            for (BoardSetting s : run.boards()) {
                if (scanned.isScanned(run.name(), s.board())) {
                    PointTimes of = found.get(new RunBoard(run.name(), s.board()));
                    points.add(point(run, s, of == null ? PointTimes.of(null) : of));
                }
            }
        }
        points.sort(Point.ORDER);
        Map<PixelKey, Double> quiet = new HashMap<>();
        for (NoiseRegion region : result.noise()) {
            if (region.quietThresholdDac() != null) {
                quiet.put(region.pixel(), region.quietThresholdDac());
            }
        }
        return new QinjPoints(points, TotCharge.of(points, quiet), PhasePoint.of(points));
    }

    private static Point point(Run run, BoardSetting s, PointTimes times) {
        PixelKey pixel =
                new PixelKey(Objects.requireNonNull(run.phase()), s.board(), Objects.requireNonNull(s.pixel()));
        return new Point(
                run.name(),
                new CurveKey(pixel, Objects.requireNonNull(s.charge())),
                Objects.requireNonNull(s.threshold()),
                times,
                Jitter.of(times),
                times.fewHits());
    }

    List<Table> tables() {
        return List.of(
                Table.of(POINTS, Point.class, points),
                Table.of(TotCharge.TABLE, TotCharge.class, totCharge),
                Table.of(PhasePoint.TABLE, PhasePoint.class, phases));
    }
}
