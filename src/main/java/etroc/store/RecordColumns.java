package etroc.store;

import static java.util.Objects.requireNonNull;

import etroc.InputException;
import etroc.store.Table.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How the components of a record become columns of a table, and back. A number, boolean, text or enum is a column; a record stands for its
 * components; a list of numbers or texts and a map with integers as keys are a column an index, {@code <column>_<i>}, or several where the map's
 * values are records.
 */
final class RecordColumns {
    private static final Set<Class<?>> WHOLE = Set.of(int.class, long.class, boolean.class, Integer.class, Long.class);
    private static final Set<Class<?>> REAL = Set.of(double.class, Double.class);

    /** Stands for all indices. */
    private static final int ANY = -1;

    private final Class<? extends Record> type;
    /** Indices of the columns of each list and map, by the component's name. */
    private final Map<String, NavigableSet<Integer>> indices = new HashMap<>();

    /** Of any rows: a list or map whose length nothing tells has one column with # for its index. */
    RecordColumns(Class<? extends Record> type) {
        this(type, List.of());
        indices.values().stream().filter(Set::isEmpty).forEach(own -> own.add(ANY));
    }

    /** @param rows tell how long lists are and which keys maps have */
    RecordColumns(Class<? extends Record> type, List<? extends Record> rows) {
        this.type = type;
        for (RecordPart part : RecordPart.of(type)) {
            if (part.indexed()) {
                NavigableSet<Integer> own = new TreeSet<>();
                IntStream.range(0, part.length()).forEach(own::add);
                rows.forEach(r -> own.addAll(elements(part, r).keySet()));
                indices.put(part.name(), own);
            }
        }
    }

    List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        visit(type, null, "", (column, value) -> columns.add(column));
        return columns;
    }

    /** Values of a record in the order of the columns. */
    @Nullable
    Object[] values(Record row) {
        List<@Nullable Object> values = new ArrayList<>();
        visit(type, row, "", (column, value) -> values.add(value));
        return values.toArray();
    }

    private void visit(
            Class<?> record, @Nullable Object row, String suffix, BiConsumer<Column, @Nullable Object> sink) {
        for (RecordPart part : RecordPart.of(record)) {
            if (part.indexed()) {
                SortedMap<Integer, @Nullable Object> elements = row == null ? new TreeMap<>() : elements(part, row);
                for (int i : indices.getOrDefault(part.name(), Collections.emptyNavigableSet())) {
                    String index = i == ANY ? "#" : Integer.toString(i);
                    if (part.type().isRecord()) {
                        visit(part.type(), elements.get(i), "_" + index, sink);
                    } else {
                        sink.accept(column(part, index, ""), elements.get(i));
                    }
                }
            } else if (part.type().isRecord()) {
                visit(part.type(), row == null ? null : part.get(row), suffix, sink);
            } else {
                sink.accept(column(part, "", suffix), row == null ? null : part.get(row));
            }
        }
    }

    /** A record of a row. */
    static <R> R read(Class<R> type, Table table, @Nullable Object[] row, String suffix) {
        List<RecordPart> parts = RecordPart.of(type);
        @Nullable Object[] values = new @Nullable Object[parts.size()];
        for (int i = 0; i < values.length; i++) {
            RecordPart part = parts.get(i);
            if (part.indexed()) {
                SortedMap<Integer, Object> elements = readElements(part, table, row);
                values[i] = part.container() == List.class ? List.copyOf(elements.values()) : elements;
            } else if (part.type().isRecord()) {
                values[i] = read(part.type(), table, row, suffix);
            } else {
                String column = part.label() + suffix;
                values[i] = value(row[table.index(column)], column, part);
            }
        }
        return RecordPart.make(type, values);
    }

    /** The elements that are not missing. */
    private static SortedMap<Integer, Object> readElements(RecordPart part, Table table, @Nullable Object[] row) {
        Class<?> element = part.type();
        List<String> names = element.isRecord()
                ? RecordPart.of(element).stream().map(p -> p.label() + "_#").toList()
                : List.of(part.label());
        SortedMap<Integer, Object> elements = new TreeMap<>();
        Pattern first = Pattern.compile(Pattern.quote(names.get(0)).replace("#", "\\E(\\d+)\\Q"));
        for (String column : table.names()) {
            Matcher matcher = first.matcher(column);
            if (matcher.matches()) {
                String index = matcher.group(1);
                int i = Integer.parseInt(index);
                if (element.isRecord()
                        && names.stream().anyMatch(n -> row[table.index(n.replace("#", index))] != null)) {
                    elements.put(i, read(element, table, row, "_" + i));
                } else if (!element.isRecord() && row[table.index(column)] != null) {
                    elements.put(i, requireNonNull(value(row[table.index(column)], column, part)));
                }
            }
        }
        return elements;
    }

    /** A value of a column as a component holds it. */
    private static @Nullable Object value(@Nullable Object value, String column, RecordPart part) {
        Class<?> type = part.type();
        if (value == null) {
            if (type.isPrimitive() && type != double.class) {
                throw new InputException("a row has no " + column);
            }
            return type == double.class ? (Object) Double.NaN : type == String.class && !part.nullable() ? "" : null;
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(c -> c.toString().equals(value))
                    .findFirst()
                    .orElseThrow(() -> new InputException(column + " cannot be '" + value + "'"));
        }
        if (value instanceof Number number) {
            if (REAL.contains(type)) {
                return number.doubleValue();
            }
            long whole = number.longValue();
            boolean small = type == int.class || type == Integer.class;
            return type == boolean.class ? whole != 0 : small ? (Object) Math.toIntExact(whole) : (Object) whole;
        }
        return value.toString();
    }

    private static Column column(RecordPart part, String index, String suffix) {
        Class<?> type = part.type();
        boolean text = type == String.class || type.isEnum();
        if (!text && !WHOLE.contains(type) && !REAL.contains(type)) {
            throw new IllegalArgumentException("no column can hold a " + type);
        }
        Table.Type kind = text ? Table.Type.TEXT : REAL.contains(type) ? Table.Type.REAL : Table.Type.INTEGER;
        return new Column(
                part.label().replace("#", index) + suffix, kind, part.about().replace("#", index));
    }

    private static SortedMap<Integer, @Nullable Object> elements(RecordPart part, Object row) {
        SortedMap<Integer, @Nullable Object> elements = new TreeMap<>();
        Object value = part.get(row);
        if (value instanceof Map<?, ?> map) {
            map.forEach((k, v) -> elements.put((Integer) k, v));
        } else if (value instanceof List<?> list) {
            IntStream.range(0, list.size()).forEach(i -> elements.put(i, list.get(i)));
        }
        return elements;
    }
}
