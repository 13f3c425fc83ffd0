package etroc.store;

import etroc.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A small table with typed columns, made once: it becomes Parquet, SQLite, CSV and text alike. It is made of records, whose components are its
 * columns ({@link etroc.About}), and read back as such.
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
    private final Map<String, Integer> indices = new HashMap<>();
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    private Table(String name, List<Column> columns) {
        this.name = name;
        this.columns = List.copyOf(columns);
        for (int i = 0; i < columns.size(); i++) {
            indices.put(columns.get(i).name(), i);
        }
    }

    /**
     * A table of records. NaN and null are missing values, false is 0 and true is 1.
     *
     * @param type whose components are the columns: integers, doubles, booleans, texts, enums, records and lists of these
     */
    public static <R extends Record> Table of(String name, Class<R> type, List<R> rows) {
        RecordColumns columns = new RecordColumns(type, rows);
        Table table = new Table(name, columns.columns());
        rows.forEach(r -> table.row(columns.values(r)));
        return table;
    }

    /**
     * The rows as records: what is missing is NaN for a double, an empty text for a text, else null.
     *
     * @throws InputException if the table lacks a column, as one that another version wrote
     */
    public <R extends Record> List<R> as(Class<R> type) {
        return byName().stream().map(r -> RecordColumns.read(type, r, "")).toList();
    }

    /**
     * An empty table.
     *
     * @param columns each {@code name:type} with the type's first letter: i, r, t
     */
    public static Table of(String name, String... columns) {
        return new Table(
                name,
                Arrays.stream(columns)
                        .map(c -> c.split(":", 2))
                        .map(c -> new Column(c[0], type(c[1])))
                        .toList());
    }

    /** An empty table with the same columns as another. */
    public static Table like(Table other, String name) {
        return new Table(name, other.columns);
    }

    /** An empty table of given columns. */
    public static Table of(String name, List<Column> columns) {
        return new Table(name, columns);
    }

    private static Type type(String letter) {
        return switch (letter) {
            case "i" -> Type.INTEGER;
            case "r" -> Type.REAL;
            case "t" -> Type.TEXT;
            default -> throw new IllegalArgumentException("column type " + letter);
        };
    }

    /** Adds a row: integers as any Number, reals with NaN as missing, null as missing. */
    public Table row(@Nullable Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(
                    "table " + name + " has " + columns.size() + " columns, the row " + values.length);
        }
        @Nullable Object[] row = new @Nullable Object[values.length];
        for (int i = 0; i < values.length; i++) {
            row[i] = converted(values[i], columns.get(i));
        }
        rows.add(row);
        return this;
    }

    private static @Nullable Object converted(@Nullable Object value, Column column) {
        if (value == null) {
            return null;
        }
        return switch (column.type()) {
            case INTEGER ->
                value instanceof Boolean b ? Long.valueOf(b ? 1 : 0) : Long.valueOf(((Number) value).longValue());
            case REAL -> Double.isFinite(((Number) value).doubleValue()) ? ((Number) value).doubleValue() : null;
            case TEXT -> value.toString();
        };
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

    /** A row, by names of columns. */
    public final class Row {
        private final @Nullable Object[] values;

        private Row(@Nullable Object[] values) {
            this.values = values;
        }

        /** Indices of the columns that are called like {@code name} with # for the index, ascending. */
        List<Integer> indices(String name) {
            Pattern pattern = Pattern.compile(Pattern.quote(name).replace("#", "\\E(\\d+)\\Q"));
            return columns.stream()
                    .map(c -> pattern.matcher(c.name()))
                    .filter(Matcher::matches)
                    .map(m -> Integer.valueOf(m.group(1)))
                    .sorted()
                    .toList();
        }

        /** A value: Long, Double, String or null. */
        public @Nullable Object get(String column) {
            return values[index(column)];
        }

        /** A number; null where it is missing. */
        public @Nullable Double real(String column) {
            return get(column) instanceof Number number ? (Double) number.doubleValue() : null;
        }

        /** A number; NaN where it is missing. */
        public double number(String column) {
            Double value = real(column);
            return value == null ? Double.NaN : value;
        }

        /**
         * A whole number.
         *
         * @throws IllegalArgumentException where it is missing
         */
        public long integer(String column) {
            if (get(column) instanceof Number number) {
                return number.longValue();
            }
            throw new IllegalArgumentException("table " + name + " has a row without " + column);
        }

        /** A text; empty where it is missing. */
        public String text(String column) {
            Object value = get(column);
            return value == null ? "" : value.toString();
        }
    }

    /** The rows by names of columns. */
    public List<Row> byName() {
        return rows.stream().map(Row::new).toList();
    }

    /** Index of a column. @throws InputException if there is none, as in a table that another version wrote */
    public int index(String column) {
        Integer index = indices.get(column);
        if (index == null) {
            throw new InputException("table " + name + " has no column " + column
                    + "; if another version made this result, make it again with --overwrite");
        }
        return index;
    }

    /** A table of some of the columns, in the order given. */
    public Table select(String... names) {
        int[] indices = Arrays.stream(names).mapToInt(this::index).toArray();
        Table selected =
                new Table(name, Arrays.stream(indices).mapToObj(columns::get).toList());
        rows.forEach(
                r -> selected.row(Arrays.stream(indices).mapToObj(i -> r[i]).toArray()));
        return selected;
    }
}
