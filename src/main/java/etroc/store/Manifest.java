package etroc.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import etroc.InputException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/** What made a result set, read back from its {@code manifest.json}. */
public final class Manifest {
    static final String FILE = "manifest.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String id;
    private final JsonNode root;

    private Manifest(String id, JsonNode root) {
        this.id = id;
        this.root = root;
    }

    /** The newest result's, if there is one. */
    public static Optional<Manifest> latest(Output output) throws IOException {
        Optional<String> id = output.latest();
        return id.isEmpty() ? Optional.empty() : Optional.of(read(output, id.get()));
    }

    /** That of a result set. @throws InputException if it is missing or damaged */
    public static Manifest read(Output output, String id) throws IOException {
        Path file = new Path(new Path(output.results(), id), FILE);
        byte[] content = output.find(file)
                .orElseThrow(() -> new InputException("result " + id + " has no " + FILE + " in " + file.getParent()));
        try {
            return new Manifest(id, JSON.readTree(content));
        } catch (IOException e) {
            throw new InputException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    public String id() {
        return id;
    }

    /** A value by its path, such as {@code job/kind}; empty if it is not there. */
    public String text(String path) {
        return root.at("/" + path).asText("");
    }

    /** Texts of a list. */
    public List<String> texts(String path) {
        return root.at("/" + path).valueStream().map(JsonNode::asText).toList();
    }

    /** Names and texts of the objects of a list. */
    public List<Map<String, String>> rows(String path) {
        return root.at("/" + path).valueStream().map(Manifest::map).toList();
    }

    /** Names and texts of an object, in the order of the names. */
    public Map<String, String> map(String path) {
        return map(root.at("/" + path));
    }

    private static Map<String, String> map(JsonNode object) {
        Map<String, String> map = new TreeMap<>();
        object.properties().forEach(e -> map.put(e.getKey(), e.getValue().asText()));
        return map;
    }

    /** Names of the objects of an object, in their order, and what they hold. */
    public Map<String, Map<String, String>> maps(String path) {
        Map<String, Map<String, String>> maps = new LinkedHashMap<>();
        root.at("/" + path).properties().forEach(e -> maps.put(e.getKey(), map(path + "/" + e.getKey())));
        return maps;
    }
}
