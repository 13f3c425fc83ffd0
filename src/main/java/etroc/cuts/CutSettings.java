package etroc.cuts;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import etroc.settings.SettingsReader;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the cuts come from ({@code etroc.cuts}).
 *
 * @param events cuts on codes
 * @param times cuts on times
 * @param keepEventsWithoutData whether a board without a hit in the event passes
 */
public record CutSettings(List<Source> events, List<Source> times, boolean keepEventsWithoutData) {
    /**
     * One source of cuts: a CSV table or one SQL expression.
     *
     * @param csv path of the table, or empty
     * @param sql expression, or empty
     * @param output name of the step that the expression marks, or empty
     * @param origin where the setting stands, for messages
     */
    public record Source(String csv, String sql, String output, String origin) {
        /** A table in a file. */
        public static Source table(String path) {
            return new Source(path, "", "", path);
        }
    }

    public static CutSettings read(SettingsReader r) {
        return new CutSettings(sources(r, "events"), sources(r, "times"), r.flag("keep-events-without-data"));
    }

    private static List<Source> sources(SettingsReader r, String key) {
        if (r.isWord("none", key)) {
            return List.of();
        }
        ConfigValue value = r.value(key);
        List<Source> sources = new ArrayList<>();
        if (value instanceof ConfigList list) {
            list.forEach(v -> sources.add(source(r, key, v)));
        } else {
            sources.add(source(r, key, value));
        }
        return List.copyOf(sources);
    }

    private static Source source(SettingsReader r, String key, ConfigValue value) {
        String origin = "etroc.cuts." + key + " (" + value.origin().description() + ")";
        if (value instanceof ConfigObject object && object.containsKey("sql")) {
            ConfigValue output = object.get("output");
            ConfigValue sql = object.get("sql");
            return new Source(
                    "",
                    sql == null ? "" : String.valueOf(sql.unwrapped()),
                    output == null ? "" : String.valueOf(output.unwrapped()),
                    origin);
        }
        if (!(value.unwrapped() instanceof String text)) {
            throw r.wrong(
                    key,
                    "none, a CSV file, an SQL expression, or a list of those or of {sql = ..., output = name}",
                    null);
        }
        return text.endsWith(".csv") ? Source.table(text) : new Source("", text, "", origin);
    }
}
