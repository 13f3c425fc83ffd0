package etroc.pipeline;

import etroc.ingest.Ingest;
import etroc.ingest.Ingested;
import etroc.ingest.InputTables;
import etroc.report.Report;
import etroc.settings.ReportSettings;
import etroc.store.Output;
import etroc.store.Prune;
import etroc.store.ResultSetWriter;
import etroc.store.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.FileUtils;

/** Brings an output up to date with a plan: ingests what is new, does the stages that changed, publishes. */
public final class AnalysisRun {
    private final Output output;
    private final AnalysisPlan plan;
    private final boolean fresh;
    private Earlier earlier;

    /** @param fresh use nothing of what the output holds, and keep nothing of it */
    public AnalysisRun(Output output, AnalysisPlan plan, boolean fresh) throws IOException {
        this.output = output;
        this.plan = plan;
        this.fresh = fresh;
        this.earlier = look();
    }

    private Earlier look() throws IOException {
        return fresh ? Earlier.none(output, plan) : Earlier.of(output, plan);
    }

    /** Whether the newest result is what the plan would give. */
    public boolean upToDate() {
        return earlier.upToDate();
    }

    /** Size of the inputs [bytes]. */
    public long bytes() {
        return plan.inventory().bytes();
    }

    /** The plan, and for each stage whether it runs and why. */
    public String describe() {
        StringBuilder text = new StringBuilder(InputTables.plan(plan.inventory()));
        text.append(plan.describe());
        earlier.decisions().forEach(d -> text.append("stage      ").append(d).append('\n'));
        return text.toString();
    }

    /**
     * Does it.
     *
     * @return what was published; empty if there was nothing to do
     */
    public Optional<Published> run(JobContext context) throws IOException {
        Prune before = new Prune(output);
        before.sweep();
        try (ResultSetWriter writer = new ResultSetWriter(output, context.started())) {
            earlier = look(); // another process may have been here
            if (upToDate()) {
                return Optional.empty();
            }
            Ingested ingested = new Ingest(context).run(plan.inventory(), fresh);
            context.progress().say(ingested.summary());
            AnalysisPlan.Findings findings = plan.run(context, ingested, earlier, writer);
            Published published = context.step("publish", () -> publish(context, ingested, findings, writer));
            if (fresh) {
                before.keep(0, true);
            }
            return Optional.of(published);
        }
    }

    private void drawn(List<Table> tables, JobContext context, ResultSetWriter writer) throws IOException {
        Path directory = Files.createTempDirectory("etroc-report");
        try {
            ReportSettings settings = context.settings().report();
            String title = plan.analysis().kind().name().toLowerCase(Locale.ROOT) + " "
                    + output.root().getName() + ", result " + writer.id();
            String failure = new Report(title, tables, settings.label(), settings.formats()).write(directory);
            if (!failure.isEmpty()) {
                context.progress().say("figures are in the page, but not drawn as files: " + failure);
            }
            writer.report(directory);
        } finally {
            FileUtils.deleteDirectory(directory.toFile());
        }
    }

    private Published publish(
            JobContext context, Ingested ingested, AnalysisPlan.Findings findings, ResultSetWriter writer)
            throws IOException {
        Provenance provenance = new Provenance(context, ingested.quality(), plan.stages());
        List<Table> tables = new ArrayList<>(findings.tables());
        tables.add(InputTables.runs(ingested.inventory(), ingested.quality()));
        tables.add(InputTables.quality(ingested.quality()));
        tables.add(InputTables.malformed(ingested.malformed()));
        tables.add(InputTables.remarks(ingested.inventory(), findings.remarks()));
        tables.add(provenance.table());
        writer.write(tables);
        context.step("draw figures", () -> {
            drawn(tables, context, writer);
            return "";
        });
        Map<String, Object> manifest = new LinkedHashMap<>(provenance.manifest());
        manifest.put("job", plan.analysis().manifest());
        manifest.put("hits", ingested.batches());
        manifest.put("events", findings.kept());
        return new Published(writer.publish(manifest), tables);
    }
}
