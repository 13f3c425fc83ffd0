package etroc.scan;

import etroc.pipeline.Context;
import etroc.runs.Run;
import etroc.scan.ScanCounts.RunHits;
import etroc.scan.ScanPoint.PixelKey;
import etroc.store.Table;
import java.util.List;

/**
 * From hits after the cuts to curves, noise regions and lines: the stage that needs no hits and no session.
 *
 * @param scanned points of scanned boards, without hits too
 * @param withHits points of all boards that have hits
 */
record ScanFits(List<ScanPoint> scanned, List<ScanPoint> withHits, ScanResult result) {
    static ScanFits of(List<Run> runs, ScannedBoards boards, List<RunHits> counts, ScanSettings settings) {
        List<ScanPoint> withHits = ScanPoints.withHits(runs, counts);
        List<ScanPoint> scanned = ScanPoints.scanned(runs, boards, withHits);
        return new ScanFits(scanned, withHits, ScanResult.of(scanned, settings::noise, settings.lowerLimits()));
    }

    /** The tables of a scan but those of {@link ScanCounts}. */
    List<Table> tables() {
        return ScanTables.of(scanned, withHits, result);
    }

    /** Says what is to be known of curves, lines and suggested thresholds. */
    void remark(Context context) {
        for (Curve c : result.curves()) {
            if (!c.edge().remark().isEmpty()) {
                context.remark(
                        "curve",
                        pixel(c.key().pixel()) + ", " + c.key().charge() + " fC: "
                                + c.edge().remark());
            }
        }
        for (ThresholdLine l : result.lines()) {
            String where = pixel(l.pixel()) + ", " + l.method() + ": ";
            if (!l.remark().isEmpty()) {
                context.remark("line", where + l.remark());
            }
            for (Suggestion s : l.suggestions()) {
                if (!s.remark().isEmpty()) {
                    context.remark(
                            "threshold", where + s.threshold() + " DAC for " + s.charge() + " fC: " + s.remark());
                }
            }
        }
    }

    private static String pixel(PixelKey p) {
        return "board " + p.board() + ", pixel " + p.pixel() + ", phase " + p.phase();
    }
}
