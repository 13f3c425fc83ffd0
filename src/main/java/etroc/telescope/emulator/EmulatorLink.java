package etroc.telescope.emulator;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import etroc.ingest.HitIngest;
import etroc.ingest.Ingested;
import etroc.ingest.IngestedFile;
import etroc.ingest.etroc2.Etroc2Ingest;
import etroc.pipeline.Context;
import etroc.pipeline.Job;
import etroc.pipeline.Stage;
import etroc.source.HitColumn;
import etroc.source.etroc2.Etroc2Quality;
import etroc.source.etroc2.Etroc2Reading;
import etroc.source.etroc2.StreamRun;
import etroc.store.Table;
import etroc.telescope.TelescopeSettings;
import etroc.telescope.etroc2.Etroc2Settings;
import etroc.telescope.etroc2.LinkQuality;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** The ETROC2 frames of mixed word lines: how well they came over, and how they go with the events of the ETROC1 boards. */
final class EmulatorLink {
    static final String STAGE = "link";

    private final Context context;
    private final Job job;
    private final double coverage;

    private EmulatorLink(Context context, Job job) {
        this.context = context;
        this.job = job;
        this.coverage = job.read("etroc2", Etroc2Settings.class).interval();
    }

    /** The stage, behind one that leaves {@link Ingested}. */
    static Stage stage(Job job, List<StreamRun> runs) {
        return Stage.of(STAGE, EmulatorLink.class, context -> new EmulatorLink(context, job).run(runs))
                .dependingOn(
                        job,
                        "telescope.pattern",
                        "telescope.emulator-window",
                        "etroc2.event-depth",
                        "etroc2.counter-offsets",
                        "etroc2.interval");
    }

    private void run(List<StreamRun> runs) throws IOException {
        Ingested ingested = context.find(Ingested.class);
        try (Etroc2Reading reading =
                context.step("read frames", () -> Etroc2Reading.of(context.spark(), runs, Etroc2Ingest.options(job)))) {
            Etroc2Quality quality = reading.quality();
            write("emulator_frames", reading.frames(), quality.sum("header"));
            write("emulator_hits", reading.hits(), quality.sum("hits"));
            reading.remarks().forEach(r -> context.remark("run", r.run() + ": " + r.text()));
            context.table(Table.of("file_counts", Etroc2Quality.Count.class, quality.counts()));
            context.table(Table.of("file_errors", Etroc2Quality.Fault.class, quality.errors()));
            context.table(Table.of(
                    LinkQuality.TABLE,
                    LinkQuality.class,
                    context.step(
                            "link quality",
                            () -> LinkQuality.of(reading.hits(), reading.frames(), quality, coverage))));
            context.table(Table.of(
                    JointEvents.TABLE,
                    JointEvents.class,
                    context.step("joint events", () -> joint(ingested, reading))));
        }
    }

    private void write(String name, Dataset<Row> rows, long count) throws IOException {
        rows.write().parquet(context.parquet(name).toString());
        long there = context.noteParquet(name);
        if (there != count) {
            throw new IOException("the files have " + count + " rows of " + name + ", but " + there + " arrived");
        }
    }

    private List<JointEvents> joint(Ingested ingested, Etroc2Reading reading) {
        TelescopeSettings settings = job.read("telescope", TelescopeSettings.class);
        List<Integer> boards = settings.pattern().stream().distinct().toList();
        if (boards.isEmpty()) {
            return List.of();
        }
        Dataset<Row> files = broadcast(files(ingested));
        Dataset<Row> hits = ingested.hits()
                .join(files, scala(HitIngest.INGEST, HitIngest.FILE))
                .select(columns(col(HitColumn.BOARD.columnName())));
        List<JointEvents> rows = new ArrayList<>();
        for (int stream : reading.quality().counts().stream()
                .map(Etroc2Quality.Count::stream)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .toList()) {
            Dataset<Row> frames = reading.frames()
                    .filter(col("complete").and(col("crc_ok")).and(col("stream").equalTo(stream)))
                    .join(files, scala("run", "split"))
                    .select(columns(when(col("data_words").equalTo(0), lit(JointSearch.EMPTY_FRAME))
                            .otherwise(lit(JointSearch.FRAME_WITH_HITS))));
            for (Row r : JointSearch.of(hits.union(frames), boards, stream, settings.emulatorWindow())) {
                long[] n = {r.getLong(1), r.getLong(2), r.getLong(3), r.getLong(4), r.getLong(5)};
                rows.add(JointEvents.of(
                        r.getString(0), stream, boards.toString(), settings.emulatorWindow(), n, coverage));
            }
        }
        return rows;
    }

    private static scala.collection.immutable.Seq<String> scala(String... names) {
        return CollectionConverters.asScala(List.of(names)).toSeq();
    }

    /** Columns of {@link JointSearch#LINES}. */
    private static Column[] columns(Column kind) {
        return new Column[] {col("run"), col("split"), col("lines"), col("line"), kind.as("kind")};
    }

    /** Each file's number in its run, and of its lines. */
    private Dataset<Row> files(Ingested ingested) {
        List<Row> rows = new ArrayList<>();
        int run = -1;
        int split = 0;
        for (IngestedFile file : ingested.files()) { // by run, in the order of the runs' files
            split = file.run() == run ? split + 1 : 0;
            run = file.run();
            rows.add(RowFactory.create(
                    file.ingest(),
                    file.fileIndex(),
                    file.quality().file().run().name(),
                    split,
                    file.quality().lines()));
        }
        return context.spark()
                .createDataFrame(
                        rows,
                        new StructType()
                                .add(HitIngest.INGEST, DataTypes.IntegerType)
                                .add(HitIngest.FILE, DataTypes.IntegerType)
                                .add("run", DataTypes.StringType)
                                .add("split", DataTypes.IntegerType)
                                .add("lines", DataTypes.LongType));
    }
}
