package etroc.cuts;

import com.typesafe.config.ConfigValue;
import etroc.Possible;
import java.util.List;
import java.util.Map;

/**
 * Where the cuts come from ({@code etroc.cuts}).
 *
 * @param events cuts on codes
 * @param times cuts on times
 * @param keepEventsWithoutData whether a board without a hit in the event passes
 */
public record CutSettings(
        @Possible(or = "none") List<Source> events,
        @Possible(or = "none") List<Source> times,
        boolean keepEventsWithoutData) {
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

        /** @throws IllegalArgumentException with what is possible */
        public static Source of(String key, ConfigValue value) {
            String origin = key + " (" + value.origin().description() + ")";
            if (value.unwrapped() instanceof String text) {
                return text.endsWith(".csv") ? table(text) : new Source("", text, "", origin);
            }
            if (value.unwrapped() instanceof Map<?, ?> section
                    && section.get("sql") instanceof String sql
                    && List.of("sql", "output").containsAll(section.keySet())) {
                Object output = section.get("output");
                return new Source("", sql, output == null ? "" : output.toString(), origin);
            }
            throw new IllegalArgumentException(
                    "none, a CSV file, an SQL expression, or a list of those or of {sql = ..., output = name}");
        }
    }
}
