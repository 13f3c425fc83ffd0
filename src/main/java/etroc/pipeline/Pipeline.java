package etroc.pipeline;

import etroc.FailureText;
import etroc.InputException;
import etroc.store.Output;
import etroc.store.Prune;
import etroc.store.ResultSetWriter;
import etroc.store.Table;
import etroc.store.Verify;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.commons.io.IOUtils;
import org.apache.spark.sql.SparkSession;

/** Brings an output up to date with a plan: runs its stages in their order, with what the newest result has already, and publishes. */
public final class Pipeline {
    private final Output output;
    private final Plan plan;
    private final boolean fresh;
    private final List<Fingerprint> fingerprints;
    private Earlier earlier;

    /**
     * A published result.
     *
     * @param tables in the order of {@code results.sqlite}
     */
    public record Published(org.apache.hadoop.fs.Path path, List<Table> tables) {}

    /** @param fresh use nothing of what the output holds, and keep nothing of it */
    public Pipeline(Output output, Plan plan, boolean fresh) throws IOException {
        this.output = output;
        this.plan = plan;
        this.fresh = fresh;
        this.fingerprints = Fingerprint.of(plan.stages());
        this.earlier = look();
    }

    private Earlier look() throws IOException {
        return fresh ? Earlier.none(output, fingerprints) : Earlier.of(output, fingerprints);
    }

    public Plan plan() {
        return plan;
    }

    /** Whether the newest result is what the plan would give. */
    public boolean upToDate() {
        return earlier.upToDate();
    }

    /** The plan, and for each stage whether it runs and why. */
    public String describe() {
        StringBuilder text = new StringBuilder(plan.inputs().description()).append(plan.description());
        earlier.decisions().forEach(d -> text.append("stage      ").append(d).append('\n'));
        return text.toString();
    }

    /**
     * Does it.
     *
     * @param command as the user gave it, for the manifest
     * @return what was published; empty if there was nothing to do
     */
    public Optional<Published> run(SparkSession spark, Progress progress, String command) throws IOException {
        Prune before = new Prune(output);
        before.sweep();
        Instant started = Instant.now();
        try (ResultSetWriter writer = new ResultSetWriter(output, started)) {
            earlier = look(); // another process may have been here
            if (upToDate()) {
                return Optional.empty();
            }
            Context context = new Context(spark, plan, output, progress, fresh, earlier, writer, started);
            runStages(context);
            Provenance provenance = new Provenance(context, command, fingerprints);
            Published published = context.step("publish", () -> publish(context, provenance, writer));
            if (fresh) {
                before.keep(0, true);
            }
            return Optional.of(published);
        }
    }

    private void runStages(Context context) throws IOException {
        try {
            for (Stage stage : plan.stages()) {
                context.begin(stage);
                stage.body().run(context);
            }
            context.background().forEach(Background::await);
        } catch (Exception e) { // Spark's are checked, but not declared
            Optional<InputException> damaged = damaged(e);
            if (damaged.isPresent()) {
                throw damaged.get();
            }
            throw e;
        } finally {
            context.background().forEach(Background::close);
            context.resources().forEach(IOUtils::closeQuietly);
        }
    }

    /** Where Parquet could not be read, whether it is as it was written: other files are looked at too, so that all damage is told at once. */
    private Optional<InputException> damaged(Exception e) throws IOException {
        boolean inParquet = Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                .flatMap(t -> Arrays.stream(t.getStackTrace()))
                .map(StackTraceElement::getClassName)
                .anyMatch(c -> c.startsWith("org.apache.parquet.") && c.contains("Read"));
        List<String> damages = inParquet ? new Verify(output).data() : List.of();
        return damages.isEmpty()
                ? Optional.empty()
                : Optional.of(new InputException(FailureText.of(e) + ": " + String.join("; ", damages), e));
    }

    private Published publish(Context context, Provenance provenance, ResultSetWriter writer) throws IOException {
        List<Table> tables = new ArrayList<>(context.tables());
        tables.add(context.remarks());
        tables.add(provenance.table());
        writer.write(tables);
        context.step("draw figures", () -> draw(context, tables, writer));
        Map<String, Object> manifest = new LinkedHashMap<>(provenance.manifest());
        manifest.put("job", plan.job().manifest());
        manifest.putAll(context.record());
        return new Published(writer.publish(manifest), tables);
    }

    private String draw(Context context, List<Table> tables, ResultSetWriter writer) throws IOException {
        Path directory = Files.createTempDirectory("etroc-report");
        try {
            String title = plan.job().kind() + " " + output.root().getName() + ", result " + writer.id();
            String told = plan.report().write(title, tables, directory);
            if (!told.isEmpty()) {
                context.progress().say(told);
            }
            writer.report(directory);
            return told;
        } finally {
            FileUtils.deleteDirectory(directory.toFile());
        }
    }
}
