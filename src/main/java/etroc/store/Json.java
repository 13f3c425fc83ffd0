package etroc.store;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import etroc.InputException;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.Path;

/**
 * The JSON files of an output: each says its format and which version wrote it, and ends with a checksum of the rest. Fields that nobody
 * knows are passed over.
 */
final class Json {
    /** What the files of this version look like; version 0.1 did not number its own. */
    static final int FORMAT = 3;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final String CHECKSUM = "crc32c";

    private Json() {}

    /** A record or map, with format and version before its own fields. */
    static byte[] write(Object content) throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("format", FORMAT);
        root.put("version", BuildInfo.current().version());
        root.setAll((ObjectNode) MAPPER.valueToTree(content));
        root.put(CHECKSUM, checksum(root));
        return MAPPER.writeValueAsBytes(root);
    }

    /** Of what it says, however it is spaced. */
    private static String checksum(ObjectNode root) throws IOException {
        CRC32C crc = new CRC32C();
        crc.update(MAPPER.writeValueAsBytes(root));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }

    /** What {@link #write} wrote, of any format. @throws InputException if it is damaged */
    static ObjectNode tree(Path file, byte[] content) {
        try {
            if (!(MAPPER.readTree(content) instanceof ObjectNode root)) {
                throw new InputException(file + " is damaged: it is empty, or no JSON object");
            }
            String written = root.path(CHECKSUM).asText();
            root.remove(CHECKSUM);
            if (format(root) == FORMAT && !checksum(root).equals(written)) {
                throw new InputException(file + " is damaged: its CRC-32C is " + checksum(root) + ", but written was "
                        + (written.isEmpty() ? "none" : printable(written)));
            }
            return root;
        } catch (IOException e) {
            throw damaged(file, e);
        }
    }

    /** In one line: Jackson's messages have a second one, and what they quote may be anything. */
    private static InputException damaged(Path file, IOException e) {
        String text = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new InputException(file + " is damaged: " + printable(text), e);
    }

    private static String printable(String text) {
        return text.replaceAll("\\P{Print}", "?");
    }

    private static int format(JsonNode root) {
        return root.path("format").asInt(1);
    }

    /**
     * The same as a record or tree.
     *
     * @throws FormatException if a version with another format wrote it
     * @throws InputException if it is damaged
     */
    static <T> T read(Path file, byte[] content, Class<T> type) {
        JsonNode root = tree(file, content);
        int format = format(root);
        if (format != FORMAT) {
            String version = printable(root.path("version").asText("0.1"));
            throw new FormatException(
                    file + " was made by etroc-spark " + version + " in format " + format + "; this is "
                            + BuildInfo.current().version() + ", which reads format " + FORMAT
                            + ". Run etroc scan or etroc telescope with --overwrite once, or use that version");
        }
        try {
            return MAPPER.treeToValue(root, type);
        } catch (IOException e) {
            throw damaged(file, e);
        }
    }
}
