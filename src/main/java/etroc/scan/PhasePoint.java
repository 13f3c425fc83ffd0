package etroc.scan;

import etroc.About;
import etroc.scan.QinjPoints.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Mean TOA at one of several phases, and how far it lies from the line through all of them. */
@About("a run of a pixel, charge and threshold that occur with several phases; those of one line repeat it")
record PhasePoint(
        @About("board") int dataBoardId,
        @About("pixel") String pixelId,
        @About("injected charge [fC]") int boardInjectedCharge,
        @About("discriminator threshold [DAC]") int boardDiscriminatorThreshold,
        @About("phase adjustment") int phaseAdjust,
        @About("hits left after the cuts") long hits,

        @About("mean time of arrival, from 12.5 ns down [ns]")
        double toaMeanNs,

        @About("its uncertainty [ns]") double toaMeanNsUnc,

        @About("1: it takes part in the line: at least 100 hits, mean TOA code in 50..950")
        boolean inLine,

        StraightLine line,
        @About("mean minus line [ns]") double residualNs,

        @About("why there is no line, or what is to be known of it")
        String remark) {
    static final String TABLE = "phase_scan";
    private static final double FIRST_CODE = 50;
    private static final double LAST_CODE = 950;

    /** What a line belongs to. */
    private record Key(int board, String pixel, int charge, int threshold) {}

    /** Rows in the order of the points. */
    static List<PhasePoint> of(List<Point> points) {
        Map<Key, List<Point>> byKey = points.stream()
                .collect(Collectors.groupingBy(PhasePoint::key, LinkedHashMap::new, Collectors.toList()));
        List<PhasePoint> rows = new ArrayList<>();
        byKey.values().stream().filter(own -> phases(own) > 1).forEach(own -> rows.addAll(rows(own)));
        return rows;
    }

    private static Key key(Point p) {
        return new Key(
                p.curve().pixel().board(),
                p.curve().pixel().pixel(),
                p.curve().charge(),
                p.boardDiscriminatorThreshold());
    }

    private static long phases(List<Point> points) {
        return points.stream().map(p -> p.curve().pixel().phase()).distinct().count();
    }

    private static boolean isInLine(Point p) {
        double code =
                (PointTimes.LAST_TIME_NS - p.times().toaMeanNs()) / p.times().fbinNs();
        return p.isSound() && p.times().toaMeanNsUnc() > 0 && code >= FIRST_CODE && code <= LAST_CODE;
    }

    private static List<PhasePoint> rows(List<Point> points) {
        List<Point> used = points.stream().filter(PhasePoint::isInLine).toList();
        boolean enough = phases(used) > 1;
        StraightLine line = enough
                ? StraightLine.of(
                        used.stream()
                                .mapToDouble(p -> p.curve().pixel().phase())
                                .toArray(),
                        used.stream().mapToDouble(p -> p.times().toaMeanNs()).toArray(),
                        used.stream().mapToDouble(p -> p.times().toaMeanNsUnc()).toArray())
                : StraightLine.NONE;
        String remark = enough
                ? ScanTables.said("", line.uncertaintyScale(), line.chi2(), line.ndf())
                : "fewer than two phases have 100 hits with TOA codes in 50..950";
        return points.stream().map(p -> row(p, line, remark)).toList();
    }

    private static PhasePoint row(Point p, StraightLine line, String remark) {
        Key key = key(p);
        int phase = p.curve().pixel().phase();
        return new PhasePoint(
                key.board(),
                key.pixel(),
                key.charge(),
                key.threshold(),
                phase,
                p.times().hits(),
                p.times().toaMeanNs(),
                p.times().toaMeanNsUnc(),
                isInLine(p),
                line,
                p.times().toaMeanNs() - line.at(phase),
                remark);
    }
}
