package etroc.scan;

import etroc.About;
import etroc.report.Rounded;
import etroc.scan.ScanTables.Line;
import etroc.store.Table;
import etroc.store.Tables;
import java.util.ArrayList;
import java.util.List;

/** The results of a scan that are looked for first, with uncertainties, rounded. */
public final class ScanSummary {
    private ScanSummary() {}

    private record Row(
            int board,
            String pixel,
            int phase,
            String method,
            @About(value = "", name = "noise region [DAC]") String noise,
            @About(value = "", name = "intercept [DAC]") String intercept,
            @About(value = "", name = "slope [DAC/fC]") String slope,

            @About(value = "", name = "suggested thresholds")
            String suggested,

            String remark) {
        static Row of(Line l) {
            List<String> suggested = new ArrayList<>();
            for (int i = 0; i < l.suggestedThreshold().size(); i++) {
                suggested.add(
                        l.suggestedThreshold().get(i) + " for " + l.charge().get(i) + " fC");
            }
            return new Row(
                    l.dataBoardId(),
                    l.pixelId(),
                    l.phaseAdjust(),
                    l.method().toString(),
                    Rounded.of(l.noiseMinDac(), null) + " to " + Rounded.of(l.noiseMaxDac(), null),
                    Rounded.of(l.intercept(), l.interceptUnc()),
                    Rounded.of(l.slope(), l.slopeUnc()),
                    String.join(", ", suggested),
                    l.remark());
        }
    }

    /** Threshold lines and the thresholds to set. */
    public static List<Table> of(Tables tables) {
        List<Row> rows =
                tables.as(ScanTables.LINES, Line.class).stream().map(Row::of).toList();
        return List.of(Table.of("thresholds", Row.class, rows));
    }
}
