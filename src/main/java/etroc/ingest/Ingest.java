package etroc.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import etroc.ingest.IngestBatches.Batch;
import etroc.pipeline.Context;
import etroc.pipeline.Fingerprint;
import etroc.pipeline.Job;
import etroc.pipeline.Plan;
import etroc.pipeline.Stage;
import etroc.runs.DataFile;
import etroc.runs.Inventory;
import etroc.store.Draft;
import etroc.store.Output.Part;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Text files to Parquet hits: counts what the files hold, refuses what is too broken, writes, and checks that every hit arrived. Files that
 * an earlier batch of the output holds, of the same size and time and read in the same way, are not read again.
 */
public final class Ingest {
    private final Context context;
    private final Job job;
    private final InputSettings settings;
    private final IngestBatches batches;

    Ingest(Context context, Job job) {
        this.job = job;
        this.context = context;
        this.settings = context.read("input", InputSettings.class);
        this.batches = new IngestBatches(context.output());
    }

    /** The stage that reads the files of an inventory. */
    public static Stage stage(Job job, Inventory inventory) {
        StringBuilder files = new StringBuilder();
        inventory
                .files()
                .forEach(f -> files.append(f.path())
                        .append(' ')
                        .append(f.length())
                        .append(' ')
                        .append(f.modified())
                        .append('\n'));
        String digest = inventory.files().size() + " files, " + Fingerprint.digest(files.toString());
        return reading(job, context -> run(context, job, inventory)).dependingOn(Stage.FILES, digest);
    }

    /** What decides which hits a file gives. */
    private static Stage reading(Job job, Stage.Body body) {
        return Stage.of("ingest", Ingest.class, body).dependingOn(job, "input").independentOf("etroc.input.partitions");
    }

    private static void run(Context context, Job job, Inventory inventory) throws IOException {
        Ingested ingested = context.leave(Ingested.class, new Ingest(context, job).run(inventory, context.fresh()));
        context.progress().say(ingested.summary());
        context.record("hits", ingested.batches());
        context.record("inputs", KnownFiles.record(ingested.quality()));
        context.table(InputTables.runs(inventory, ingested.quality()));
        context.table(InputTables.quality(ingested.quality()));
        context.table(InputTables.malformed(ingested.malformed()));
        inventory.skipped().forEach(s -> context.remark("skipped file", s.path() + ": " + s.reason()));
        inventory.missingSplits().forEach(m -> context.remark("missing split", m));
    }

    /** What an inventory comes to, for a plan. */
    public static Plan.Inputs inputs(Inventory inventory) {
        long newest =
                inventory.files().stream().mapToLong(DataFile::modified).max().orElse(0);
        return new Plan.Inputs(
                inventory.files().size(), inventory.bytes(), Instant.ofEpochMilli(newest), InputTables.plan(inventory));
    }

    /** Hits alone. */
    public static Plan plan(Job job, Inventory inventory, Plan.Report report) {
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
        return new Plan(job, List.of(stage(job, inventory)), inputs(inventory), text.toString(), report);
    }

    private String how() {
        Stage stage = reading(job, context -> {})
                .independentOf("etroc.input.max-malformed-fraction"); // checked again each time
        return Fingerprint.of(List.of(stage)).get(0).value();
    }

    /**
     * Ingests into the output's {@code hits/} what is not there yet.
     *
     * @param fresh read everything again
     */
    public Ingested run(Inventory inventory, boolean fresh) throws IOException {
        String how = how();
        List<Batch> known = new ArrayList<>();
        for (Batch batch : fresh ? List.<Batch>of() : batches.all()) {
            if (batch.how().equals(how)) {
                known.add(batch);
            }
        }
        Map<FilesTable.Key, FilesTable.Entry> places =
                known.isEmpty() ? new HashMap<>() : FilesTable.find(table(known), inventory.files());
        List<DataFile> missing = inventory.files().stream()
                .filter(f -> !places.containsKey(FilesTable.Key.of(f)))
                .toList();
        if (!known.isEmpty()) {
            context.progress()
                    .say((inventory.files().size() - missing.size()) + " of "
                            + inventory.files().size() + " files are ingested already");
        }
        List<FileQuality> present = inventory.files().stream()
                .flatMap(f -> Stream.ofNullable(places.get(FilesTable.Key.of(f))))
                .map(FilesTable.Entry::quality)
                .toList();
        MalformedCheck.check(present, List.of(), settings);
        if (!missing.isEmpty()) {
            known.add(ingest(missing, how, present, places));
        }
        return ingested(inventory, known, places);
    }

    private Ingested ingested(Inventory inventory, List<Batch> known, Map<FilesTable.Key, FilesTable.Entry> places) {
        List<IngestedFile> files = new ArrayList<>();
        int run = -1;
        String name = "";
        for (DataFile file : inventory.files()) { // by run
            run += run < 0 || !file.run().name().equals(name) ? 1 : 0;
            name = file.run().name();
            FilesTable.Entry place = Objects.requireNonNull(places.get(FilesTable.Key.of(file)));
            files.add(new IngestedFile(place.ingest(), place.fileIndex(), run, place.quality()));
        }
        return new Ingested(inventory, hits(known, files), table(known), files, malformed(known, files));
    }

    private Dataset<Row> table(List<Batch> of) {
        return FilesTable.read(
                context.spark(),
                context.output().place(Part.FILES),
                of.stream().map(b -> batches.files(b.number())).toList());
    }

    private Batch ingest(
            List<DataFile> files, String how, List<FileQuality> others, Map<FilesTable.Key, FilesTable.Entry> places)
            throws IOException {
        try (HitIngest.Counted counted =
                context.step("read files", () -> HitIngest.count(context.spark(), files, settings))) {
            // a run may have got more files
            MalformedCheck.check(
                    Stream.concat(counted.files().stream(), others.stream()).toList(), counted.malformed(), settings);
            Batch batch = context.step("write hits", () -> write(counted, how));
            for (int f = 0; f < files.size(); f++) {
                places.put(
                        FilesTable.Key.of(files.get(f)),
                        new FilesTable.Entry(batch.number(), f, counted.files().get(f)));
            }
            return batch;
        }
    }

    private Batch write(HitIngest.Counted counted, String how) throws IOException {
        int number;
        try (Draft draft = batches.newFiles()) {
            FilesTable.write(counted.files(), draft.path(), context.output().conf());
            number = batches.publish(draft);
        }
        int withHits = (int) counted.files().stream().filter(q -> q.rows() > 0).count();
        Batch batch = new Batch(number, how, withHits, counted.malformed());
        boolean whole = false;
        try (Draft draft = batches.newHits(number)) {
            HitIngest.write(counted, settings, draft.path());
            checkRows(counted, draft.path());
            draft.publish(batch);
            whole = true;
        } finally {
            if (!whole) {
                batches.forget(number);
            }
        }
        return batch;
    }

    /** What Parquet says is there equals what the lines' counts say. */
    private void checkRows(HitIngest.Counted counted, Path hits) throws IOException {
        long there = StoredHits.count(context.spark(), hits);
        if (there != counted.rows()) {
            throw new IOException("the files have " + counted.rows() + " hits, but " + there + " arrived in " + hits);
        }
    }

    /** The hits of some files: those of their batches without those of files that changed or are gone since. */
    private Dataset<Row> hits(List<Batch> known, List<IngestedFile> files) {
        Map<Integer, List<Integer>> used = files.stream()
                .filter(f -> f.quality().rows() > 0)
                .collect(Collectors.groupingBy(
                        IngestedFile::ingest,
                        TreeMap::new,
                        Collectors.mapping(IngestedFile::fileIndex, Collectors.toList())));
        Dataset<Row> hits = StoredHits.read(
                context.spark(),
                context.output().place(Part.HITS),
                used.keySet().stream().map(batches::hits).toList());
        for (Batch batch : known) {
            List<Integer> wanted = used.getOrDefault(batch.number(), List.of());
            if (!wanted.isEmpty() && wanted.size() < batch.filesWithHits()) {
                Column left = col(HitIngest.FILE).isInCollection(wanted);
                hits = hits.filter(
                        not(col(HitIngest.INGEST).equalTo(lit(batch.number()))).or(left));
            }
        }
        return StoredHits.widened(hits, settings.keepAll());
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
}
