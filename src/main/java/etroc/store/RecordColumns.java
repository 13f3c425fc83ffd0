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
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
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

    private final Class<? extends Record> type;
    /** Indices of the columns of each list and map, by the component's name. */
    private final Map<String, SortedSet<Integer>> indices = new HashMap<>();

    /** @param rows tell how long lists are and which keys maps have */
    RecordColumns(Class<? extends Record> type, List<? extends Record> rows) {
        this.type = type;
        for (RecordComponent component : type.getRecordComponents()) {
            if (isIndexed(component)) {
                SortedSet<Integer> own = new TreeSet<>();
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
                for (int i : indices.getOrDefault(component.getName(), Collections.emptySortedSet())) {
                    if (elementType(component).isRecord()) {
                        visit(elementType(component), elements.get(i), "_" + i, sink);
                    } else {
                        String name = name(component, Integer.toString(i));
                        sink.accept(column(component, name, elementType(component)), elements.get(i));
                    }
                }
            } else if (kind.isRecord()) {
                visit(kind, value, suffix, sink);
            } else {
                sink.accept(column(component, name(component, "") + suffix, kind), value);
            }
        }
    }

    /** A record of a row. */
    static <R> R read(Class<R> type, Table.Row row, String suffix) {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            Class<?> kind = component.getType();
            if (isIndexed(component)) {
                SortedMap<Integer, Object> elements = readElements(component, row);
                values[i] = kind == List.class ? List.copyOf(elements.values()) : elements;
            } else if (kind.isRecord()) {
                values[i] = read(kind, row, suffix);
            } else {
                values[i] = value(row, name(component, "") + suffix, kind, component);
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
    private static SortedMap<Integer, Object> readElements(RecordComponent component, Table.Row row) {
        Class<?> element = elementType(component);
        List<String> names = element.isRecord()
                ? Arrays.stream(element.getRecordComponents())
                        .map(c -> name(c, "") + "_#")
                        .toList()
                : List.of(name(component, "#"));
        SortedMap<Integer, Object> elements = new TreeMap<>();
        for (int i : row.indices(names.get(0))) {
            String index = Integer.toString(i);
            if (names.stream().anyMatch(n -> row.get(n.replace("#", index)) != null)) {
                elements.put(
                        i,
                        element.isRecord()
                                ? read(element, row, "_" + i)
                                : requireNonNull(value(row, name(component, index), element, component)));
            }
        }
        return elements;
    }

    /** A value of a column as a component holds it. */
    private static @Nullable Object value(Table.Row row, String column, Class<?> type, RecordComponent component) {
        Object value = row.get(column);
        if (value == null) {
            if (type == double.class) {
                return Double.NaN;
            }
            if (type.isPrimitive()) {
                return row.integer(column); // which says what is missing
            }
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            return type == String.class && !nullable ? "" : null;
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(c -> c.toString().equals(value))
                    .findFirst()
                    .orElseThrow(() -> new InputException(column + " cannot be '" + value + "'"));
        }
        if (REAL.contains(type)) {
            return row.number(column);
        }
        if (WHOLE.contains(type)) {
            long whole = row.integer(column);
            boolean small = type == int.class || type == Integer.class;
            return type == boolean.class ? whole != 0 : small ? (Object) Math.toIntExact(whole) : (Object) whole;
        }
        return value.toString();
    }

    private static Column column(RecordComponent component, String name, Class<?> type) {
        boolean text = type == String.class || type.isEnum();
        if (!text && !WHOLE.contains(type) && !REAL.contains(type)) {
            throw new IllegalArgumentException("no column can hold a " + type);
        }
        Table.Type kind = text ? Table.Type.TEXT : REAL.contains(type) ? Table.Type.REAL : Table.Type.INTEGER;
        return new Column(name, kind, about(component).map(About::value).orElse(""));
    }

    /** Name of a column. @param index of an element; else empty */
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
