package etroc.ingest.etroc2;

import static org.apache.spark.sql.functions.col;

import etroc.pipeline.Context;
import etroc.source.etroc2.Etroc2Quality;
import etroc.source.etroc2.Etroc2Reading;
import etroc.store.Draft;
import etroc.store.Manifest;
import etroc.store.Output.Part;
import etroc.store.ParquetFiles;
import etroc.store.ParquetStore;
import etroc.store.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What is kept of ETROC2 runs that were ingested together: hits, frames, and the counts of their files. */
final class Etroc2Batches {
    private static final String COUNTS = "counts.parquet";
    private static final String ERRORS = "errors.parquet";

    private final Context context;

    /**
     * Runs that were ingested together.
     *
     * @param number of the batch
     * @param how fingerprint of the settings and the code that read them
     * @param runs names, with the digest of their files
     */
    record Batch(int number, String how, Map<String, String> runs, List<Etroc2Reading.Remark> remarks) {}

    Etroc2Batches(Context context) {
        this.context = context;
    }

    /** Those whose runs were read in a way, by number. */
    List<Batch> known(String how) throws IOException {
        return context.output().records(Part.HITS, Batch.class).values().stream()
                .filter(b -> b.how().equals(how) && b.runs() != null)
                .sorted(Comparator.comparingInt(Batch::number))
                .toList();
    }

    /** Writes what was surveyed, and checks that all of it arrived. */
    Batch write(Etroc2Reading reading, String how, Map<String, String> runs) throws IOException {
        int number;
        try (Draft draft = context.output().numbered(Part.FILES, Part.HITS, Manifest.BATCH)) {
            ParquetStore.write(
                    new Path(draft.path(), COUNTS),
                    counts(reading.quality()),
                    context.output().conf());
            ParquetStore.write(
                    new Path(draft.path(), ERRORS),
                    errors(reading.quality()),
                    context.output().conf());
            number = Integer.parseInt(draft.publish(Map.of()).substring(Manifest.BATCH.length()));
        }
        Batch batch = new Batch(number, how, runs, reading.remarks());
        boolean whole = false;
        try {
            write(
                    Part.FRAMES,
                    number,
                    reading.frames(),
                    "frames",
                    reading.quality().sum("header"),
                    Map.of());
            write(Part.HITS, number, reading.hits(), "hits", reading.quality().sum("hits"), batch);
            whole = true;
        } finally {
            if (!whole) {
                context.output().remove(Part.FRAMES, Manifest.BATCH + number);
                context.output().remove(Part.FILES, Manifest.BATCH + number);
            }
        }
        return batch;
    }

    private void write(Part part, int number, Dataset<Row> rows, String table, long expected, Object record)
            throws IOException {
        try (Draft draft = context.output().draft(part, Manifest.BATCH + number)) {
            StoredFrames.write(rows, draft.path());
            long there = StoredFrames.count(context.spark(), draft.path(), table);
            if (there != expected) {
                throw new IOException(
                        "the files have " + expected + " " + table + ", but " + there + " arrived in " + draft.path());
            }
            draft.publish(record);
        }
    }

    /** Rows of the runs that are wanted: of batches of which all are, without looking at their runs. */
    Dataset<Row> rows(Part part, String table, Map<String, Integer> places, Map<Integer, Batch> batches) {
        Dataset<Row> all = null;
        for (Map.Entry<Integer, Batch> e : new TreeMap<>(batches).entrySet()) {
            int number = e.getKey();
            Dataset<Row> own = StoredFrames.read(
                    context.spark(), List.of(context.output().path(part, Manifest.BATCH + number)), table);
            List<String> wanted = places.entrySet().stream()
                    .filter(p -> p.getValue() == number)
                    .map(Map.Entry::getKey)
                    .sorted()
                    .toList();
            boolean whole = wanted.size() == e.getValue().runs().size();
            Dataset<Row> chosen = whole ? own : own.filter(col("run").isInCollection(wanted));
            all = all == null ? chosen : all.union(chosen);
        }
        return all == null ? StoredFrames.read(context.spark(), List.of(), table) : all;
    }

    static Table counts(Etroc2Quality quality) {
        return Table.of("file_counts", Etroc2Quality.Count.class, quality.counts());
    }

    static Table errors(Etroc2Quality quality) {
        return Table.of("file_errors", Etroc2Quality.Fault.class, quality.errors());
    }

    /** Counts and errors of the runs that are wanted. */
    Etroc2Quality quality(Set<Integer> batches, Map<String, Integer> places) {
        List<Etroc2Quality.Count> counts = new ArrayList<>();
        List<Etroc2Quality.Fault> errors = new ArrayList<>();
        for (int number : batches) {
            Path files = context.output().path(Part.FILES, Manifest.BATCH + number);
            for (Row r : read(new Path(files, COUNTS))) {
                if (Integer.valueOf(number).equals(places.get(r.<String>getAs("run")))) {
                    Long stream = r.getAs("stream");
                    counts.add(new Etroc2Quality.Count(
                            r.getAs("run"),
                            r.<Long>getAs("split").intValue(),
                            r.getAs("path"),
                            r.getAs("layout"),
                            stream == null ? null : Integer.valueOf(stream.intValue()),
                            r.getAs("counter"),
                            r.<Long>getAs("count")));
                }
            }
            for (Row r : read(new Path(files, ERRORS))) {
                if (Integer.valueOf(number).equals(places.get(r.<String>getAs("run")))) {
                    errors.add(new Etroc2Quality.Fault(
                            r.getAs("run"),
                            r.<Long>getAs("split").intValue(),
                            r.getAs("path"),
                            r.<Long>getAs("line"),
                            r.getAs("kind"),
                            r.getAs("text")));
                }
            }
        }
        counts.sort(Comparator.comparing(Etroc2Quality.Count::run).thenComparingInt(Etroc2Quality.Count::split));
        return new Etroc2Quality(counts, errors);
    }

    private List<Row> read(Path file) {
        return context.spark().read().parquet(ParquetFiles.literal(file)).collectAsList();
    }
}
