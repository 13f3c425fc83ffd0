package etroc.settings;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A setting that is a word or a map; whoever uses it says what is possible.
 *
 * @param text the word, or {@code key=value,key=value}
 */
public record AnyText(String text) {
    static AnyText of(String name, ConfigValue value) {
        return new AnyText(
                value instanceof ConfigObject map
                        ? new TreeMap<>(map)
                                .entrySet().stream()
                                        .map(e ->
                                                e.getKey() + "=" + e.getValue().unwrapped())
                                        .collect(Collectors.joining(","))
                        : String.valueOf(value.unwrapped()));
    }
}
