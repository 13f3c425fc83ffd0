package etroc.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code etroc telescope FILE|DIR... -o OUT}. */
@Command(
        name = "telescope",
        description = "Beam or cosmics: events to the time resolution of each board.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "ETROC1 (text), ETROC2 (KCU records, FPGA words, translated text) or ETROC1 with the ETROC2 emulator (mixed word",
            "lines), told by the files' content.",
            "Stages: ingest (files to Parquet hits), events (sequence or coincidence), cuts (event cuts, calibration),",
            "times (TOA and TOT in ns, time cuts), walk (time-walk correction), resolution (per board, step and iteration).",
            "Of ETROC2: ingest (hits and frames), tracks (pixels, alignment), resolution (per track, pixel, board), maps (efficiency, links).",
            "With the emulator: the stages of ETROC1, then link (its frames, how they go with events).",
            "Output: OUT/hits, OUT/results/<id> (tables, events, results.sqlite, manifest.json), OUT/LATEST.",
            "",
            "Examples:",
            "  etroc telescope F9P5_F11P5_F5P9_Beam_HV235.txt -o out --cuts cuts.csv --time-cuts time_cuts.csv",
            "  etroc telescope data/cosmics -o out --set etroc.telescope.events=coincidence --set etroc.telescope.toa-window=50"
        })
final class TelescopeCommand extends AnalysisCommand {
    @Option(names = "--until", paramLabel = "STAGE", description = "Last stage.")
    String until = "";

    @Option(
            names = "--systematics",
            description = "How the resolutions change with what the analysis may choose (table systematics).")
    boolean systematics;

    TelescopeCommand() {
        super(KnownAnalyses.TELESCOPE);
    }

    @Override
    String until() {
        return until;
    }

    @Override
    List<String> ofOptions() {
        return systematics ? List.of("etroc.telescope.systematics=true") : List.of();
    }
}
