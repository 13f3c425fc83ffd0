package etroc.store;

import static java.util.Objects.requireNonNull;

import etroc.About;
import etroc.InputException;
import etroc.store.Table.Column;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
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
        for (RecordComponent component : type.getRecordComponents()) {
            if (isIndexed(component)) {
                NavigableSet<Integer> own = new TreeSet<>();
                IntStream.range(0, about(component).map(About::length).orElse(0))
                        .forEach(own::add);
                rows.forEach(r -> own.addAll(elements(component, r).keySet()));
                indices.put(component.getName(), own);
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
        for (RecordComponent component : record.getRecordComponents()) {
            Object value = row == null ? null : get(component, row);
            Class<?> kind = component.getType();
            if (isIndexed(component)) {
                SortedMap<Integer, @Nullable Object> elements =
                        row == null ? new TreeMap<>() : elements(component, row);
                for (int i : indices.getOrDefault(component.getName(), Collections.emptyNavigableSet())) {
                    String index = i == ANY ? "#" : Integer.toString(i);
                    if (elementType(component).isRecord()) {
                        visit(elementType(component), elements.get(i), "_" + index, sink);
                    } else {
                        sink.accept(column(component, index, "", elementType(component)), elements.get(i));
                    }
                }
            } else if (kind.isRecord()) {
                visit(kind, value, suffix, sink);
            } else {
                sink.accept(column(component, "", suffix, kind), value);
            }
        }
    }

    /** A record of a row. */
    static <R> R read(Class<R> type, Table table, @Nullable Object[] row, String suffix) {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            Class<?> kind = component.getType();
            if (isIndexed(component)) {
                SortedMap<Integer, Object> elements = readElements(component, table, row);
                values[i] = kind == List.class ? List.copyOf(elements.values()) : elements;
            } else if (kind.isRecord()) {
                values[i] = read(kind, table, row, suffix);
            } else {
                String column = name(component, "") + suffix;
                values[i] = value(row[table.index(column)], column, kind, component);
            }
        }
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + ": " + e, e);
        }
    }

    /** The elements that are not missing. */
    private static SortedMap<Integer, Object> readElements(
            RecordComponent component, Table table, @Nullable Object[] row) {
        Class<?> element = elementType(component);
        List<String> names = element.isRecord()
                ? Arrays.stream(element.getRecordComponents())
                        .map(c -> name(c, "") + "_#")
                        .toList()
                : List.of(name(component, "#"));
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
                    elements.put(i, requireNonNull(value(row[table.index(column)], column, element, component)));
                }
            }
        }
        return elements;
    }

    /** A value of a column as a component holds it. */
    private static @Nullable Object value(
            @Nullable Object value, String column, Class<?> type, RecordComponent component) {
        if (value == null) {
            if (type.isPrimitive() && type != double.class) {
                throw new InputException("a row has no " + column);
            }
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            return type == double.class ? (Object) Double.NaN : type == String.class && !nullable ? "" : null;
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

    private static Column column(RecordComponent component, String index, String suffix, Class<?> type) {
        boolean text = type == String.class || type.isEnum();
        if (!text && !WHOLE.contains(type) && !REAL.contains(type)) {
            throw new IllegalArgumentException("no column can hold a " + type);
        }
        Table.Type kind = text ? Table.Type.TEXT : REAL.contains(type) ? Table.Type.REAL : Table.Type.INTEGER;
        String about = about(component).map(About::value).orElse("");
        return new Column(name(component, index) + suffix, kind, about.replace("#", index));
    }

    /** Name of a column. {@code index}: of an element, else empty */
    private static String name(RecordComponent component, String index) {
        String snake = component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        return about(component)
                .map(About::name)
                .filter(n -> !n.isEmpty())
                .map(n -> n.replace("#", index))
                .orElse(index.isEmpty() ? snake : snake + "_" + index);
    }

    private static Optional<About> about(RecordComponent component) {
        return Optional.ofNullable(component.getAnnotation(About.class));
    }

    private static boolean isIndexed(RecordComponent component) {
        return component.getType() == List.class || component.getType() == Map.class;
    }

    private static Class<?> elementType(RecordComponent indexed) {
        Type[] arguments = ((ParameterizedType) indexed.getGenericType()).getActualTypeArguments();
        return (Class<?>) arguments[arguments.length - 1];
    }

    private static SortedMap<Integer, @Nullable Object> elements(RecordComponent component, Object row) {
        SortedMap<Integer, @Nullable Object> elements = new TreeMap<>();
        Object value = get(component, row);
        if (value instanceof Map<?, ?> map) {
            map.forEach((k, v) -> elements.put((Integer) k, v));
        } else if (value instanceof List<?> list) {
            IntStream.range(0, list.size()).forEach(i -> elements.put(i, list.get(i)));
        }
        return elements;
    }

    private static @Nullable Object get(RecordComponent component, Object row) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(row);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
