package etroc.cli;

import picocli.CommandLine.Command;

/** {@code etroc ingest FILE|DIR... -o OUT}. */
@Command(
        name = "ingest",
        description = "Text files to Parquet hits, without an analysis.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  etroc ingest data/beam/F9P5_F11P5_F5P9_Beam.txt -o out"})
final class IngestCommand extends AnalysisCommand {
    IngestCommand() {
        super(KnownAnalyses.INGEST);
    }
}
