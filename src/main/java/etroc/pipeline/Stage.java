package etroc.pipeline;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A stage of an analysis and what its result depends on. Two stages of one fingerprint have the same result.
 *
 * @param parts what it depends on besides the stage before it: settings, cut tables, code
 * @param fingerprint of the parts and of the stage before
 */
public record Stage(String name, Map<String, String> parts, String fingerprint) {
    /** Name of the part that is the code; its value is {@link CodeVersion}. */
    public static final String CODE = "code";
    /** Name of the part that is the list of input files. */
    public static final String FILES = "files";

    private static final int FINGERPRINT_BYTES = 8;

    /** A stage after another. */
    public static Stage of(String name, @Nullable Stage before, Map<String, String> parts) {
        Map<String, String> sorted = new TreeMap<>(parts);
        StringBuilder text = new StringBuilder(name).append('\n');
        text.append(before == null ? "" : before.fingerprint).append('\n');
        sorted.forEach((k, v) -> text.append(k).append('=').append(v).append('\n'));
        return new Stage(name, sorted, digest(text.toString()));
    }

    /** A short checksum of a text. */
    public static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Settings whose keys begin in one of these ways, as parts. */
    public static Map<String, String> settings(Map<String, String> all, String... prefixes) {
        Map<String, String> parts = new TreeMap<>();
        all.forEach((key, value) -> {
            for (String prefix : prefixes) {
                if (key.equals(prefix) || key.startsWith(prefix + ".")) {
                    parts.put("etroc." + key, value);
                }
            }
        });
        return parts;
    }

    /** What differs from an earlier stage's parts, in words. */
    List<String> changes(Map<String, String> earlier) {
        List<String> changes = new ArrayList<>();
        TreeSet<String> keys = new TreeSet<>(parts.keySet());
        keys.addAll(earlier.keySet());
        for (String key : keys) {
            String now = parts.get(key);
            String then = earlier.get(key);
            if (now != null && !now.equals(then)) {
                changes.add(
                        switch (key) {
                            case CODE -> "the program changed";
                            case FILES -> "input files changed";
                            default -> then == null ? key + " is new" : key + " changed";
                        });
            } else if (now == null) {
                changes.add(key + " is gone");
            }
        }
        return changes;
    }
}
