package etroc.scan.bench;

import etroc.cuts.CutflowRow;
import etroc.ingest.InputSettings;
import etroc.ingest.InputTables;
import etroc.ingest.MalformedLine;
import etroc.ingest.etroc2.QinjSettings;
import etroc.pipeline.Context;
import etroc.pipeline.Fingerprint;
import etroc.pipeline.Job;
import etroc.pipeline.Plan;
import etroc.pipeline.Stage;
import etroc.store.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/** {@code etroc scan} of folders of an ETROC2 bench. */
public final class BenchPlan {
    private static final String SECTION = "etroc2.qinj";
    /** Directories below an input that are looked into to tell what it is. */
    private static final int DEPTH = 3;

    private static final int PARTITIONS_A_CORE = 4;
    private static final long BYTES_A_PLACE = 1 << 14;

    private BenchPlan() {}

    /** Whether there are folders or files of such a scan. */
    public static boolean recognises(List<String> inputs, Configuration conf) {
        return BenchListing.any(inputs, conf, DEPTH);
    }

    /** What will be done. @throws etroc.InputException if an input does not exist, or the name of a folder is odd */
    public static Plan plan(Job job, Configuration conf, Plan.Report report) {
        BenchListing listing = BenchListing.list(
                job.inputs(), conf, job.read("input", InputSettings.class).names());
        List<BenchPlace.Part> files =
                listing.places().stream().flatMap(p -> p.files().stream()).toList();
        StringBuilder text = new StringBuilder();
        listing.places().forEach(p -> text.append(p).append('\n'));
        Stage stage = Stage.of("bench", BenchPlan.class, context -> run(context, listing))
                .dependingOn(job, SECTION, "input")
                .independentOf("etroc.input.partitions")
                .dependingOn(Stage.FILES, listing.places().size() + " places, " + Fingerprint.digest(text.toString()));
        job.read(SECTION, QinjSettings.class);
        Map<BenchKind, Integer> kinds = new TreeMap<>();
        listing.places().forEach(p -> kinds.merge(p.kind(), 1, Integer::sum));
        StringBuilder described = new StringBuilder("ETROC2 bench scan\n");
        kinds.forEach((kind, n) -> described
                .append("places     ")
                .append(n)
                .append(' ')
                .append(kind)
                .append('\n'));
        long newest = files.stream().mapToLong(BenchPlace.Part::modified).max().orElse(0);
        Plan.Inputs inputs = new Plan.Inputs(
                files.size(),
                files.stream().mapToLong(BenchPlace.Part::length).sum(),
                Instant.ofEpochMilli(newest),
                described.toString());
        return new Plan(job, List.of(stage), inputs, "", report);
    }

    private static void run(Context context, BenchListing listing) {
        InputSettings input = context.read("input", InputSettings.class);
        QinjSettings qinj = context.read(SECTION, QinjSettings.class);
        BenchOptions options = new BenchOptions(qinj, input.mode() == InputSettings.Mode.FAILFAST);
        List<BenchFound> found =
                context.step("read places", () -> read(context, listing.places(), options, input.partitions()));
        BenchResult result = context.step("fits", () -> BenchResult.of(found, qinj));
        result.tables().forEach(context::table);
        result.remark(context);
        tables(context, found, input.malformedLinesKept());
        listing.skipped().forEach(s -> context.remark("skipped file", s.path() + ": " + s.reason()));
        if (listing.ignored() > 0) {
            context.remark("files", listing.ignored() + " other files were not read");
        }
        context.progress()
                .say(listing.places().size() + " places: " + result.baselines().size() + " baselines, "
                        + result.turnOffs().size() + " turn-offs, "
                        + result.points().size() + " points with times");
    }

    /** Places of similar sizes a task, and their results in the order of the places. */
    private static List<BenchFound> read(
            Context context, List<BenchPlace> places, BenchOptions options, int partitions) {
        SparkContext spark = context.spark().sparkContext();
        SerializableConfiguration conf = new SerializableConfiguration(spark.hadoopConfiguration());
        int tasks = partitions > 0 ? partitions : PARTITIONS_A_CORE * spark.defaultParallelism();
        List<List<BenchPlace>> parts = parts(places, tasks);
        List<List<BenchFound>> found = JavaSparkContext.fromSparkContext(spark)
                .parallelize(parts, parts.size())
                .map(part -> {
                    List<BenchFound> of = new ArrayList<>();
                    for (BenchPlace place : part) {
                        of.add(PlaceReader.read(place, options, conf.value()));
                    }
                    return of;
                })
                .collect();
        return found.stream().flatMap(List::stream).toList();
    }

    /** Neighbours together; a place counts as its bytes and as what opening it costs. */
    private static List<List<BenchPlace>> parts(List<BenchPlace> places, int tasks) {
        long all = places.stream().mapToLong(p -> p.bytes() + BYTES_A_PLACE).sum();
        List<List<BenchPlace>> parts = new ArrayList<>();
        List<BenchPlace> part = new ArrayList<>();
        long size = 0;
        for (BenchPlace place : places) {
            part.add(place);
            size += place.bytes() + BYTES_A_PLACE;
            if (size * tasks >= all * (parts.size() + 1)) {
                parts.add(new ArrayList<>(part));
                part.clear();
            }
        }
        if (!part.isEmpty()) {
            parts.add(part);
        }
        return parts;
    }

    /** What every analysis has. */
    private static void tables(Context context, List<BenchFound> found, int malformedKept) {
        List<BenchFound.FileRow> files =
                found.stream().flatMap(f -> f.files.stream()).toList();
        List<Map<String, Object>> inputs = new ArrayList<>();
        Map<String, InputTables.RunRow> runs = new LinkedHashMap<>();
        for (BenchFound.FileRow f : files) {
            inputs.add(Map.of(
                    "path", f.file().path(),
                    "bytes", f.file().length(),
                    "modified", Instant.ofEpochMilli(f.file().modified()).toString(),
                    "crc32c", f.crc32c()));
            runs.merge(
                    f.run(),
                    new InputTables.RunRow(f.run(), null, null, null, Map.of(), 1, f.lines(), f.hits()),
                    (a, b) -> new InputTables.RunRow(
                            a.run(),
                            null,
                            null,
                            null,
                            Map.of(),
                            a.files() + 1,
                            a.lines() + b.lines(),
                            a.hits() + b.hits()));
        }
        context.record("inputs", inputs);
        context.table(Table.of("runs", InputTables.RunRow.class, List.copyOf(runs.values())));
        context.table(Table.of(
                "quality",
                InputTables.Quality.class,
                files.stream().map(BenchFound.FileRow::quality).toList()));
        context.table(Table.of(
                "malformed_lines",
                MalformedLine.class,
                found.stream()
                        .flatMap(f -> f.malformed.stream())
                        .limit(malformedKept)
                        .toList()));
        context.table(Table.of(CutflowRow.TABLE, CutflowRow.class, List.of()));
        found.forEach(f -> f.remarks.forEach(r -> context.remark("folder", r)));
    }
}
