package etroc.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
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
import java.util.UUID;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.Path;

/** Writes a result set: Parquet tables, {@code results.sqlite} and the manifest, then publishes it and switches {@code LATEST}. */
public final class ResultSetWriter {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Output output;
    private final String id;
    private final Path target;
    private final Path staging;
    private final Map<String, Object> files = new LinkedHashMap<>();

    /** Begins a result set under a new id: the time and some random letters, so that two at once differ. */
    public ResultSetWriter(Output output, Instant now) throws IOException {
        this.output = output;
        this.id = STAMP.format(now) + "-" + UUID.randomUUID().toString().substring(0, 6);
        this.target = new Path(output.results(), id);
        this.staging = output.stage(target);
    }

    public String id() {
        return id;
    }

    /** Where a dataset such as {@code events} is to be written before {@link #publish}. */
    public Path parquet(String name) {
        return new Path(staging, "tables/" + name + ".parquet");
    }

    /** Writes all tables. */
    public void write(List<Table> tables) throws IOException {
        for (Table table : tables) {
            Path file = parquet(table.name());
            ParquetStore.write(file, table, output.conf());
            note(file, "tables/" + table.name() + ".parquet", table.rows().size());
        }
        java.nio.file.Path local = Files.createTempFile("etroc", ".sqlite");
        try {
            Files.delete(local);
            SqliteStore.write(local, tables);
            check(local, tables);
            Path file = new Path(staging, "results.sqlite");
            output.write(file, Files.readAllBytes(local));
            note(file, "results.sqlite", -1);
        } catch (SQLException e) {
            throw new IOException("results.sqlite: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(local);
        }
    }

    /** Takes over a local directory, such as the report. */
    public void copy(java.nio.file.Path directory, String name) throws IOException {
        output.copyIn(directory, new Path(staging, name));
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

    private void note(Path file, String name, int rows) throws IOException {
        byte[] content = output.read(file);
        CRC32C crc = new CRC32C();
        crc.update(content);
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("bytes", content.length);
        entry.put("crc32c", String.format(Locale.ROOT, "%08x", crc.getValue()));
        if (rows >= 0) {
            entry.put("rows", rows);
        }
        files.put(name, entry);
    }

    /** Writes the manifest, makes the result set appear and switches {@code LATEST}. */
    public Path publish(Map<String, Object> manifest) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("id", id);
        all.putAll(manifest);
        all.put("files", files);
        output.publish(staging, target, Manifest.FILE, JSON.writeValueAsBytes(all));
        output.setLatest(id);
        return target;
    }

    /** Lets go of what was staged. */
    public void discard() throws IOException {
        output.delete(staging);
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
