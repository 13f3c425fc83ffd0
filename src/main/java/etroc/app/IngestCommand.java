package etroc.app;

import etroc.jobs.Ingest;
import etroc.jobs.JobContext;
import etroc.runs.Inventory;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code etroc ingest FILE|DIR... -o OUT}. */
@Command(
        name = "ingest",
        description = "Text files to Parquet hits, without an analysis.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  etroc ingest data/beam/F9P5_F11P5_F5P9_Beam.txt -o out"})
final class IngestCommand extends AnalysisCommand {
    @Override
    void run(JobContext context) throws IOException {
        Ingest ingest = new Ingest(context);
        Inventory inventory = ingest.inventory(inputs);
        if (common.dryRun) {
            inventory.files().forEach(f -> print(f.path() + "  run " + f.run().name() + " split " + f.split() + "\n"));
            return;
        }
        print(ingest.publishHitsOnly(inventory) + "\n");
    }
}
