package etroc.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tables in one SQLite file: written in one transaction, read back whole. */
public final class SqliteStore {
    private SqliteStore() {}

    /** Writes tables into a new file. */
    public static void write(Path file, List<Table> tables) throws SQLException {
        try (Connection db = open(file)) {
            try (Statement statement = db.createStatement()) {
                statement.execute("pragma journal_mode = off"); // nobody sees the file before it is whole
                statement.execute("pragma synchronous = off");
            }
            db.setAutoCommit(false);
            for (Table table : tables) {
                write(db, table);
            }
            db.commit();
        }
    }

    /** The content of a file with these tables. */
    public static byte[] bytes(List<Table> tables) throws IOException {
        Path file = Files.createTempFile("etroc", ".sqlite");
        try {
            Files.delete(file);
            write(file, tables);
            return Files.readAllBytes(file);
        } catch (SQLException e) {
            throw new IOException("SQLite: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void write(Connection db, Table table) throws SQLException {
        String columns = table.columns().stream()
                .map(c -> quoted(c.name()) + " " + c.type())
                .collect(Collectors.joining(", "));
        String marks = table.columns().stream().map(c -> "?").collect(Collectors.joining(", "));
        try (Statement statement = db.createStatement()) {
            statement.execute("create table " + quoted(table.name()) + " (" + columns + ")");
        }
        try (PreparedStatement insert =
                db.prepareStatement("insert into " + quoted(table.name()) + " values (" + marks + ")")) {
            for (@Nullable Object[] row : table.rows()) {
                for (int i = 0; i < row.length; i++) {
                    insert.setObject(i + 1, row[i]);
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Names of the tables of a file, in the order they were written. */
    public static List<String> tables(Path file) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection db = open(file);
                Statement statement = db.createStatement();
                ResultSet result = statement.executeQuery("select name from sqlite_master where type = 'table'")) {
            while (result.next()) {
                names.add(result.getString(1));
            }
        }
        return names;
    }

    /** Reads one table. */
    public static Table read(Path file, String table) throws SQLException {
        try (Connection db = open(file);
                Statement statement = db.createStatement();
                ResultSet result = statement.executeQuery("select * from " + quoted(table))) {
            ResultSetMetaData meta = result.getMetaData();
            List<Table.Column> columns = new ArrayList<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                columns.add(new Table.Column(meta.getColumnName(i), Table.Type.valueOf(meta.getColumnTypeName(i))));
            }
            List<@Nullable Object[]> rows = new ArrayList<>();
            while (result.next()) {
                @Nullable Object[] row = new @Nullable Object[columns.size()];
                for (int i = 0; i < row.length; i++) {
                    row[i] = result.getObject(i + 1);
                }
                rows.add(row);
            }
            return Table.of(table, columns, rows);
        }
    }

    private static Connection open(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
