package etroc.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import etroc.Possible;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a value has to be.
 *
 * @param word that stands for no value; empty: there is none
 */
record Form(Type type, Possible limits, String word) {
    private static final String KEY = "value";
    static final Map<Class<?>, Object> NOTHING =
            Map.of(List.class, List.of(), Map.class, Map.of(), String.class, "", Config.class, ConfigFactory.empty());
    private static final Map<Class<?>, Plain> PLAIN = Map.of(
            Boolean.class, new Plain("true or false", Config::getBoolean),
            String.class, new Plain("a text", Config::getString),
            Integer.class, new Plain("a whole number", Config::getInt),
            Long.class, new Plain("a whole number", Config::getLong),
            Double.class, new Plain("a number", Config::getDouble),
            Config.class, new Plain("a section", Config::getConfig));

    /** A type without parts. */
    private record Plain(@Possible String words, BiFunction<Config, String, Object> get) {
        static final Possible UNLIMITED = Plain.class.getRecordComponents()[0].getAnnotation(Possible.class);
    }

    static Form of(Type type, @Nullable Possible limits) {
        return limits == null ? of(type, Plain.UNLIMITED) : new Form(type, limits, limits.or());
    }

    /** The class; of a primitive type its wrapper. */
    Class<?> raw() {
        Type raw = type instanceof ParameterizedType p ? p.getRawType() : type;
        return MethodType.methodType((Class<?>) raw).wrap().returnType();
    }

    /** Form of the elements of a list; of the keys of a map (0) and of its values (1). */
    Form element(int argument) {
        return new Form(((ParameterizedType) type).getActualTypeArguments()[argument], limits, "");
    }

    /** Keys and forms of the components of a record, in order. */
    Map<String, Form> components() {
        Map<String, Form> components = new LinkedHashMap<>();
        for (RecordComponent c : raw().getRecordComponents()) {
            String key = c.getName().replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
            components.put(key, of(c.getGenericType(), c.getAnnotation(Possible.class)));
        }
        return components;
    }

    /** Whether this is no value, where that is possible; {@link #NOTHING} then has what it is. */
    boolean isNothing(@Nullable ConfigValue value) {
        return !word.isEmpty() && (value == null || word.equalsIgnoreCase(String.valueOf(value.unwrapped())));
    }

    /** The type's own {@code static of(String name, ConfigValue value)}. */
    @Nullable
    Method maker() {
        try {
            Method maker = raw().getDeclaredMethod("of", String.class, ConfigValue.class);
            maker.setAccessible(true);
            return maker;
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    /** The record of some components. @throws IllegalArgumentException if its constructor does */
    Object made(Object... components) {
        Class<?>[] types = Arrays.stream(raw().getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = raw().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(components);
        } catch (ReflectiveOperationException e) {
            throw said(e);
        }
    }

    /** A value without parts. @throws IllegalArgumentException with what is possible */
    Object read(String name, ConfigValue value) {
        try {
            Method maker = maker();
            return maker == null ? plain(value.atKey(KEY)) : maker.invoke(null, name, value);
        } catch (ConfigException e) {
            throw new IllegalArgumentException(toString(), e);
        } catch (ReflectiveOperationException e) {
            throw said(e);
        }
    }

    private static RuntimeException said(ReflectiveOperationException e) {
        return e.getCause() instanceof IllegalArgumentException said ? said : new IllegalStateException(e);
    }

    private Object plain(Config config) {
        List<String> choices = choices();
        Plain plain = PLAIN.get(raw());
        Object found = null;
        if (!choices.isEmpty()) {
            int i = choices.indexOf(inWords(config.getString(KEY)));
            found = i < 0 ? null : raw().isEnum() ? raw().getEnumConstants()[i] : choices.get(i);
        } else if (plain != null) {
            found = plain.get.apply(config, KEY);
        }
        double number = found instanceof Number ? config.getDouble(KEY) : 0;
        boolean inside = !(found instanceof Number n)
                || (n.doubleValue() == number && number >= limits.min() && number <= limits.max());
        if (found == null || !inside) {
            throw new IllegalArgumentException(toString());
        }
        return found;
    }

    private static String inWords(Object choice) {
        return choice.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Texts of which a value has to be one; none: any. */
    private List<String> choices() {
        return raw().isEnum()
                ? Arrays.stream(raw().getEnumConstants()).map(Form::inWords).toList()
                : List.of(limits.oneOf());
    }

    /** What is possible, in words. */
    @Override
    public String toString() {
        return (word.isEmpty() ? "" : word + " or ") + words();
    }

    private String words() {
        Plain plain = PLAIN.get(raw());
        if (raw() == List.class) {
            return "a list of: " + element(0);
        } else if (raw() == Map.class) {
            return "a section { key = " + element(1) + " }";
        } else if (maker() != null) {
            return "a " + inWords(raw().getSimpleName());
        } else if (!choices().isEmpty()) {
            return String.join(", ", choices());
        } else if (plain == null) {
            return "a section { " + String.join(", ", components().keySet()) + " }";
        }
        String to = limits.max() == Double.MAX_VALUE ? " up" : " to " + text(limits.max());
        return plain.words + (limits.min() == -Double.MAX_VALUE ? "" : " from " + text(limits.min()) + to);
    }

    private static String text(double limit) {
        return BigDecimal.valueOf(limit).stripTrailingZeros().toPlainString();
    }
}
