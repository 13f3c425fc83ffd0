package etroc.store;

import etroc.InputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** Reads the tables of a published result set. */
public final class ResultSetReader implements AutoCloseable {
    private static final String TABLES = "results.sqlite";

    private final java.nio.file.Path local;
    private final String id;

    /**
     * Opens the newest result set of an output.
     *
     * @throws InputException if there is none, or if its tables are not what the manifest says
     */
    public ResultSetReader(Output output) throws IOException {
        Path result = output.latestResult();
        id = result.getName();
        Manifest manifest = Manifest.read(output, id); // says so if another version made it
        local = Files.createTempFile("etroc", ".sqlite");
        boolean whole = false;
        try (OutputStream copy = Files.newOutputStream(local)) {
            compare(output, manifest, copy);
            whole = true;
        } finally {
            if (!whole) {
                close();
            }
        }
    }

    /** Reads the tables of the newest result set once. @throws InputException as the constructor */
    public static void check(Output output) throws IOException {
        compare(output, Manifest.read(output, output.latestResult().getName()), OutputStream.nullOutputStream());
    }

    private static void compare(Output output, Manifest manifest, OutputStream copy) throws IOException {
        Path file = new Path(output.latestResult(), TABLES);
        try (InputStream in = output.files().fs().open(file)) {
            Map<String, String> entry = manifest.maps("files").getOrDefault(TABLES, Map.of());
            Optional<String> difference = StoredFile.of(in, copy, null).difference(entry);
            if (difference.isPresent()) {
                throw new InputException(file + " is damaged: " + difference.get() + "; " + again(output));
            }
        } catch (FileNotFoundException e) {
            throw new InputException(file + " is missing; " + again(output), e);
        }
    }

    private static String again(Output output) {
        return "etroc reprocess " + output.root().toUri().getPath() + " makes it again";
    }

    public String id() {
        return id;
    }

    /** Names of all tables. */
    public List<String> tables() throws IOException {
        try {
            return SqliteStore.tables(local);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /** All tables. */
    public List<Table> all() throws IOException {
        List<Table> all = new ArrayList<>();
        for (String name : tables()) {
            all.add(table(name));
        }
        return all;
    }

    /** One table. @throws InputException if there is none of this name; it lists those there are */
    public Table table(String name) throws IOException {
        if (!tables().contains(name)) {
            throw new InputException("there is no table '" + name + "'; there are " + String.join(", ", tables()));
        }
        try {
            return SqliteStore.read(local, name);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(local);
    }
}
