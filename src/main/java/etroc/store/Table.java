package etroc.store;

import etroc.InputException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A small table with typed columns: it becomes Parquet, SQLite, CSV and text alike. It is made of records, whose components are its columns
 * ({@link etroc.About}), and read back as such.
 */
public final class Table {
    /** Type of a column. */
    public enum Type {
        INTEGER,
        REAL,
        TEXT
    }

    /**
     * A column.
     *
     * @param name in the field's words, units as suffix
     * @param about what it is, with unit; empty where nothing is known, as after reading
     */
    public record Column(String name, Type type, String about) {
        public Column(String name, Type type) {
            this(name, type, "");
        }
    }

    private final String name;
    private final List<Column> columns;
    private final List<@Nullable Object[]> rows;

    private Table(String name, List<Column> columns, List<@Nullable Object[]> rows) {
        this.name = name;
        this.columns = List.copyOf(columns);
        this.rows = List.copyOf(rows);
    }

    /**
     * A table of records. NaN and null are missing values, false is 0 and true is 1.
     *
     * @param type whose components are the columns: integers, doubles, booleans, texts, enums, records, lists and maps ({@link RecordColumns})
     */
    public static <R extends Record> Table of(String name, Class<R> type, List<R> rows) {
        RecordColumns columns = new RecordColumns(type, rows);
        return of(name, columns.columns(), rows.stream().map(columns::values).toList());
    }

    /** A table of given columns. Values are integers as any Number or Boolean, reals with NaN as missing, null as missing. */
    public static Table of(String name, List<Column> columns, List<@Nullable Object[]> rows) {
        return new Table(
                name, columns, rows.stream().map(r -> converted(r, columns)).toList());
    }

    private static @Nullable Object[] converted(@Nullable Object[] row, List<Column> columns) {
        if (row.length != columns.size()) {
            throw new IllegalArgumentException(columns.size() + " columns, but a row of " + row.length);
        }
        return IntStream.range(0, row.length)
                .mapToObj(i -> converted(row[i], columns.get(i).type()))
                .toArray();
    }

    private static @Nullable Object converted(@Nullable Object value, Type type) {
        if (value == null) {
            return null;
        }
        return switch (type) {
            case INTEGER ->
                value instanceof Boolean b ? Long.valueOf(b ? 1 : 0) : Long.valueOf(((Number) value).longValue());
            case REAL -> Double.isFinite(((Number) value).doubleValue()) ? ((Number) value).doubleValue() : null;
            case TEXT -> value.toString();
        };
    }

    /**
     * The rows as records, which may have fewer components than there are columns: what is missing is NaN for a double, an empty text for a
     * text, else null.
     *
     * @throws InputException if the table lacks a column, as one that another version wrote
     */
    public <R extends Record> List<R> as(Class<R> type) {
        return rows.stream().map(r -> RecordColumns.read(type, this, r, "")).toList();
    }

    public String name() {
        return name;
    }

    public List<Column> columns() {
        return columns;
    }

    /** Names of the columns. */
    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** The rows: Long, Double, String or null, as the columns say. */
    public List<@Nullable Object[]> rows() {
        return rows;
    }

    /** Index of a column. @throws InputException if there is none, as in a table that another version wrote */
    public int index(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return i;
            }
        }
        throw new InputException("table " + name + " has no column " + column
                + "; if another version made this result, make it again with --overwrite");
    }

    /** A table of some of the columns, in the order given. */
    public Table select(String... names) {
        int[] indices = Arrays.stream(names).mapToInt(this::index).toArray();
        return new Table(
                name,
                Arrays.stream(indices).mapToObj(columns::get).toList(),
                rows.stream()
                        .map(r -> Arrays.stream(indices).mapToObj(i -> r[i]).toArray())
                        .toList());
    }

    /** The first rows, at most so many. */
    public Table first(int most) {
        return new Table(name, columns, rows.subList(0, Math.min(most, rows.size())));
    }
}
