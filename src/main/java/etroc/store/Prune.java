package etroc.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/** Removes old results of an output, and the hits and events that no result left uses. The newest result always stays. */
public final class Prune {
    private final Output output;

    public Prune(Output output) {
        this.output = output;
    }

    /**
     * Keeps the newest results.
     *
     * @param results how many, at least one
     * @param remove whether to remove, or only to say what would be
     * @return what is, or would be, removed
     */
    public List<Path> keep(int results, boolean remove) throws IOException {
        String latest = output.latest().orElse("");
        List<String> ids = output.directories(output.results());
        Set<String> kept = new HashSet<>(ids.subList(Math.max(0, ids.size() - results), ids.size()));
        kept.add(latest);
        Set<Path> used = new HashSet<>();
        for (String id : ids) {
            if (kept.contains(id)) {
                Manifest manifest = Manifest.read(output, id);
                manifest.texts("hits").forEach(n -> {
                    used.add(new Path(output.hits(), "ingest=" + n));
                    used.add(new Path(output.files(), "ingest=" + n));
                });
                manifest.texts("events").forEach(n -> used.add(new Path(output.events(), n)));
            }
        }
        List<Path> unused = new ArrayList<>();
        ids.stream().filter(id -> !kept.contains(id)).forEach(id -> unused.add(new Path(output.results(), id)));
        for (Path place : List.of(output.hits(), output.files(), output.events())) {
            for (String name : output.directories(place)) {
                Path path = new Path(place, name);
                if (!used.contains(path)) {
                    unused.add(path);
                }
            }
        }
        if (remove) {
            for (Path path : unused) {
                output.delete(path);
            }
        }
        return unused;
    }
}
