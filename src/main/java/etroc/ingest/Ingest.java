package etroc.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import etroc.InputException;
import etroc.ingest.IngestBatches.Batch;
import etroc.pipeline.CodeVersion;
import etroc.pipeline.JobContext;
import etroc.pipeline.Stage;
import etroc.runs.DataFile;
import etroc.runs.Inventory;
import etroc.store.Draft;
import etroc.store.Output.Part;
import etroc.store.ParquetFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Text files to Parquet hits: counts what the files hold, refuses what is too broken, writes, and checks that every hit arrived. Files that
 * an earlier batch of the output holds, of the same size and time and read in the same way, are not read again.
 */
public final class Ingest {
    private final JobContext context;
    private final InputSettings settings;
    private final IngestBatches batches;

    public Ingest(JobContext context) {
        this.context = context;
        this.settings = context.settings().input();
        this.batches = new IngestBatches(context.output());
    }

    /** The stage: how files are read, and which. */
    public static Stage stage(Inventory inventory, Map<String, String> settings) {
        Map<String, String> parts = how(settings);
        StringBuilder files = new StringBuilder();
        inventory
                .files()
                .forEach(f -> files.append(f.path())
                        .append(' ')
                        .append(f.length())
                        .append(' ')
                        .append(f.modified())
                        .append('\n'));
        parts.put(Stage.FILES, inventory.files().size() + " files, " + Stage.digest(files.toString()));
        return Stage.of("ingest", null, parts);
    }

    private static Map<String, String> how(Map<String, String> settings) {
        Map<String, String> parts = Stage.settings(settings, "input");
        parts.remove("etroc.input.partitions"); // the hits are the same
        parts.put(Stage.CODE, CodeVersion.of(List.of("hits", "runs")));
        return parts;
    }

    /**
     * Ingests into the output's {@code hits/} what is not there yet.
     *
     * @param fresh read everything again
     */
    public Ingested run(Inventory inventory, boolean fresh) throws IOException {
        Map<String, String> parts = how(context.settings().all());
        parts.remove("etroc.input.max-malformed-fraction"); // checked again each time
        String how = Stage.digest(parts.toString());
        List<Batch> known = new ArrayList<>();
        for (Batch batch : fresh ? List.<Batch>of() : batches.all()) {
            if (batch.how().equals(how)) {
                known.add(batch);
            }
        }
        Map<DataFile, IngestedFile> places = new HashMap<>();
        known.forEach(b -> addPlaces(places, b));
        List<DataFile> missing =
                inventory.files().stream().filter(f -> !places.containsKey(f)).toList();
        if (!known.isEmpty()) {
            context.progress()
                    .say((inventory.files().size() - missing.size()) + " of "
                            + inventory.files().size() + " files are ingested already");
        }
        List<FileQuality> present = inventory.files().stream()
                .flatMap(f -> Stream.ofNullable(places.get(f)))
                .map(IngestedFile::quality)
                .toList();
        checkMalformed(present, List.of());
        if (!missing.isEmpty()) {
            Batch batch = ingest(missing, how, present);
            known.add(batch);
            addPlaces(places, batch);
        }
        List<IngestedFile> files = inventory.files().stream()
                .map(f -> Objects.requireNonNull(places.get(f)))
                .toList();
        return new Ingested(inventory, hits(known, files), files, malformed(known, files));
    }

    private static void addPlaces(Map<DataFile, IngestedFile> places, Batch batch) {
        Map<Integer, List<SliceRows>> slices =
                batch.slices().stream().collect(Collectors.groupingBy(SliceRows::fileIndex));
        for (int i = 0; i < batch.files().size(); i++) {
            FileQuality quality = batch.files().get(i);
            places.put(quality.file(), new IngestedFile(batch.number(), i, quality, slices.getOrDefault(i, List.of())));
        }
    }

    private Batch ingest(List<DataFile> files, String how, List<FileQuality> others) throws IOException {
        try (Draft draft = batches.draft()) {
            HitIngest.Outcome outcome = context.step(
                    "read files, write hits", () -> HitIngest.run(context.spark(), files, settings, draft.path()));
            // a run may have got more files
            checkMalformed(
                    Stream.concat(outcome.files().stream(), others.stream()).toList(), outcome.malformed());
            checkRows(outcome, draft.path());
            Batch batch = new Batch(0, how, outcome.files(), outcome.malformed(), outcome.parts(), outcome.slices());
            return batch.numbered(draft.publish(batch));
        }
    }

    /** The hits of some files: those of their batches without those of files that changed or are gone since. */
    private Dataset<Row> hits(List<Batch> known, List<IngestedFile> files) {
        StructType schema = HitIngest.schema().add(HitIngest.INGEST, DataTypes.IntegerType, false);
        Map<Integer, List<Integer>> used = files.stream()
                .filter(f -> f.quality().rows(settings.keepAll()) > 0)
                .collect(Collectors.groupingBy(
                        IngestedFile::ingest,
                        TreeMap::new,
                        Collectors.mapping(IngestedFile::fileIndex, Collectors.toList())));
        if (used.isEmpty()) {
            return context.spark().createDataFrame(List.<Row>of(), schema);
        }
        Dataset<Row> hits = ParquetFiles.reader(context.spark())
                .schema(schema)
                .option("basePath", context.output().place(Part.HITS).toString())
                .parquet(known.stream()
                        .filter(b -> used.containsKey(b.number()))
                        .flatMap(b -> batches.files(b).stream())
                        .toArray(String[]::new));
        for (Batch batch : known) {
            List<Integer> wanted = used.getOrDefault(batch.number(), List.of());
            long withHits = batch.files().stream()
                    .filter(q -> q.rows(settings.keepAll()) > 0)
                    .count();
            if (!wanted.isEmpty() && wanted.size() < withHits) {
                Column left = col(HitIngest.FILE).isInCollection(wanted);
                hits = hits.filter(
                        not(col(HitIngest.INGEST).equalTo(lit(batch.number()))).or(left));
            }
        }
        return hits;
    }

    private List<MalformedLine> malformed(List<Batch> known, List<IngestedFile> files) {
        Map<String, Integer> batchOf = new HashMap<>();
        files.forEach(f -> batchOf.put(f.quality().file().path(), f.ingest()));
        return known.stream()
                .flatMap(b -> b.malformed().stream().filter(l -> Objects.equals(batchOf.get(l.path()), b.number())))
                .sorted(Comparator.comparing(MalformedLine::path).thenComparingLong(MalformedLine::line))
                .limit(settings.malformedLinesKept())
                .toList();
    }

    /** What Parquet says is there equals what the lines' counts say. */
    private void checkRows(HitIngest.Outcome outcome, Path staging) throws IOException {
        long expected = outcome.files().stream()
                .mapToLong(q -> q.rows(settings.keepAll()))
                .sum();
        long there = 0;
        for (String part : outcome.parts()) {
            there += ParquetFiles.rows(new Path(staging, part), context.output().conf());
        }
        if (there != expected || outcome.rows() != expected) {
            throw new IOException("the files have " + expected + " hits, but " + there + " arrived in " + staging);
        }
    }

    private void checkMalformed(List<FileQuality> quality, List<MalformedLine> malformed) {
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
                    .map(q -> q.file().path() + " (" + q.malformed() + " of " + q.lines() + " lines, layout "
                            + q.layout() + firstMalformed(q, malformed) + ")")
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
