package etroc.source;

import etroc.UsageException;
import etroc.layout.Layouts;
import etroc.layout.RecordLayout;
import etroc.layout.SliceReader;
import etroc.runs.ChargeFromQSel;
import etroc.runs.Inventory;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code spark.read().format("etroc1")}.
 *
 * @param paths directories, files, globs
 * @param staged id of {@link StagedFiles} that are read instead
 * @param table what a row is
 * @param layout {@code auto | split | words | beam}
 * @param mode what happens to a line that is no record
 * @param corruptColumn column that receives the text of such lines, {@code PERMISSIVE} only; null: they are dropped
 * @param hitsOnly whether records with hit flag 0 are left out
 * @param malformedLines how many malformed lines a row of {@code quality} keeps with their text
 * @param partitions number of partitions to aim at; 0: some a core
 * @param names how file names are read
 */
record HitOptions(
        List<String> paths,
        @Nullable String staged,
        Kind table,
        String layout,
        Mode mode,
        @Nullable String corruptColumn,
        boolean hitsOnly,
        int malformedLines,
        int partitions,
        Inventory.Options names)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What a row is. */
    enum Kind {
        HITS,
        QUALITY
    }

    /** Spark's read modes. */
    enum Mode {
        PERMISSIVE,
        DROPMALFORMED,
        FAILFAST
    }

    static HitOptions of(CaseInsensitiveStringMap options) {
        String layout = options.getOrDefault("layout", Layouts.AUTO);
        Layouts.named(layout);
        String staged = options.get(StagedFiles.OPTION);
        return new HitOptions(
                staged == null ? paths(options) : List.of(),
                staged,
                choice(options, "table", Kind.HITS),
                layout,
                choice(options, "mode", Mode.PERMISSIVE),
                options.get("columnNameOfCorruptRecord"),
                options.getBoolean("hits-only", false),
                options.getInt("malformed-lines", 10),
                options.getInt("partitions", 0),
                new Inventory.Options(
                        choice(options, "charge-from-qsel", ChargeFromQSel.FC),
                        choice(options, "odd-names", Inventory.OnOdd.FAIL),
                        choice(options, "duplicates", Inventory.OnOdd.FAIL)));
    }

    /** All columns of the table. */
    StructType schema() {
        if (table == Kind.QUALITY) {
            return SliceQuality.SCHEMA;
        }
        String corrupt = corruptRows();
        StructType schema = HitColumn.schema(corrupt != null);
        return corrupt == null ? schema : schema.add(corrupt, DataTypes.StringType, true);
    }

    List<RecordLayout> layouts() {
        return Layouts.named(layout);
    }

    /** The corrupt-record column, if lines that are no record are to be rows. */
    @Nullable
    String corruptRows() {
        return mode == Mode.PERMISSIVE ? corruptColumn : null;
    }

    /** Options of a reading that only counts the lines and rows of the same slices. */
    Map<String, String> counting() {
        return Map.of(
                "layout",
                layout,
                "hits-only",
                Boolean.toString(hitsOnly),
                "malformed-lines",
                "0",
                "partitions",
                Integer.toString(partitions));
    }

    /** Throws for the malformed line that was read last, where the mode says so. */
    void check(SliceReader lines) {
        if (mode == Mode.FAILFAST) {
            throw lines.malformedLine();
        }
    }

    private static List<String> paths(CaseInsensitiveStringMap options) {
        List<String> paths = Paths.of(options);
        if (paths.isEmpty()) {
            throw new UsageException("format etroc1 needs paths: load(\"DIR\"), load(\"FILE\", ...)");
        }
        return paths;
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
