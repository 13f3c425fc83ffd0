package etroc.store;

import etroc.store.Table.Column;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How the components of a record become columns of a table, and back. A number, boolean, text or enum is a column; a record stands for its
 * components; a list is as many columns as it has elements, of a record {@code <column>_<i>}.
 */
final class RecordColumns {
    private static final Set<Class<?>> WHOLE = Set.of(int.class, long.class, boolean.class, Integer.class, Long.class);
    private static final Set<Class<?>> REAL = Set.of(double.class, Double.class);

    private RecordColumns() {}

    /** Columns of a type; {@code rows} tell how long its lists are. */
    static List<Column> columns(Class<? extends Record> type, List<? extends Record> rows) {
        List<Column> columns = new ArrayList<>();
        visit(type, null, "", lengths(type, rows), (column, value) -> columns.add(column));
        return columns;
    }

    /** Values of a record in the order of the columns. */
    static @Nullable Object[] values(Record row, List<Column> columns, Map<String, Integer> lengths) {
        List<@Nullable Object> values = new ArrayList<>(columns.size());
        visit(row.getClass(), row, "", lengths, (column, value) -> values.add(value));
        return values.toArray();
    }

    /** Columns that each list of a type has, by the name of its component. */
    static Map<String, Integer> lengths(Class<? extends Record> type, List<? extends Record> rows) {
        Map<String, Integer> lengths = new HashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getType() == List.class) {
                About about = component.getAnnotation(About.class);
                int longest = rows.stream()
                        .mapToInt(r -> list(component, r).size())
                        .max()
                        .orElse(0);
                lengths.put(component.getName(), Math.max(about == null ? 0 : about.length(), longest));
            }
        }
        return lengths;
    }

    private static void visit(
            Class<?> type,
            @Nullable Object row,
            String suffix,
            Map<String, Integer> lengths,
            BiConsumer<Column, @Nullable Object> sink) {
        for (RecordComponent component : type.getRecordComponents()) {
            Class<?> kind = component.getType();
            if (kind == List.class) {
                List<?> elements = row == null ? List.of() : list(component, row);
                for (int i = 0; i < lengths.getOrDefault(component.getName(), 0); i++) {
                    Object element = i < elements.size() ? elements.get(i) : null;
                    if (elementType(component).isRecord()) {
                        visit(elementType(component), element, suffix + "_" + i, lengths, sink);
                    } else {
                        sink.accept(column(component, elementType(component), Integer.toString(i), suffix), element);
                    }
                }
            } else if (kind.isRecord()) {
                visit(kind, row == null ? null : get(component, row), suffix, lengths, sink);
            } else {
                sink.accept(column(component, kind, "", suffix), row == null ? null : get(component, row));
            }
        }
    }

    private static Column column(RecordComponent component, Class<?> type, String index, String suffix) {
        About about = component.getAnnotation(About.class);
        return new Column(name(component, index) + suffix, type(type), about == null ? "" : about.value());
    }

    /** Name of a column; {@code index} of a list's element, else empty. */
    private static String name(RecordComponent component, String index) {
        About about = component.getAnnotation(About.class);
        if (about != null && !about.name().isEmpty()) {
            return about.name().replace("#", index);
        }
        String snake = component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        return index.isEmpty() ? snake : snake + "_" + index;
    }

    private static Table.Type type(Class<?> type) {
        if (WHOLE.contains(type)) {
            return Table.Type.INTEGER;
        }
        if (!REAL.contains(type) && type != String.class && !type.isEnum()) {
            throw new IllegalArgumentException("no column can hold a " + type);
        }
        return REAL.contains(type) ? Table.Type.REAL : Table.Type.TEXT;
    }

    private static Class<?> elementType(RecordComponent list) {
        return (Class<?>) ((ParameterizedType) list.getGenericType()).getActualTypeArguments()[0];
    }

    private static List<?> list(RecordComponent component, Object row) {
        return get(component, row) instanceof List<?> list ? list : List.of();
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

    /** A record of a row. */
    static <R> R read(Class<R> type, Table.Row row, String suffix) {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            Class<?> kind = component.getType();
            if (kind == List.class) {
                values[i] = elements(component, row, suffix);
            } else if (kind.isRecord()) {
                values[i] = read(kind, row, suffix);
            } else {
                String column = name(component, "") + suffix;
                values[i] = value(row.get(column), kind, component, column);
            }
        }
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + ": " + e, e);
        }
    }

    /** A list without the missing elements at its end. */
    private static List<@Nullable Object> elements(RecordComponent component, Table.Row row, String suffix) {
        Class<?> type = elementType(component);
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; ; i++) {
            int index = i;
            List<String> names = type.isRecord()
                    ? Arrays.stream(type.getRecordComponents())
                            .map(c -> name(c, "") + "_" + index)
                            .toList()
                    : List.of(name(component, Integer.toString(i)) + suffix);
            if (!row.has(names.get(0))) {
                break;
            }
            boolean missing = names.stream().allMatch(n -> row.get(n) == null);
            elements.add(
                    missing
                            ? null
                            : type.isRecord()
                                    ? read(type, row, "_" + i)
                                    : value(row.get(names.get(0)), type, component, names.get(0)));
        }
        while (!elements.isEmpty() && elements.get(elements.size() - 1) == null) {
            elements.remove(elements.size() - 1);
        }
        return Collections.unmodifiableList(elements);
    }

    private static @Nullable Object value(
            @Nullable Object value, Class<?> type, RecordComponent component, String column) {
        if (value == null) {
            if (type == double.class) {
                return Double.NaN;
            }
            if (type.isPrimitive()) {
                throw new IllegalArgumentException("a row has no " + column);
            }
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            return type == String.class && !nullable ? "" : null;
        }
        if (value instanceof Number number) {
            if (REAL.contains(type)) {
                return number.doubleValue();
            }
            if (type == int.class || type == Integer.class) {
                return Math.toIntExact(number.longValue());
            }
            return type == boolean.class ? number.longValue() != 0 : (Object) number.longValue();
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(c -> c.toString().equals(value))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(column + " cannot be '" + value + "'"));
        }
        return value;
    }
}
