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
import org.apache.spark.package$;

/**
 * What a stage's result depends on. Two stages of one fingerprint have the same result.
 *
 * @param stage name of the stage
 * @param parts what it depends on besides the stage before it
 * @param value checksum of the parts and of the stage before
 */
public record Fingerprint(String stage, Map<String, String> parts, String value) {
    private static final String CODE = "code";
    private static final String SPARK = "spark";
    private static final int BYTES = 8;

    /** The fingerprints of stages that follow each other. */
    public static List<Fingerprint> of(List<Stage> stages) {
        List<Fingerprint> all = new ArrayList<>();
        String before = "";
        for (Stage stage : stages) {
            Map<String, String> parts = new TreeMap<>(stage.depends());
            parts.put(CODE, ReachedCode.checksum(stage.code()));
            parts.put(SPARK, package$.MODULE$.SPARK_VERSION());
            StringBuilder text = new StringBuilder(stage.name()).append('\n').append(before);
            parts.forEach((k, v) -> text.append('\n').append(k).append('=').append(v));
            before = digest(text.toString());
            all.add(new Fingerprint(stage.name(), parts, before));
        }
        return all;
    }

    /** A short checksum of a text. */
    public static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What differs from the parts of an earlier result's stage, in words. */
    List<String> changes(Map<String, String> earlier) {
        List<String> changes = new ArrayList<>();
        TreeSet<String> keys = new TreeSet<>(parts.keySet());
        keys.addAll(earlier.keySet());
        for (String key : keys) {
            String now = parts.get(key);
            String then = earlier.get(key);
            if (now == null) {
                changes.add(key + " is gone");
            } else if (!now.equals(then)) {
                changes.add(
                        switch (key) {
                            case CODE -> "the program changed";
                            case SPARK -> "Spark is another version";
                            case Stage.FILES -> "input files changed";
                            default -> then == null ? key + " is new" : key + " changed";
                        });
            }
        }
        return changes;
    }
}
