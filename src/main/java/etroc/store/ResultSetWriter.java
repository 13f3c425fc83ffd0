package etroc.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import etroc.store.Output.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Writes a result set: Parquet tables, {@code results.sqlite}, report and the manifest, then publishes it and switches {@code LATEST}.
 * While it is there, nobody removes what an analysis may be using ({@link Prune}): make it before looking at what the output holds.
 */
public final class ResultSetWriter implements AutoCloseable {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String REPORT = "report/";

    private final Output output;
    private final String id;
    private final Draft draft;
    /** Of files whose content was looked at already. */
    private final Map<String, Map<String, Object>> files = new TreeMap<>();

    /** Begins a result set under a new id: the time and some random letters, so that two at once differ. */
    public ResultSetWriter(Output output, Instant now) throws IOException {
        this.output = output;
        this.id = STAMP.format(now) + "-" + UUID.randomUUID().toString().substring(0, 6);
        this.draft = output.draft(Part.RESULTS, id);
    }

    public String id() {
        return id;
    }

    /** Where a dataset such as {@code events} is to be written before {@link #publish}. */
    public Path parquet(String name) {
        return new Path(draft.path(), "tables/" + name + ".parquet");
    }

    /** Notes the files of a dataset that was written there. @return its rows */
    public long noteDataset(SparkSession spark, String name) throws IOException {
        Path directory = parquet(name);
        Checksums.of(output.files(), directory)
                .orElseThrow(() -> new IOException(directory + " was not written as a whole"))
                .files()
                .forEach((part, file) -> files.put("tables/" + name + ".parquet/" + part, file.entry()));
        return spark.read().parquet(ParquetFiles.literal(directory)).count(); // as the files' own footers say
    }

    /** Writes all tables. */
    public void write(List<Table> tables) throws IOException {
        for (Table table : tables) {
            Path file = parquet(table.name());
            ParquetStore.write(file, table, output.conf());
            files.put(
                    "tables/" + file.getName(),
                    StoredFile.of(file, (long) table.rows().size(), output.conf())
                            .entry());
        }
        java.nio.file.Path local = Files.createTempFile("etroc", ".sqlite");
        try {
            Files.delete(local);
            SqliteStore.write(local, tables);
            check(local, tables);
            output.files().write(new Path(draft.path(), "results.sqlite"), Files.readAllBytes(local));
        } catch (SQLException e) {
            throw new IOException("results.sqlite: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(local);
        }
    }

    private static void check(java.nio.file.Path file, List<Table> tables) throws SQLException, IOException {
        for (Table table : tables) {
            int rows = SqliteStore.read(file, table.name()).rows().size();
            if (rows != table.rows().size()) {
                throw new IOException("results.sqlite: table " + table.name() + " has " + rows + " rows, not "
                        + table.rows().size());
            }
        }
    }

    /** Takes over a local directory as the report. */
    public void report(java.nio.file.Path directory) throws IOException {
        for (String name : names(directory)) {
            output.files().write(new Path(draft.path(), REPORT + name), Files.readAllBytes(directory.resolve(name)));
        }
    }

    /** Replaces the report of a published result, file by file: the only thing of it that may change. */
    public static void replaceReport(Output output, String id, java.nio.file.Path directory) throws IOException {
        Path result = output.path(Part.RESULTS, id);
        Path file = Manifest.file(output, id);
        ObjectNode manifest = Json.read(file, output.files().find(file).orElseThrow(), ObjectNode.class);
        ObjectNode files = manifest.withObject("/files");
        List<String> old = new ArrayList<>();
        files.fieldNames().forEachRemaining(name -> {
            if (name.startsWith(REPORT)) {
                old.add(name);
            }
        });
        files.remove(old);
        for (String name : names(directory)) {
            Path target = new Path(result, REPORT + name);
            output.files().replace(target, Files.readAllBytes(directory.resolve(name)));
            files.putPOJO(
                    REPORT + name, StoredFile.of(target, null, output.conf()).entry());
        }
        output.files().replace(file, Json.write(manifest));
        for (String name : old) {
            if (!files.has(name)) {
                output.files().delete(new Path(result, name));
            }
        }
    }

    private static List<String> names(java.nio.file.Path directory) throws IOException {
        try (Stream<java.nio.file.Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .map(f -> directory.relativize(f).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    /** Writes the manifest with a checksum of every file, makes the result set appear and switches {@code LATEST}. */
    public Path publish(Map<String, Object> manifest) throws IOException {
        String base = draft.path().toUri().getPath() + "/";
        OutputFiles.eachFile(output.files().fs(), draft.path(), status -> {
            Path file = status.getPath();
            String name = file.toUri().getPath().substring(base.length());
            if (!file.getName().startsWith("_") && !files.containsKey(name)) {
                files.put(name, StoredFile.of(file, null, output.conf()).entry());
            }
        });
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("id", id);
        all.putAll(manifest);
        all.put("files", files);
        String name = draft.publish(all);
        output.setLatest(name);
        return output.path(Part.RESULTS, name);
    }

    /** Lets go of what was not published. */
    @Override
    public void close() throws IOException {
        draft.close();
    }

    /** A list for the manifest. */
    public static List<Map<String, Object>> rows(Table table) {
        List<Map<String, Object>> rows = new ArrayList<>();
        table.rows().forEach(r -> {
            Map<String, Object> row = new LinkedHashMap<>();
            for (int i = 0; i < r.length; i++) {
                if (r[i] != null) {
                    row.put(table.columns().get(i).name(), r[i]);
                }
            }
            rows.add(row);
        });
        return rows;
    }
}
