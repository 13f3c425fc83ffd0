package etroc.store;

import etroc.About;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a record's component says of its columns, looked up once a class: reflection gives new objects at every call, and parses their
 * annotations again.
 *
 * @param name of the component
 * @param label name of its column; where it is a list or map, # stands for the index
 * @param about what it is; may be empty
 * @param length that a list has at least
 * @param indexed whether it is a list or map
 * @param type of the component, or of the elements of a list or map
 * @param container List, Map, or the component's own type
 * @param nullable whether null is allowed
 */
record RecordPart(
        String name,
        String label,
        String about,
        int length,
        boolean indexed,
        Class<?> type,
        Class<?> container,
        boolean nullable,
        Method accessor) {
    private static final ClassValue<List<RecordPart>> PARTS = new ClassValue<>() {
        @Override
        protected List<RecordPart> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents()).map(RecordPart::of).toList();
        }
    };
    private static final ClassValue<Constructor<?>> CONSTRUCTORS = new ClassValue<>() {
        @Override
        protected Constructor<?> computeValue(Class<?> type) {
            try {
                Constructor<?> constructor = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new));
                constructor.setAccessible(true);
                return constructor;
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(type + ": " + e, e);
            }
        }
    };

    /** The components of a record class. */
    static List<RecordPart> of(Class<?> type) {
        return PARTS.get(type);
    }

    /** A record of its components' values. */
    static <R> R make(Class<R> type, @Nullable Object[] values) {
        try {
            return type.cast(CONSTRUCTORS.get(type).newInstance(values));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + ": " + e, e);
        }
    }

    private static RecordPart of(RecordComponent component) {
        Class<?> container = component.getType();
        boolean indexed = container == List.class || container == Map.class;
        About about = component.getAnnotation(About.class);
        String snake = component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        return new RecordPart(
                component.getName(),
                about != null && !about.name().isEmpty() ? about.name() : indexed ? snake + "_#" : snake,
                about == null ? "" : about.value(),
                about == null ? 0 : about.length(),
                indexed,
                indexed ? elementType(component) : container,
                container,
                component.getAnnotatedType().isAnnotationPresent(Nullable.class),
                accessor);
    }

    private static Class<?> elementType(RecordComponent indexed) {
        Type[] arguments = ((ParameterizedType) indexed.getGenericType()).getActualTypeArguments();
        return (Class<?>) arguments[arguments.length - 1];
    }

    /** Value in a record. */
    @Nullable
    Object get(Object record) {
        try {
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
