package etroc.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import etroc.UsageException;
import etroc.ingest.InputSettings.Mode;
import etroc.layout.Layouts;
import etroc.runs.ChargeFromQSel;
import etroc.runs.Inventory;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code spark.read().format("etroc1")}.
 *
 * @param paths directories, files, globs
 * @param layout {@code auto | split | words | beam}
 * @param mode what happens to a line that is no record
 * @param corruptColumn column that receives the text of such lines, {@code PERMISSIVE} only; null: they are dropped
 * @param partitions number of partitions to aim at; 0: three a core
 * @param names how file names are read
 */
record HitOptions(
        List<String> paths,
        String layout,
        Mode mode,
        @Nullable String corruptColumn,
        int partitions,
        Inventory.Options names)
        implements Serializable {

    private static final String PATHS = "paths";

    static HitOptions of(CaseInsensitiveStringMap options) {
        String layout = options.getOrDefault("layout", Layouts.AUTO);
        Layouts.named(layout);
        return new HitOptions(
                paths(options),
                layout,
                choice(options, "mode", Mode.PERMISSIVE),
                options.get("columnNameOfCorruptRecord"),
                options.getInt("partitions", 0),
                new Inventory.Options(
                        choice(options, "charge-from-qsel", ChargeFromQSel.FC),
                        choice(options, "odd-names", Inventory.OnOdd.FAIL),
                        choice(options, "duplicates", Inventory.OnOdd.FAIL)));
    }

    /** The corrupt-record column, if lines that are no record are to be rows. */
    @Nullable
    String corruptRows() {
        return mode == Mode.PERMISSIVE ? corruptColumn : null;
    }

    private static List<String> paths(CaseInsensitiveStringMap options) {
        List<String> paths = new ArrayList<>();
        String several = options.get(PATHS); // how Spark hands over load(path, path, ...)
        if (several != null) {
            paths.addAll(json(several));
        }
        String one = options.get("path");
        if (one != null) {
            paths.add(one);
        }
        if (paths.isEmpty()) {
            throw new UsageException("format etroc1 needs paths: load(\"DIR\"), load(\"FILE\", ...)");
        }
        return paths;
    }

    private static List<String> json(String text) {
        try {
            return Arrays.asList(new JsonMapper().readValue(text, String[].class));
        } catch (JsonProcessingException e) {
            throw new UsageException("option paths is no JSON list: " + text, e);
        }
    }

    private static <E extends Enum<E>> E choice(CaseInsensitiveStringMap options, String key, E fallback) {
        String value = options.get(key);
        if (value == null) {
            return fallback;
        }
        E[] possible = fallback.getDeclaringClass().getEnumConstants();
        return Arrays.stream(possible)
                .filter(e -> e.name().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> new UsageException("option " + key + " of format etroc1 is '" + value
                        + "'; possible: " + Arrays.toString(possible).toLowerCase(Locale.ROOT)));
    }
}
