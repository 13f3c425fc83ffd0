package etroc.hits;

import etroc.UsageException;
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
 * @param content what the rows are
 * @param layout {@code auto | split | words | beam}
 * @param mode what happens to a line that is no record
 * @param corruptColumn column that receives the text of such lines, {@code PERMISSIVE} only; null: they are dropped
 * @param partitions number of partitions to aim at; 0: three a core
 * @param names how file names are read
 */
record HitOptions(
        List<String> paths,
        Content content,
        String layout,
        Mode mode,
        @Nullable String corruptColumn,
        int partitions,
        Inventory.Options names)
        implements Serializable {

    static final String PATHS = "paths";

    /** What the rows are. */
    enum Content {
        HITS,
        QUALITY,
        MALFORMED
    }

    /** Spark's read modes. */
    enum Mode {
        PERMISSIVE,
        DROPMALFORMED,
        FAILFAST
    }

    static HitOptions of(CaseInsensitiveStringMap options) {
        return new HitOptions(
                paths(options),
                choice(options, "content", Content.HITS),
                options.getOrDefault("layout", Layouts.AUTO),
                choice(options, "mode", Mode.PERMISSIVE),
                options.get("columnNameOfCorruptRecord"),
                options.getInt("partitions", 0),
                new Inventory.Options(
                        choice(options, "charge-from-qsel", ChargeFromQSel.FC),
                        choice(options, "odd-names", Inventory.OnOdd.FAIL),
                        choice(options, "duplicates", Inventory.OnOdd.FAIL)));
    }

    /** The corrupt-record column, if lines that are no record are to be rows. */
    @Nullable String corruptRows() {
        return mode == Mode.PERMISSIVE && content == Content.HITS ? corruptColumn : null;
    }

    private static List<String> paths(CaseInsensitiveStringMap options) {
        List<String> paths = new ArrayList<>();
        String several = options.get(PATHS);
        if (several != null) {
            paths.addAll(new com.fasterxml.jackson.databind.json.JsonMapper()
                    .convertValue(json(several), new com.fasterxml.jackson.core.type.TypeReference<List<String>>() {}));
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

    private static com.fasterxml.jackson.databind.JsonNode json(String text) {
        try {
            return new com.fasterxml.jackson.databind.json.JsonMapper().readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
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
                .orElseThrow(() -> new UsageException("option " + key + " of format etroc1 is '" + value + "'; possible: "
                        + Arrays.toString(possible).toLowerCase(Locale.ROOT)));
    }
}
