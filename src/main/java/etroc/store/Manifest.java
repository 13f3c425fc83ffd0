package etroc.store;

import com.fasterxml.jackson.databind.JsonNode;
import etroc.InputException;
import etroc.store.Output.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/** What made a result set, read back from its {@code manifest.json}. */
public final class Manifest {
    /** What the names of batches begin with; the manifest has their numbers. */
    public static final String BATCH = "ingest=";
    /** Value of {@code chip} where the data are of this one. */
    public static final String ETROC2 = "etroc2";

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

    /**
     * That of a result set.
     *
     * @throws FormatException if a version with another format made it
     * @throws InputException if it is missing or damaged
     */
    public static Manifest read(Output output, String id) throws IOException {
        Path file = file(output, id);
        byte[] content = output.files()
                .find(file)
                .orElseThrow(() -> new InputException("there is no " + file + ": the result is not whole"));
        return new Manifest(id, Json.read(file, content, JsonNode.class));
    }

    static Path file(Output output, String id) {
        return Part.RESULTS.marker(output.path(Part.RESULTS, id));
    }

    /** Hits, their files, and events that a result set of any format uses. */
    static List<Path> uses(Output output, String id) throws IOException {
        Path file = file(output, id);
        List<Path> uses = new ArrayList<>();
        Optional<byte[]> content = output.files().find(file);
        if (content.isPresent()) {
            Manifest manifest = new Manifest(id, Json.tree(file, content.get()));
            for (String number : manifest.texts("hits")) {
                uses.add(output.path(Part.HITS, BATCH + number));
                uses.add(output.path(Part.FILES, BATCH + number));
                if (manifest.text("chip").equals(ETROC2)) {
                    uses.add(output.path(Part.FRAMES, BATCH + number));
                }
            }
            manifest.texts("events").forEach(n -> uses.add(output.path(Part.EVENTS, n)));
        }
        return uses;
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
        root.at("/" + path).properties().forEach(e -> maps.put(e.getKey(), map(e.getValue())));
        return maps;
    }
}
