package etroc.jobs;

import etroc.InputException;
import etroc.hits.FileQuality;
import etroc.hits.HitIngest;
import etroc.hits.MalformedLine;
import etroc.runs.Inventory;
import etroc.settings.InputSettings;
import etroc.store.ResultSetWriter;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Text files to Parquet hits: counts what the files hold, refuses what is too broken, writes, and checks that every hit arrived. */
public final class Ingest {
    private static final String NAME = "ingest=0";

    private final JobContext context;
    private final InputSettings settings;

    public Ingest(JobContext context) {
        this.context = context;
        this.settings = context.settings().input();
    }

    /**
     * What was ingested.
     *
     * @param hits read from the Parquet files
     * @param quality of each file
     * @param malformed lines that were left out, at most so many as the settings keep
     */
    public record Ingested(
            Inventory inventory, Dataset<Row> hits, List<FileQuality> quality, List<MalformedLine> malformed) {}

    /** The inputs' runs and files. */
    public Inventory inventory(List<String> inputs) {
        return context.step("list files", () -> Inventory.list(inputs, context.conf(), settings.names()));
    }

    /** Ingests into the output's {@code hits/}. */
    public Ingested run(Inventory inventory) throws IOException {
        Path target = new Path(context.output().hits(), NAME);
        Path staging = context.output().stage(target);
        try {
            HitIngest.Outcome outcome = context.step(
                    "read files, write hits", () -> HitIngest.run(context.spark(), inventory, settings, staging));
            checkMalformed(outcome);
            checkRows(outcome, staging);
            context.output().delete(target);
            context.output().publish(staging, target);
            return new Ingested(
                    inventory, context.spark().read().parquet(target.toString()), outcome.files(), outcome.malformed());
        } catch (IOException | RuntimeException e) {
            context.output().delete(staging);
            throw e;
        }
    }

    /** Ingests, and publishes a result set that holds only what was read. */
    public String publishHitsOnly(Inventory inventory) throws IOException {
        Ingested ingested = run(inventory);
        Provenance provenance = new Provenance(context, ingested.quality());
        ResultSetWriter writer = new ResultSetWriter(context.output(), context.started());
        try {
            writer.write(List.of(
                    InputTables.runs(inventory, ingested.quality()),
                    InputTables.quality(ingested.quality()),
                    InputTables.malformed(ingested.malformed()),
                    InputTables.remarks(inventory, List.of()),
                    provenance.table()));
            writer.publish(provenance.manifest());
        } catch (IOException | RuntimeException e) {
            writer.discard();
            throw e;
        }
        return InputTables.summary(inventory, ingested.quality());
    }

    /** What Parquet says is there equals what the lines' counts say. */
    private void checkRows(HitIngest.Outcome outcome, Path staging) throws IOException {
        long expected = outcome.files().stream()
                .mapToLong(q -> q.rows(settings.keepAll()))
                .sum();
        long there = outcome.rows() == 0
                ? 0
                : context.spark().read().parquet(staging.toString()).count();
        if (there != expected || outcome.rows() != expected) {
            throw new IOException("the files have " + expected + " hits, but " + there + " arrived in " + staging);
        }
    }

    private void checkMalformed(HitIngest.Outcome outcome) {
        if (settings.mode() != InputSettings.Mode.PERMISSIVE) {
            return;
        }
        List<FileQuality> quality = outcome.files();
        Map<String, long[]> byRun = new TreeMap<>();
        for (FileQuality q : quality) {
            long[] counts = byRun.computeIfAbsent(q.file().run().name(), r -> new long[2]);
            counts[0] += q.malformed();
            counts[1] += q.lines();
        }
        List<String> broken = byRun.entrySet().stream()
                .filter(e -> e.getValue()[0] > settings.maxMalformedFraction() * e.getValue()[1])
                .map(e -> e.getKey() + ": " + e.getValue()[0] + " of " + e.getValue()[1] + " lines")
                .toList();
        if (!broken.isEmpty()) {
            String files = quality.stream()
                    .filter(q -> q.malformed() > 0)
                    .limit(5)
                    .map(q -> q.file().path() + " (" + q.malformed() + " of " + q.lines() + " lines, layout "
                            + q.layout() + firstMalformed(q, outcome.malformed()) + ")")
                    .collect(Collectors.joining("; "));
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%d run%s with more than %s of malformed lines: %s. Files: %s."
                            + " etroc.input.max-malformed-fraction allows more, etroc.input.mode = DROPMALFORMED any number",
                    broken.size(),
                    broken.size() == 1 ? "" : "s",
                    settings.maxMalformedFraction(),
                    String.join(", ", broken.subList(0, Math.min(3, broken.size())))
                            + (broken.size() > 3 ? ", ..." : ""),
                    files));
        }
    }

    private static String firstMalformed(FileQuality quality, List<MalformedLine> lines) {
        return lines.stream()
                .filter(l -> l.path().equals(quality.file().path()))
                .findFirst()
                .map(l -> ", first: line " + (l.line() + 1) + " '" + l.text() + "', " + l.reason())
                .orElse("");
    }
}
