package etroc.ingest.etroc2;

import etroc.ingest.InputSettings;
import etroc.pipeline.Context;
import etroc.pipeline.Fingerprint;
import etroc.pipeline.Job;
import etroc.pipeline.Plan;
import etroc.pipeline.Stage;
import etroc.runs.DataFile;
import etroc.source.etroc2.Etroc2Options;
import etroc.source.etroc2.Etroc2Quality;
import etroc.source.etroc2.Etroc2Reading;
import etroc.source.etroc2.StreamRun;
import etroc.store.Manifest;
import etroc.store.Output.Part;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * ETROC2 files to Parquet hits and frames, a batch for the runs that no earlier batch of the output holds: surveys the files, refuses what is too
 * broken, writes, and checks that every hit and frame arrived.
 */
public final class Etroc2Ingest {
    private final Context context;
    private final Job job;
    private final InputSettings settings;
    private final Etroc2Batches stored;

    private Etroc2Ingest(Context context, Job job) {
        this.context = context;
        this.job = job;
        this.settings = context.read("input", InputSettings.class);
        this.stored = new Etroc2Batches(context);
    }

    /** The stage that reads runs. */
    public static Stage stage(Job job, List<StreamRun> runs) {
        StringBuilder files = new StringBuilder();
        runs.forEach(r -> files.append(r.name()).append(' ').append(digest(r)).append('\n'));
        return reading(job, context -> new Etroc2Ingest(context, job).run(runs))
                .dependingOn(Stage.FILES, runs.size() + " runs, " + Fingerprint.digest(files.toString()));
    }

    private static Stage reading(Job job, Stage.Body body) {
        return Stage.of("ingest", Etroc2Ingest.class, body)
                .dependingOn(job, "input", "etroc2.boards", "etroc2.event-depth", "etroc2.counter-offsets")
                .independentOf("etroc.input.partitions");
    }

    private static String digest(StreamRun run) {
        StringBuilder files = new StringBuilder(run.layout() + " " + run.dialect() + "\n");
        for (DataFile f : run.files()) {
            files.append(f.path())
                    .append(' ')
                    .append(f.length())
                    .append(' ')
                    .append(f.modified())
                    .append('\n');
        }
        return Fingerprint.digest(files.toString());
    }

    /** What the runs come to, for a plan. */
    public static Plan.Inputs inputs(List<StreamRun> runs) {
        List<DataFile> files = runs.stream().flatMap(r -> r.files().stream()).toList();
        long bytes = files.stream().mapToLong(DataFile::length).sum();
        long newest = files.stream().mapToLong(DataFile::modified).max().orElse(0);
        String layouts = runs.stream()
                .map(r -> r.layout().optionName()
                        + (r.dialect() == null ? "" : " " + r.dialect().optionName()))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        String text = String.format(
                Locale.ROOT,
                "read       %d files of %d runs of ETROC2 (%s), %d bytes%n",
                files.size(),
                runs.size(),
                layouts,
                bytes);
        return new Plan.Inputs(files.size(), bytes, Instant.ofEpochMilli(newest), text);
    }

    /** Hits and frames alone. */
    public static Plan plan(Job job, List<StreamRun> runs, Plan.Report report) {
        StringBuilder text = new StringBuilder();
        runs.forEach(r -> r.files()
                .forEach(f -> text.append("file       ")
                        .append(f.path())
                        .append("  run ")
                        .append(r.name())
                        .append('\n')));
        return new Plan(job, List.of(stage(job, runs)), inputs(runs), text.toString(), report);
    }

    /** How a job's settings say that data are read. */
    public static Etroc2Options options(Job job) {
        InputSettings input = job.read("input", InputSettings.class);
        Map<String, String> options = new HashMap<>();
        options.put("layout", Etroc2Layouts.orAuto(input.layout()));
        options.put("dialect", input.dialect());
        options.put("mode", input.mode().name());
        options.put("partitions", Integer.toString(input.partitions()));
        options.put("errors-kept", Integer.toString(input.malformedLinesKept()));
        for (String key : List.of("boards", "event-depth", "counter-offsets")) {
            Etroc2Layouts.text(job.settings().all(), "etroc2." + key).ifPresent(v -> options.put(key, v));
        }
        return Etroc2Options.of(options);
    }

    private void run(List<StreamRun> runs) throws IOException {
        String how = Fingerprint.of(List.of(reading(job, c -> {}).independentOf("etroc.input.max-malformed-fraction")))
                .get(0)
                .value();
        Map<String, String> wanted = new LinkedHashMap<>();
        runs.forEach(r -> wanted.put(r.name(), digest(r)));
        Map<Integer, Etroc2Batches.Batch> batches = new HashMap<>();
        Map<String, Integer> places = new HashMap<>();
        if (!context.fresh()) {
            stored.known(how)
                    .forEach(b -> b.runs().forEach((run, digest) -> {
                        if (digest.equals(wanted.get(run))) {
                            places.put(run, b.number());
                            batches.put(b.number(), b);
                        }
                    }));
        }
        List<StreamRun> missing =
                runs.stream().filter(r -> !places.containsKey(r.name())).toList();
        if (!places.isEmpty()) {
            context.progress().say(places.size() + " of " + runs.size() + " runs are ingested already");
        }
        if (!missing.isEmpty()) {
            Etroc2Batches.Batch batch = ingest(missing, how, wanted);
            batches.put(batch.number(), batch);
            missing.forEach(r -> places.put(r.name(), batch.number()));
        }
        leave(runs, places, batches);
    }

    private Etroc2Batches.Batch ingest(List<StreamRun> runs, String how, Map<String, String> digests)
            throws IOException {
        List<StreamRun> numbered = new ArrayList<>();
        runs.forEach(r -> numbered.add(new StreamRun(numbered.size(), r.name(), r.layout(), r.dialect(), r.files())));
        SparkSession spark = context.spark();
        try (Etroc2Reading reading =
                context.step("read files", () -> Etroc2Reading.of(spark, numbered, options(job)))) {
            BrokenRuns.check(reading.quality(), settings);
            Map<String, String> of = new LinkedHashMap<>();
            runs.forEach(r -> of.put(r.name(), digests.getOrDefault(r.name(), "")));
            return context.step("write hits and frames", () -> stored.write(reading, how, of));
        }
    }

    private void leave(List<StreamRun> runs, Map<String, Integer> places, Map<Integer, Etroc2Batches.Batch> batches) {
        Set<Integer> used = new TreeSet<>(places.values());
        Etroc2Quality quality = stored.quality(used, places);
        Etroc2Ingested ingested = context.leave(
                Etroc2Ingested.class,
                new Etroc2Ingested(
                        stored.rows(Part.HITS, "hits", places, batches),
                        stored.rows(Part.FRAMES, "frames", places, batches),
                        quality,
                        List.copyOf(used)));
        context.record("hits", ingested.batches());
        context.record("chip", Manifest.ETROC2);
        context.record("inputs", Etroc2Layouts.inputs(runs, quality));
        context.progress().say(summary(runs, quality));
        context.table(Etroc2Layouts.runs(runs, quality));
        context.table(Etroc2Batches.counts(quality));
        context.table(Etroc2Batches.errors(quality));
        for (Etroc2Batches.Batch batch : batches.values().stream()
                .sorted(Comparator.comparingInt(Etroc2Batches.Batch::number))
                .toList()) {
            batch.remarks().stream()
                    .filter(r -> Integer.valueOf(batch.number()).equals(places.get(r.run())))
                    .forEach(r -> context.remark("run", r.run() + ": " + r.text()));
        }
        Etroc2Layouts.missing(runs).forEach(m -> context.remark("missing split", m));
    }

    private static String summary(List<StreamRun> runs, Etroc2Quality quality) {
        return String.format(
                Locale.ROOT,
                "%,d files (%,.1f MB) of %,d runs, %,d headers = %,d complete frames + %,d without trailer + %,d open at the end,"
                        + " %,d data words = %,d hits + %,d unterminated + %,d outside frames",
                runs.stream().mapToInt(r -> r.files().size()).sum(),
                quality.sum("bytes") / 1e6,
                runs.size(),
                quality.sum("header"),
                quality.sum("frames"),
                quality.sum("no_trailer"),
                quality.sum("open_at_end"),
                quality.sum("data"),
                quality.sum("hits"),
                quality.sum("unterminated_data"),
                quality.sum("orphan_data"));
    }
}
