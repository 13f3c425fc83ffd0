package etroc.ingest;

import etroc.pipeline.Analysis;
import etroc.pipeline.AnalysisPlan;
import etroc.pipeline.Earlier;
import etroc.pipeline.JobContext;
import etroc.pipeline.Stage;
import etroc.runs.Inventory;
import etroc.store.ResultSetWriter;
import java.util.List;

/** Hits only. */
public record IngestPlan(Analysis analysis, Inventory inventory) implements AnalysisPlan {
    @Override
    public List<Stage> stages() {
        return List.of(Ingest.stage(inventory, analysis.settings().all()));
    }

    @Override
    public String describe() {
        StringBuilder text = new StringBuilder();
        inventory
                .files()
                .forEach(f -> text.append("file       ")
                        .append(f.path())
                        .append("  run ")
                        .append(f.run().name())
                        .append(" split ")
                        .append(f.split())
                        .append('\n'));
        return text.toString();
    }

    @Override
    public Findings run(JobContext context, Ingested ingested, Earlier earlier, ResultSetWriter writer) {
        return new Findings(List.of(), List.of(), List.of());
    }
}
