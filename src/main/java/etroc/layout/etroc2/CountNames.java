package etroc.layout.etroc2;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts by the names that users see. */
final class CountNames {
    private CountNames() {}

    static Map<String, Long> of(Map<? extends Enum<?>, Long> counts) {
        Map<String, Long> named = new TreeMap<>();
        counts.forEach((what, n) -> named.put(what.name().toLowerCase(Locale.ROOT), n));
        return named;
    }
}
