package etroc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads an output's newest {@code results.sqlite} as a user would, without the project's own reader. */
public final class Sqlite {
    private Sqlite() {}

    public static Path latest(Path out) throws IOException {
        return out.resolve("results")
                .resolve(Files.readString(out.resolve("LATEST")).trim());
    }

    public static List<Map<String, Object>> query(Path out, String sql) throws IOException, SQLException {
        return queryFile(latest(out).resolve("results.sqlite"), sql);
    }

    public static List<Map<String, Object>> queryFile(Path file, String sql) throws SQLException {
        List<Map<String, Object>> rows = new ArrayList<>();
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = db.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.put(result.getMetaData().getColumnName(i), result.getObject(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** Some columns of a table as lines of text, sorted: a multiset of rows. */
    public static List<String> lines(Path out, String table, List<String> columns) throws IOException, SQLException {
        return query(out, "select " + String.join(",", columns) + " from " + table).stream()
                .map(r -> String.join(
                        ",", r.values().stream().map(String::valueOf).toList()))
                .sorted()
                .toList();
    }
}
