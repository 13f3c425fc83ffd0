package etroc.scan;

import etroc.runs.Run;
import etroc.scan.ScanCounts.RunHits;
import etroc.store.Table;
import java.util.List;

/** From hits after the cuts to curves, noise regions and lines: the stage that needs no hits and no session. */
final class ScanFits {
    private ScanFits() {}

    /** The tables of a scan but those of {@link ScanCounts}. */
    static List<Table> tables(List<Run> runs, ScannedBoards boards, List<RunHits> counts, ScanSettings settings) {
        List<ScanPoint> withHits = ScanPoints.withHits(runs, counts);
        List<ScanPoint> scanned = ScanPoints.scanned(runs, boards, withHits);
        return ScanTables.of(scanned, withHits, ScanResult.of(scanned, settings::noise));
    }
}
