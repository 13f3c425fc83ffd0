package etroc.cuts;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Path;
import java.util.List;

/** Makes names of cut tables absolute, so that they mean the same file wherever a later command is started. */
public final class CutTablePaths {
    private static final List<String> KEYS = List.of("etroc.cuts.events", "etroc.cuts.times");

    private CutTablePaths() {}

    public static Config absolute(Config config, Path directory) {
        Config result = config;
        for (String key : KEYS) {
            if (config.hasPath(key)) {
                result = result.withValue(key, absolute(config.getValue(key), directory));
            }
        }
        return result;
    }

    private static ConfigValue absolute(ConfigValue value, Path directory) {
        if (value instanceof ConfigList list) {
            return ConfigValueFactory.fromIterable(
                            list.stream().map(v -> absolute(v, directory)).toList())
                    .withOrigin(value.origin());
        }
        boolean isName = value.unwrapped() instanceof String text && text.endsWith(".csv") && !text.contains("://");
        if (!isName) {
            return value;
        }
        Path file = directory.resolve(String.valueOf(value.unwrapped())).toAbsolutePath();
        return ConfigValueFactory.fromAnyRef(file.normalize().toString()).withOrigin(value.origin());
    }
}
