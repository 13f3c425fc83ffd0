package etroc.cli;

import picocli.CommandLine.Command;

/** {@code etroc scan DIR... -o OUT}. */
@Command(
        name = "scan",
        description = "A charge-injection directory, to suggested thresholds; or a board under a laser, to its jitter.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Reads every run that the directory names, all splits of it; counts hits after cuts for each board, charge and",
            "threshold; finds the scanned boards, plateau and noise region; fits S-curves and threshold against charge.",
            "Runs with LaserAttenuation in their names are a laser scan: jitter, TOT and TOA against attenuation, S-curves.",
            "Output: OUT/hits (Parquet), OUT/results/<id> (tables, results.sqlite, manifest.json), OUT/LATEST.",
            "",
            "Examples:",
            "  etroc scan data/scan -o out",
            "  etroc scan data/scan -o out --set etroc.scan.resting-thresholds='{0=535, 1=721, 3=723}'",
            "  etroc scan data/laser -o out --set etroc.scan.laser.trigger-board=3",
            "  etroc scan data/scan -o out --cuts cuts.csv --set etroc.scan.noise.edge-offset=6"
        })
final class ScanCommand extends AnalysisCommand {
    ScanCommand() {
        super(KnownAnalyses.SCAN);
    }
}
