package etroc.source.etroc2;

import etroc.UsageException;
import etroc.layout.etroc2.CounterEvents.Counters;
import etroc.layout.etroc2.Etroc2Layout;
import etroc.layout.etroc2.TextDialect;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How ETROC2 data are read.
 *
 * @param layout {@code auto | kcu | fpga | nem | mixed}
 * @param dialect of translated text; null: recognised
 * @param boards how boards are numbered
 * @param eventDepth how many of the latest events a header may join
 * @param offsets of the counters by stream; null: found
 * @param failFast whether the first error in the data stops the reading
 * @param errorsKept how many errors are kept with their places
 * @param partitions number of partitions to aim at; 0: some a core
 */
public record Etroc2Options(
        String layout,
        @Nullable TextDialect dialect,
        BoardNumbers boards,
        int eventDepth,
        @Nullable Map<Integer, Counters> offsets,
        boolean failFast,
        int errorsKept,
        int partitions)
        implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MAX_DEPTH = 1024;

    /** Reads them from names and texts, in any case of the names. @throws UsageException if one is odd */
    public static Etroc2Options of(Map<String, String> options) {
        Map<String, String> lower = new HashMap<>();
        options.forEach((k, v) -> lower.put(k.toLowerCase(Locale.ROOT), v));
        String layout = lower.getOrDefault("layout", "auto").toLowerCase(Locale.ROOT);
        if (!layout.equals("auto")) {
            Etroc2Layout.check(layout);
        }
        String dialect = lower.getOrDefault("dialect", "auto");
        return new Etroc2Options(
                layout,
                dialect.equals("auto")
                        ? null
                        : TextDialect.named(dialect)
                                .orElseThrow(() -> new UsageException("dialect '" + dialect
                                        + "' is unknown; possible: auto, keyed, nem-0, nem-1, nem-2, sem-1, sem-2")),
                BoardNumbers.of(lower.getOrDefault("boards", "chip")),
                number(lower, "event-depth", 8, 1, MAX_DEPTH),
                offsets(lower.getOrDefault("counter-offsets", "auto")),
                lower.getOrDefault("mode", "PERMISSIVE").equalsIgnoreCase("FAILFAST"),
                number(lower, "errors-kept", 1000, 0, 1_000_000),
                number(lower, "partitions", 0, 0, 1_000_000));
    }

    private static int number(Map<String, String> options, String key, int fallback, int least, int most) {
        String text = options.getOrDefault(key, Integer.toString(fallback));
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // the message is the same
        }
        throw new UsageException("option " + key + " of format etroc2 is '" + text + "'; possible: a number from "
                + least + " to " + most);
    }

    /** {@code auto}, {@code none}, or {@code 42=118:3015, 12=0:0}: stream, L1 counter and BCID. */
    private static @Nullable Map<Integer, Counters> offsets(String text) {
        if (text.equals("auto")) {
            return null;
        }
        Map<Integer, Counters> offsets = new TreeMap<>();
        if (text.equals("none")) {
            return offsets;
        }
        try {
            for (String entry : text.replaceAll("[{}\"\\s]", "").split(",", -1)) {
                String[] parts = entry.split("[=:]", 3);
                offsets.put(
                        Integer.parseInt(parts[0]),
                        new Counters(Integer.parseInt(parts[1]), Integer.parseInt(parts[2])));
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new UsageException(
                    "counter-offsets '" + text + "': possible are auto, none, or stream = L1:BCID such as 42=118:3015",
                    e);
        }
        return offsets;
    }
}
