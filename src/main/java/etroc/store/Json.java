package etroc.store;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import etroc.InputException;
import java.io.IOException;
import org.apache.hadoop.fs.Path;

/** The JSON files of an output: each says its format and which version wrote it. Fields that nobody knows are passed over. */
final class Json {
    /** What the files of this version look like; version 0.1 did not number its own. */
    static final int FORMAT = 2;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Json() {}

    /** A record or map, with format and version before its own fields. */
    static byte[] write(Object content) throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("format", FORMAT);
        root.put("version", BuildInfo.current().version());
        root.setAll((ObjectNode) MAPPER.valueToTree(content));
        return MAPPER.writeValueAsBytes(root);
    }

    /** Any JSON. @throws InputException if it is none */
    static JsonNode tree(Path file, byte[] content) {
        try {
            return MAPPER.readTree(content);
        } catch (IOException e) {
            throw new InputException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    /**
     * What {@link #write} wrote.
     *
     * @throws FormatException if a version with another format wrote it
     * @throws InputException if it is damaged
     */
    static <T> T read(Path file, byte[] content, Class<T> type) {
        JsonNode root = tree(file, content);
        int format = root.path("format").asInt(1);
        if (format != FORMAT) {
            String version = root.path("version").asText("0.1");
            throw new FormatException(
                    file + " was made by etroc-spark " + version + " in format " + format + "; this is "
                            + BuildInfo.current().version() + ", which reads format " + FORMAT
                            + ". Run etroc scan or etroc telescope with --overwrite once, or use that version");
        }
        try {
            return MAPPER.treeToValue(root, type);
        } catch (IOException e) {
            throw new InputException(file + " is damaged: " + e.getMessage(), e);
        }
    }
}
