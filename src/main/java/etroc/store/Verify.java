package etroc.store;

import etroc.InputException;
import etroc.store.Output.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Reads all that an output holds and compares it with what was written of it: files of results with their manifest's checksums, hits and
 * events with those beside them, and that what a result uses is there.
 */
public final class Verify {
    private static final String AGAIN = "etroc scan or etroc telescope with --overwrite reads the data again";
    private static final Set<Part> OF_PARQUET = Set.of(Part.HITS, Part.FILES, Part.FRAMES, Part.EVENTS);

    private final Output output;
    private final List<String> damages = new ArrayList<>();
    private int filesRead;
    private long bytesRead;

    public Verify(Output output) {
        this.output = output;
    }

    /** Files read so far. */
    public int filesRead() {
        return filesRead;
    }

    /** Bytes of them. */
    public long bytesRead() {
        return bytesRead;
    }

    /** Reads everything. @return a line for each thing that is not as it was written, with what to do; empty if all is well */
    public List<String> all() throws IOException {
        try {
            output.latestResult();
        } catch (InputException e) {
            damages.add(e.getMessage());
        }
        for (String id : output.whole(Part.RESULTS)) {
            result(id);
        }
        return data();
    }

    /** Reads hits and events only. */
    public List<String> data() throws IOException {
        for (Part part : OF_PARQUET) {
            for (String name : output.whole(part)) {
                parquet(output.path(part, name));
            }
        }
        return List.copyOf(damages);
    }

    private void result(String id) throws IOException {
        Manifest manifest;
        try {
            manifest = Manifest.read(output, id);
        } catch (FormatException e) {
            damages.add(e.getMessage());
            return;
        } catch (InputException e) {
            damages.add(e.getMessage() + "; " + again(id));
            return;
        }
        Map<String, Map<String, String>> files = manifest.maps("files");
        Path directory = output.path(Part.RESULTS, id);
        compare(directory, files, again(id));
        Set<String> more = new TreeSet<>(names(directory));
        more.removeAll(files.keySet());
        more.remove("manifest.json");
        more.forEach(name -> damages.add(new Path(directory, name) + " is not in the manifest: nobody vouches for it"));
        used(id);
    }

    private void compare(Path directory, Map<String, Map<String, String>> files, String again) throws IOException {
        for (Map.Entry<String, Map<String, String>> file : files.entrySet()) {
            Path path = new Path(directory, file.getKey());
            if (!output.files().fs().exists(path)) {
                damages.add(path + " is missing; " + again);
                continue;
            }
            try {
                StoredFile found = StoredFile.of(path, null, output.conf());
                count(found.bytes());
                found.difference(file.getValue())
                        .ifPresent(d -> damages.add(path + " is damaged: " + d + "; " + again));
            } catch (IOException e) {
                damages.add(path + " cannot be read: " + e.getMessage() + "; " + again);
            }
        }
    }

    private void used(String id) throws IOException {
        Set<Path> whole = new HashSet<>();
        for (Part part : OF_PARQUET) {
            output.whole(part).forEach(name -> whole.add(output.path(part, name)));
        }
        for (Path used : Manifest.uses(output, id)) {
            if (!whole.contains(used)) {
                damages.add(used + ", which result " + id + " uses, is missing; etroc reprocess makes it again");
            }
        }
    }

    private String again(String id) throws IOException {
        return output.findLatest().filter(id::equals).isPresent()
                ? "etroc reprocess " + output.root().toUri().getPath() + " makes the result again"
                : "an older result; etroc prune removes it";
    }

    private List<String> names(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        String base = directory.toUri().getPath() + "/";
        OutputFiles.eachFile(output.files().fs(), directory, status -> {
            Path file = status.getPath();
            if (!file.getName().startsWith("_")) {
                names.add(file.toUri().getPath().substring(base.length()));
            }
        });
        return names;
    }

    /** Compares the files of a directory, and of those below it, with the checksums beside them. */
    private void parquet(Path directory) throws IOException {
        Optional<Checksums> written = Checksums.of(output.files(), directory);
        Set<String> found = new TreeSet<>();
        for (FileStatus child : output.files().children(directory)) {
            Path file = child.getPath();
            if (child.isDirectory()) {
                parquet(file);
            } else if (file.getName().endsWith(".parquet")) {
                found.add(file.getName());
                StoredFile before =
                        written.map(w -> w.files().get(file.getName())).orElse(null);
                if (before == null) {
                    damages.add(file + " has no checksum: nobody vouches for it; " + AGAIN);
                } else {
                    compare(file, before);
                }
            }
        }
        written.ifPresent(w -> w.files().keySet().stream()
                .filter(name -> !found.contains(name))
                .forEach(name -> damages.add(new Path(directory, name) + " is missing; " + AGAIN)));
    }

    private void compare(Path file, StoredFile before) {
        try {
            StoredFile now = StoredFile.of(file, null, output.conf());
            count(now.bytes());
            now.difference(before).ifPresent(d -> damages.add(file + " is damaged: " + d + "; " + AGAIN));
        } catch (IOException e) {
            damages.add(file + " cannot be read: " + e.getMessage() + "; " + AGAIN);
        }
    }

    private void count(long bytes) {
        filesRead++;
        bytesRead += bytes;
    }
}
