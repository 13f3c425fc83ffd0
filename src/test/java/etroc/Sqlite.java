package etroc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads an output's newest {@code results.sqlite} as a user would, without the project's own reader. */
public final class Sqlite {
    private static final double TOLERANCE = 1e-9;
    /** What is 0 but for rounding: fits of what a correction leaves, in ns. */
    private static final double ZERO = 1e-12;

    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?([eE]-?\\d+)?");

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

    /** Rows of some tables as texts, sorted: a multiset of rows a table. */
    public static Map<String, List<String>> tables(Path file, List<String> names) throws SQLException {
        Map<String, List<String>> tables = new TreeMap<>();
        for (String table : names) {
            tables.put(
                    table,
                    queryFile(file, "select * from " + table).stream()
                            .map(Object::toString)
                            .sorted()
                            .toList());
        }
        return tables;
    }

    /** All tables of two results are the same but for rounding; where, when and with what they were made does not count. */
    public static void assertSame(Path expected, Path actual) throws SQLException {
        List<Map<String, Object>> names = queryFile(
                expected, "select name from sqlite_master where type = 'table' and name <> 'provenance' order by name");
        for (Map<String, Object> row : names) {
            String table = row.get("name").toString();
            assertThat(sorted(actual, table))
                    .as(table)
                    .usingRecursiveComparison()
                    .withComparatorForType(Sqlite::compareRounded, Double.class)
                    .withComparatorForType(Sqlite::compareTexts, String.class)
                    .isEqualTo(sorted(expected, table));
        }
    }

    private static int compareRounded(double a, double b) {
        return Math.abs(a - b) <= Math.max(ZERO, TOLERANCE * Math.max(Math.abs(a), Math.abs(b)))
                ? 0
                : Double.compare(a, b);
    }

    /** Of texts with numbers in them, as SQL of a fitted cut: numbers as such. */
    private static int compareTexts(String a, String b) {
        int words =
                NUMBER.matcher(a).replaceAll("#").compareTo(NUMBER.matcher(b).replaceAll("#"));
        if (words != 0) {
            return words;
        }
        Iterator<MatchResult> others = NUMBER.matcher(b).results().iterator();
        return NUMBER.matcher(a)
                .results()
                .mapToInt(m -> compareRounded(
                        Double.parseDouble(m.group()),
                        Double.parseDouble(others.next().group())))
                .filter(difference -> difference != 0)
                .findFirst()
                .orElse(0);
    }

    private static List<Map<String, Object>> sorted(Path file, String table) throws SQLException {
        List<Map<String, Object>> rows = queryFile(file, "select * from " + table);
        rows.forEach(r -> r.remove("path"));
        rows.sort(Comparator.comparing(r -> r.values().stream()
                .map(v -> v instanceof Double d ? "%.4e".formatted(d) : String.valueOf(v))
                .collect(Collectors.joining(","))));
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
