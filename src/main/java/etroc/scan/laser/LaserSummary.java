package etroc.scan.laser;

import etroc.About;
import etroc.report.Rounded;
import etroc.store.Table;
import etroc.store.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The results of a laser scan that are looked for first, rounded. */
public final class LaserSummary {
    private static final int FEW = 5;
    private static final double PS = 1000;

    private LaserSummary() {}

    private record Row(
            int board,
            String pixel,
            @About(value = "", name = "phase") String phase,
            @About(value = "", name = "attenuation [%]") String attenuation,
            @About(value = "", name = "threshold [DAC]") int threshold,
            long hits,
            @About(value = "", name = "TOA [ns]") String toa,
            @About(value = "", name = "TOT [ns]") String tot,
            @About(value = "", name = "jitter [ps]") String jitter,

            @About(value = "", name = "without TDC step [ps]")
            String intrinsic,

            @About(value = "", name = "after walk fit [ps]") String walk,
            String remark) {
        static Row of(LaserPoint p) {
            LaserKey key = p.curve();
            return new Row(
                    key.dataBoardId(),
                    key.pixelId(),
                    key.phaseAdjust() == null ? "–" : key.phaseAdjust().toString(),
                    Double.toString(key.laserAttenuation()),
                    p.boardDiscriminatorThreshold(),
                    p.times().hits(),
                    Rounded.of(p.times().toaMeanNs(), p.times().toaMeanNsUnc()),
                    Rounded.of(p.times().totMeanNs(), p.times().totMeanNsUnc()),
                    Rounded.of(PS * p.spread().jitter(), PS * p.spread().jitterUnc()),
                    Rounded.of(PS * p.spread().intrinsic(), PS * p.spread().jitterUnc()),
                    Rounded.of(PS * p.jitterWalk(), PS * p.jitterWalkUnc()),
                    p.remark());
        }
    }

    private record CurveRow(
            int board,
            String pixel,
            @About(value = "", name = "attenuation [%]") String attenuation,
            @About(value = "", name = "half height [DAC]") String t50,
            @About(value = "", name = "noise [DAC]") String noise,
            @About(value = "", name = "efficiency") String efficiency,
            String remark) {
        static CurveRow of(LaserCurve c) {
            return new CurveRow(
                    c.curve().dataBoardId(),
                    c.curve().pixelId(),
                    Double.toString(c.curve().laserAttenuation()),
                    Rounded.of(c.t50(), c.t50Unc()),
                    Rounded.of(c.noise(), c.noiseUnc()),
                    Rounded.of(c.efficiency(), c.efficiencyUnc()),
                    c.remark());
        }
    }

    /** Of each attenuation the first, middle and last threshold with enough hits; all of them where they are few. */
    private static List<LaserPoint> chosen(List<LaserPoint> points) {
        Map<LaserKey, List<LaserPoint>> byCurve =
                points.stream().collect(Collectors.groupingBy(LaserPoint::curve, TreeMap::new, Collectors.toList()));
        List<LaserPoint> chosen = new ArrayList<>();
        byCurve.values().forEach(own -> {
            List<LaserPoint> sound =
                    own.stream().filter(p -> p.remark().isEmpty()).toList();
            boolean few = own.size() <= FEW || sound.isEmpty();
            chosen.addAll(few ? LaserFigures.spread(own, FEW) : LaserFigures.spread(sound, 3));
        });
        return chosen;
    }

    /** Curves, then points. */
    public static List<Table> of(Tables tables) {
        return List.of(
                Table.of(
                        "laser_curves",
                        CurveRow.class,
                        tables.as(LaserCurve.TABLE, LaserCurve.class).stream()
                                .map(CurveRow::of)
                                .toList()),
                Table.of(
                        "laser_points",
                        Row.class,
                        chosen(tables.as(LaserPoint.TABLE, LaserPoint.class)).stream()
                                .map(Row::of)
                                .toList()));
    }
}
