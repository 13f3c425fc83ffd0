package etroc.pipeline;

import etroc.About;
import etroc.settings.Settings;
import etroc.store.Output;
import etroc.store.ResultSetWriter;
import etroc.store.Table;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** What a stage has to work with: session, settings, output, progress, what earlier stages left; and where it leaves its own. */
public final class Context {
    private final SparkSession spark;
    private final Plan plan;
    private final Output output;
    private final Progress progress;
    private final boolean fresh;
    private final Earlier earlier;
    private final ResultSetWriter writer;
    private final Instant started;
    private final Map<String, Double> durations = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<Class<?>, Object> left = new HashMap<>();
    private final List<Table> tables = new ArrayList<>();
    private final Map<String, Rows<?>> rows = new LinkedHashMap<>();
    private final List<Remark> remarks = new ArrayList<>();
    private final Map<String, Object> record = new LinkedHashMap<>();
    private final List<Background> background = new ArrayList<>();
    private final List<Closeable> resources = new ArrayList<>();
    private String stage = "";

    /** Something beside the numbers. */
    @About(
            "something to know: skipped files, missing splits, runs that count for no board, corrections that could not be made")
    record Remark(
            @About("skipped file, missing split, run") String kind,
            @About("what happened") String text) {}

    Context(
            SparkSession spark,
            Plan plan,
            Output output,
            Progress progress,
            boolean fresh,
            Earlier earlier,
            ResultSetWriter writer,
            Instant started) {
        this.spark = spark;
        this.plan = plan;
        this.output = output;
        this.progress = progress;
        this.fresh = fresh;
        this.earlier = earlier;
        this.writer = writer;
        this.started = started;
    }

    void begin(Stage next) {
        stage = next.name();
    }

    public SparkSession spark() {
        return spark;
    }

    public Settings settings() {
        return plan.job().settings();
    }

    /** A section of the settings, as the record of whoever it belongs to. */
    public <R extends Record> R read(String section, Class<R> type) {
        return plan.job().read(section, type);
    }

    public Output output() {
        return output;
    }

    public Progress progress() {
        return progress;
    }

    /** Whether nothing of what the output holds is to be used again. */
    public boolean fresh() {
        return fresh;
    }

    /** Runs a part of the stage under a name and notes how long it took. */
    public <T> T step(String name, Callable<T> work) {
        long start = System.nanoTime();
        T result = progress.step(name, work);
        durations.merge(name, (System.nanoTime() - start) / 1e9, Double::sum);
        return result;
    }

    /** Leaves something for the stages that follow; one of a type. */
    public <T> T leave(Class<T> type, T value) {
        left.put(type, value);
        return value;
    }

    /** What an earlier stage left. */
    public <T> T find(Class<T> type) {
        Object value = left.get(type);
        if (value == null) {
            throw new IllegalStateException(
                    "stage " + stage + " needs " + type.getSimpleName() + ", which no stage left");
        }
        return type.cast(value);
    }

    /** Adds rows to a table of the result. */
    public <R extends Record> void rows(String table, Class<R> type, List<R> more) {
        rows.computeIfAbsent(table, t -> new Rows<>(type)).add(more);
    }

    /** Rows of a table that stages add to. */
    private static final class Rows<R extends Record> {
        private final Class<R> type;
        private final List<R> rows = new ArrayList<>();

        Rows(Class<R> type) {
            this.type = type;
        }

        void add(List<? extends Record> more) {
            more.forEach(r -> rows.add(type.cast(r)));
        }

        Table table(String name) {
            return Table.of(name, type, rows);
        }
    }

    /** Adds a table to the result. */
    public void table(Table table) {
        tables.add(table);
    }

    /**
     * Says something beside the numbers, for the table {@code remarks}.
     *
     * @param kind what it is about, such as {@code run} or {@code skipped file}
     */
    public void remark(String kind, String text) {
        remarks.add(new Remark(kind, text));
    }

    /** Notes something in the manifest. */
    public void record(String key, Object value) {
        record.put(key, value);
    }

    /** Whether the newest result has this stage, and all before it, with the same fingerprint; then its tables hold. */
    public boolean unchanged() {
        return earlier.has(stage);
    }

    /** A table of the newest result. */
    public Table earlier(String table) throws IOException {
        return earlier.table(table);
    }

    /** Fingerprint of the stage. */
    public String fingerprint() {
        return earlier.fingerprint(stage).value();
    }

    /** Whether no stage follows. */
    public boolean isLast() {
        return plan.stages().get(plan.stages().size() - 1).name().equals(stage);
    }

    /** Where a dataset such as {@code events} is to be written, to become a table of the result. */
    public Path parquet(String name) {
        return writer.parquet(name);
    }

    /** Notes what was written there. @return its rows */
    public long noteParquet(String name) throws IOException {
        return writer.noteDataset(spark, name);
    }

    /** Does something beside what follows; it is waited for before the result is published, and its failure is the analysis's. */
    public void meanwhile(String name, Runnable work) {
        background.add(new Background(name, work));
    }

    /** Something that is closed when the analysis has ended, however it ends. */
    public <T extends Closeable> T closing(T resource) {
        resources.add(resource);
        return resource;
    }

    List<Closeable> resources() {
        return resources;
    }

    List<Background> background() {
        return background;
    }

    List<Table> tables() {
        List<Table> all = new ArrayList<>(tables);
        rows.forEach((name, of) -> all.add(of.table(name)));
        return all;
    }

    Table remarks() {
        return Table.of("remarks", Remark.class, remarks);
    }

    Map<String, Object> record() {
        return record;
    }

    Map<String, Double> durations() {
        return durations;
    }

    Plan plan() {
        return plan;
    }

    Instant started() {
        return started;
    }
}
