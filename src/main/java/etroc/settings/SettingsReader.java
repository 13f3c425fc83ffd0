package etroc.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import etroc.UsageException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads typed values under one path; what is wrong names the key, where it was set, what was found and what is possible. */
public final class SettingsReader {
    private final Config config;
    private final String prefix;

    SettingsReader(Config config, String prefix) {
        this.config = config;
        this.prefix = prefix;
    }

    public SettingsReader at(String path) {
        return new SettingsReader(config, prefix + "." + path);
    }

    public ConfigValue value(String key) {
        return config.getValue(prefix + "." + key);
    }

    public boolean flag(String key) {
        return get(key, "true or false", config::getBoolean);
    }

    public String text(String key) {
        return get(key, "a text", config::getString);
    }

    public int integer(String key, int least, int most) {
        String possible = "a whole number from " + least + (most == Integer.MAX_VALUE ? " up" : " to " + most);
        double number = get(key, possible, config::getDouble);
        if (number != Math.rint(number) || number < least || number > most) {
            throw wrong(key, possible, null);
        }
        return (int) number;
    }

    public double number(String key, double least, double most) {
        String possible = "a number from " + least + (most == Double.MAX_VALUE ? " up" : " to " + most);
        double number = get(key, possible, config::getDouble);
        if (!(number >= least && number <= most)) {
            throw wrong(key, possible, null);
        }
        return number;
    }

    /** A number not below {@code least}, or null where the word (auto, none) stands. */
    @Nullable
    public Double numberOr(String word, String key, double least) {
        return isWord(word, key) ? null : checkedNumber(word, key, least);
    }

    private Double checkedNumber(String word, String key, double least) {
        String possible = word + " or a number from " + least + " up";
        double number = get(key, possible, config::getDouble);
        if (!(number >= least)) {
            throw wrong(key, possible, null);
        }
        return number;
    }

    /** A whole number, or null where the word stands. */
    @Nullable
    public Integer integerOr(String word, String key, int least, int most) {
        if (isWord(word, key)) {
            return null;
        }
        String possible = word + " or a whole number from " + least + " to " + most;
        double number = get(key, possible, config::getDouble);
        if (number != Math.rint(number) || number < least || number > most) {
            throw wrong(key, possible, null);
        }
        return (int) number;
    }

    public boolean isWord(String word, String key) {
        ConfigValue value = value(key);
        return value.valueType() == ConfigValueType.STRING
                && String.valueOf(value.unwrapped()).equalsIgnoreCase(word);
    }

    public <E extends Enum<E>> E choice(String key, Class<E> type) {
        String possible = Arrays.stream(type.getEnumConstants())
                .map(e -> e.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        String text = get(key, possible, config::getString);
        return Arrays.stream(type.getEnumConstants())
                .filter(e -> e.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> wrong(key, possible, null));
    }

    public UsageException wrong(String key, String possible, @Nullable Throwable cause) {
        ConfigValue value = value(key);
        return new SettingException(
                prefix + "." + key,
                "setting " + prefix + "." + key + " (" + value.origin().description() + ") is "
                        + value.render(com.typesafe.config.ConfigRenderOptions.concise()) + "; possible: " + possible,
                cause);
    }

    private <T> T get(String key, String possible, Function<String, T> getter) {
        try {
            return getter.apply(prefix + "." + key);
        } catch (ConfigException e) {
            throw wrong(key, possible, e);
        }
    }
}
