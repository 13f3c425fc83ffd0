package etroc.store;

import etroc.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** Reads the tables of a published result set. */
public final class ResultSetReader implements AutoCloseable {
    private final java.nio.file.Path local;
    private final String id;

    /** Opens the newest result set of an output. @throws InputException if there is none */
    public ResultSetReader(Output output) throws IOException {
        Path result = output.latestResult();
        id = result.getName();
        Manifest.read(output, id); // says so if another version made it
        local = Files.createTempFile("etroc", ".sqlite");
        output.files().fs().copyToLocalFile(false, new Path(result, "results.sqlite"), new Path(local.toUri()), true);
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
