package etroc.scan;

import etroc.About;
import etroc.report.Rounded;
import etroc.store.Table;
import etroc.store.Tables;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

            @About(value = "", name = "suggested thresholds [DAC]")
            String suggested,

            String remark) {
        static Row of(Line l, List<SuggestedThreshold> all) {
            List<Suggestion> own = all.stream()
                    .filter(s -> s.pixel().equals(l.pixel()) && s.method() == l.method())
                    .map(SuggestedThreshold::suggestion)
                    .toList();
            String remarks = Stream.concat(Stream.of(l.said()), own.stream().map(Row::said))
                    .filter(r -> !r.isEmpty())
                    .collect(Collectors.joining("; "));
            return new Row(
                    l.dataBoardId(),
                    l.pixelId(),
                    l.phaseAdjust(),
                    l.method().toString(),
                    Rounded.of(l.noiseMinDac(), null) + " to " + Rounded.of(l.noiseMaxDac(), null),
                    Rounded.of(l.intercept(), l.interceptUnc()),
                    Rounded.of(l.slope(), l.slopeUnc()),
                    suggested(own),
                    remarks);
        }

        /** Such as {@code 469, 474, 478 for 11, 12, 13 fC}. */
        private static String suggested(List<Suggestion> own) {
            return own.isEmpty()
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            "%s for %s fC",
                            own.stream().map(s -> "" + s.threshold()).collect(Collectors.joining(", ")),
                            own.stream().map(s -> "" + s.charge()).collect(Collectors.joining(", ")));
        }

        private static String said(Suggestion s) {
            return s.remark().isEmpty() ? "" : s.charge() + " fC: " + s.remark();
        }
    }

    private record CurveRow(
            int board,
            String pixel,
            int phase,
            @About(value = "", name = "charge [fC]") int charge,
            @About(value = "", name = "half height [DAC]") String t50,
            @About(value = "", name = "noise [DAC]") String noise,
            @About(value = "", name = "noise [fC]") String noiseFc,
            @About(value = "", name = "efficiency") String efficiency,
            String remark) {
        static CurveRow of(SCurve c) {
            return new CurveRow(
                    c.curve().pixel().board(),
                    c.curve().pixel().pixel(),
                    c.curve().pixel().phase(),
                    c.curve().charge(),
                    Rounded.of(c.t50(), c.t50Unc()),
                    Rounded.of(c.noise(), c.noiseUnc()),
                    Rounded.of(c.noiseFc(), c.noiseFcUnc()),
                    Rounded.of(c.efficiency(), c.efficiencyUnc()),
                    c.said());
        }
    }

    /** Threshold lines with the thresholds to set, and the curves that they rest on. */
    public static List<Table> of(Tables tables) {
        List<SuggestedThreshold> suggested = tables.as(ScanTables.SUGGESTED, SuggestedThreshold.class);
        List<Row> rows = tables.as(ScanTables.LINES, Line.class).stream()
                .map(l -> Row.of(l, suggested))
                .toList();
        List<CurveRow> curves = tables.as(ScanTables.S_CURVES, SCurve.class).stream()
                .map(CurveRow::of)
                .toList();
        return List.of(Table.of("thresholds", Row.class, rows), Table.of("s_curves", CurveRow.class, curves));
    }
}
