package etroc.jobs;

import etroc.InputException;
import etroc.hits.FileQuality;
import etroc.hits.HitFiles;
import etroc.runs.DataFile;
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
import org.apache.spark.sql.functions;

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
     * @param malformed lines that were left out, at most so many as the settings keep: path, line, text, reason
     */
    public record Ingested(Inventory inventory, Dataset<Row> hits, List<FileQuality> quality, List<Row> malformed) {}

    /** The inputs' runs and files. */
    public Inventory inventory(List<String> inputs) {
        return context.step("list files", () -> Inventory.list(inputs, context.conf(), settings.names()));
    }

    /** Ingests into the output's {@code hits/}. */
    public Ingested run(Inventory inventory) throws IOException {
        HitFiles files = new HitFiles(
                context.spark(), inventory.files().stream().map(DataFile::path).toList(), settings);
        List<FileQuality> quality = context.step("count lines", () -> FileQuality.of(inventory, files.quality()));
        List<Row> malformed = malformed(files, quality);
        checkMalformed(quality);
        Path target = new Path(context.output().hits(), NAME);
        context.step("write hits", () -> write(files, quality, target));
        return new Ingested(inventory, context.spark().read().parquet(target.toString()), quality, malformed);
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

    private List<Row> malformed(HitFiles files, List<FileQuality> quality) {
        boolean none = quality.stream().allMatch(q -> q.malformed() == 0);
        if (none || settings.malformedLinesKept() == 0) {
            return List.of();
        }
        if (settings.mode() == InputSettings.Mode.FAILFAST) {
            files.hits().write().format("noop").mode("overwrite").save(); // names the first malformed line and stops
        }
        return context.step(
                "look at malformed lines",
                () -> files.malformed()
                        .orderBy("path", "line")
                        .limit(settings.malformedLinesKept())
                        .collectAsList());
    }

    private void checkMalformed(List<FileQuality> quality) {
        if (settings.mode() != InputSettings.Mode.PERMISSIVE) {
            return;
        }
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
                    .map(q -> q.file().path() + " (" + q.malformed() + " of " + q.lines() + " lines, layout " + q.layout()
                            + firstMalformed(q) + ")")
                    .collect(Collectors.joining("; "));
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%d run%s with more than %s of malformed lines: %s. Files: %s."
                            + " etroc.input.max-malformed-fraction allows more, etroc.input.mode = DROPMALFORMED any number",
                    broken.size(),
                    broken.size() == 1 ? "" : "s",
                    settings.maxMalformedFraction(),
                    String.join(", ", broken.subList(0, Math.min(3, broken.size()))) + (broken.size() > 3 ? ", ..." : ""),
                    files));
        }
    }

    private String firstMalformed(FileQuality quality) {
        HitFiles one = new HitFiles(context.spark(), List.of(quality.file().path()), settings);
        Row first = one.malformed().orderBy("line").head();
        return ", first: line " + (first.<Long>getAs("line") + 1) + " '" + first.getAs("text") + "', " + first.getAs("reason");
    }

    private Path write(HitFiles files, List<FileQuality> quality, Path target) throws IOException {
        Path staging = context.output().stage(target);
        try {
            files.hits().write().mode("append").parquet(staging.toString());
            long expected = quality.stream().mapToLong(q -> q.rows(settings.keepAll())).sum();
            long written = context.spark().read().parquet(staging.toString()).agg(functions.count(functions.lit(1))).head().getLong(0);
            if (written != expected) {
                throw new InputException("the input files changed while they were read: " + expected
                        + " hits were counted and then " + written + " were there");
            }
            context.output().delete(target);
            context.output().publish(staging, target);
            return target;
        } catch (IOException | RuntimeException e) {
            context.output().delete(staging);
            throw e;
        }
    }
}
