package etroc.settings;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of sections. The component {@code plateauWindow} is the key {@code plateau-window}; its type and {@link etroc.Possible} say what
 * is possible: numbers, booleans, texts, enums, Config, records, and lists and maps of those; one value is a list of one.
 *
 * <p>A type with {@code static T of(String name, ConfigValue value)} is made by that; the name is the key in a map, else the path. It throws
 * IllegalArgumentException with what is possible; the constructor of a record throws one that begins with the key that is wrong.
 */
public final class RecordReader {
    private final Problems problems;
    private int wrong;

    /** @param problems receives everything that is wrong */
    public RecordReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * Reads a section.
     *
     * @param path of the section, for messages
     * @return the record; null where anything is wrong
     */
    public <R extends Record> @Nullable R read(String path, ConfigValue section, Class<R> type) {
        return type.cast(value(path, path, section, Form.of(type, null)));
    }

    private static String path(String path, String key) {
        return (path.isEmpty() ? "" : path + ".") + ConfigUtil.joinPath(key);
    }

    private void add(ConfigValue at, String path, String text) {
        problems.add(at.origin(), "'" + path + "' " + text);
        wrong++;
    }

    private @Nullable Object value(String path, String name, ConfigValue value, Form form) {
        try {
            if (value.valueType() == ConfigValueType.NULL) {
                throw new IllegalArgumentException(form.toString());
            }
            if (form.raw() == List.class) {
                return list(path, value, form);
            }
            if (value instanceof ConfigObject section && form.raw() == Map.class) {
                return map(path, section, form);
            }
            return value instanceof ConfigObject section && form.raw().isRecord() && form.maker() == null
                    ? record(path, section, form)
                    : form.read(name, value);
        } catch (IllegalArgumentException e) {
            Object plain = value.unwrapped();
            String found = plain instanceof String ? "'" + plain + "'" : value.render(ConfigRenderOptions.concise());
            add(value, path, "is " + found + "; possible: " + e.getMessage());
            return null;
        }
    }

    private List<@Nullable Object> list(String path, ConfigValue value, Form form) {
        List<ConfigValue> values = value instanceof ConfigList list ? list : List.of(value);
        if (values.isEmpty() && form.word().isEmpty()) {
            throw new IllegalArgumentException(form.toString());
        }
        return values.stream().map(v -> value(path, path, v, form.element(0))).toList();
    }

    private Map<Object, @Nullable Object> map(String path, ConfigObject section, Form form) {
        Map<Object, @Nullable Object> map = new TreeMap<>();
        section.forEach((name, value) -> {
            ConfigValue text = ConfigValueFactory.fromAnyRef(name).withOrigin(value.origin());
            Object key = value(path(path, name), name, text, form.element(0));
            map.put(key == null ? name : key, value(path(path, name), name, value, form.element(1)));
        });
        return map;
    }

    private @Nullable Object record(String path, ConfigObject section, Form form) {
        int before = wrong;
        Map<String, Form> forms = form.components();
        section.forEach((key, value) -> {
            if (!forms.containsKey(key)) {
                add(value, path(path, key), "is unknown; possible: " + String.join(", ", forms.keySet()));
            }
        });
        List<@Nullable Object> values = new ArrayList<>();
        forms.forEach((key, component) -> {
            ConfigValue value = section.get(key);
            if (component.isNothing(value)) {
                values.add(Form.NOTHING.get(component.raw()));
            } else if (value == null) {
                add(section, path(path, key), "is missing; possible: " + component);
            } else {
                values.add(value(path(path, key), path(path, key), value, component));
            }
        });
        try {
            return wrong > before ? null : form.made(values.toArray());
        } catch (IllegalArgumentException e) {
            String[] words = String.valueOf(e.getMessage()).split(" ", 2);
            add(section.getOrDefault(words[0], section), path(path, words[0]), words[1]);
            return null;
        }
    }
}
