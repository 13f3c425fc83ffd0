package etroc.store;

import etroc.InputException;
import etroc.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * An output directory: {@code hits/}, {@code files/}, {@code events/}, {@code results/<id>/}, {@code LATEST}. What it holds is whole at every moment, also
 * with several writers: each directory appears at once ({@link Draft}) and is not changed, and {@code LATEST} names the result of whoever
 * switched it last.
 */
public final class Output {
    /** In Hadoop's configuration: whether the rename of a directory is one step, where that is not what the file system says. */
    public static final String RENAME = "etroc.output.rename";

    private static final String LATEST = "LATEST";
    /** Link to the newest result on local file systems. */
    private static final String LINK = "latest";

    private final Configuration conf;
    private final OutputFiles files;

    /** Kinds of directories that appear at once, and the file in each that says that it is whole. */
    public enum Part {
        /** Batches of ingested hits, {@code ingest=<number>}. */
        HITS("hits", "_batch.json"),
        /** What the hits of a batch are from, under the same number; there before them. */
        FILES("files", "_files.json"),
        /** Frames of ETROC2, also those without hits, and events of its firmware, under the number of their hits' batch. */
        FRAMES("frames", "_frames.json"),
        /** Events that later analyses of the same hits use again, by fingerprint. */
        EVENTS("events", "_events.json"),
        RESULTS("results", "manifest.json");

        private final String directory;
        private final String marker;

        Part(String directory, String marker) {
            this.directory = directory;
            this.marker = marker;
        }

        Path marker(Path directory) {
            return new Path(directory, marker);
        }
    }

    /** @throws UsageException if the place cannot be reached */
    public Output(String directory, Configuration conf) {
        this.conf = conf;
        try {
            this.files = new OutputFiles(new Path(directory), conf);
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException("output '" + directory + "': " + e.getMessage(), e);
        }
    }

    public Path root() {
        return files.root();
    }

    /** Where the directories of a part are. */
    public Path place(Part part) {
        return new Path(root(), part.directory);
    }

    /** Where one of them is. */
    public Path path(Part part, String name) {
        return new Path(place(part), name);
    }

    public Configuration conf() {
        return conf;
    }

    OutputFiles files() {
        return files;
    }

    /**
     * Whether an analysis may write here: nothing but its parts is there, and no result unless it may be replaced.
     *
     * @throws UsageException if the place is taken and may not be overwritten, or holds what this program did not write
     */
    public void check(boolean overwrite) throws IOException {
        if (findLatest().isPresent() && !overwrite) {
            throw new UsageException("output " + root() + " exists; etroc reprocess "
                    + root().toUri().getPath() + " brings it up to date, --overwrite replaces it, another -o keeps it");
        }
        files.checkWritable();
        Set<String> known = Set.of("hits", "files", "frames", "events", "results", LATEST, LINK);
        for (FileStatus child : files.children(root())) {
            String name = child.getPath().getName();
            if (!known.contains(name) && !name.startsWith("_")) {
                throw new UsageException(
                        "output " + root() + " holds '" + name + "', which no analysis wrote; nothing was overwritten");
            }
        }
    }

    /** Begins a directory. Where another has its name, it gets a number behind it; of equal {@link Part#EVENTS} the first stays alone. */
    public Draft draft(Part part, String name) throws IOException {
        return new Draft(this, part, 1, n -> n == 1 ? name : name + "-" + n);
    }

    /** Begins a directory of the name {@code <prefix><number>}, with a number that no other has, nor one of another part. */
    public Draft numbered(Part part, Part other, String prefix) throws IOException {
        int last = Stream.concat(files.children(place(part)).stream(), files.children(place(other)).stream())
                .map(s -> s.getPath().getName())
                .filter(n -> n.matches(prefix + "\\d{1,9}")) // another's name is in nobody's way
                .mapToInt(n -> Integer.parseInt(n.substring(prefix.length())))
                .max()
                .orElse(0);
        return new Draft(this, part, last + 1, n -> prefix + n);
    }

    /** Removes a directory that nothing uses yet. */
    public void remove(Part part, String name) throws IOException {
        files.delete(path(part, name));
    }

    /** Names of the whole directories of a part, sorted. */
    public List<String> whole(Part part) throws IOException {
        List<String> whole = new ArrayList<>();
        for (FileStatus child : files.children(place(part))) {
            String name = child.getPath().getName();
            if (child.isDirectory() && !name.startsWith("_") && files.fs().exists(part.marker(child.getPath()))) {
                whole.add(name);
            }
        }
        return whole.stream().sorted().toList();
    }

    /**
     * What the marker of a directory says; nothing if the directory is not whole, or if a version wrote it whose format is another: then it
     * is of no use, and is made again.
     */
    public <T> Optional<T> record(Part part, String name, Class<T> type) throws IOException {
        Path marker = part.marker(path(part, name));
        try {
            return files.find(marker).map(content -> Json.read(marker, content, type));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    /** What the markers of a part say, by the names of their directories, in their order. */
    public <T> Map<String, T> records(Part part, Class<T> type) throws IOException {
        Map<String, T> records = new LinkedHashMap<>();
        for (String name : whole(part)) {
            record(part, name, type).ifPresent(r -> records.put(name, r));
        }
        return records;
    }

    /** The name of whole events that {@link #draft} gave this name, or one with a number behind it. */
    public Optional<String> events(String name) throws IOException {
        for (String other : whole(Part.EVENTS)) {
            if ((other.equals(name) || other.startsWith(name + "-"))
                    && record(Part.EVENTS, other, Object.class).isPresent()) {
                return Optional.of(other);
            }
        }
        return Optional.empty();
    }

    /** Switches {@code LATEST}, and on a local file system the link {@code latest}. */
    void setLatest(String id) throws IOException {
        replace(LATEST, (id + "\n").getBytes(StandardCharsets.UTF_8));
        if (files.isLocal()) {
            java.nio.file.Path link = OutputFiles.local(new Path(root(), LINK));
            // where names have no case this is LATEST itself
            if (Files.isSymbolicLink(link) || !Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                java.nio.file.Path staged = OutputFiles.local(OutputFiles.staging(root()));
                try {
                    Files.createSymbolicLink(staged, java.nio.file.Path.of(Part.RESULTS.directory, id));
                    Files.move(staged, link, StandardCopyOption.ATOMIC_MOVE);
                } catch (IOException | UnsupportedOperationException e) {
                    Files.deleteIfExists(staged); // a convenience; LATEST says the same
                }
            }
        }
    }

    /** Writes a small file of the root in one step: whoever reads sees the old one or the new one. */
    public void replace(String name, byte[] content) throws IOException {
        files.replace(new Path(root(), name), content);
    }

    /** What {@code LATEST} says, whatever it is. */
    Optional<String> findLatest() throws IOException {
        return files.find(new Path(root(), LATEST)).map(text -> new String(text, StandardCharsets.UTF_8).trim());
    }

    /**
     * The id of the newest result set, if there is one.
     *
     * @throws InputException if {@code LATEST} names none that is whole
     */
    public Optional<String> latest() throws IOException {
        Optional<String> id = findLatest();
        if (id.isPresent() && !isResult(id.get())) {
            throw new InputException(
                    new Path(root(), LATEST) + " says '" + id.get().replaceAll("[^\\p{Print}]", "?")
                            + "', which is no result here; there are " + whole(Part.RESULTS)
                            + ": write one of these into it, or run etroc scan or etroc telescope with --overwrite");
        }
        return id;
    }

    private boolean isResult(String id) throws IOException {
        return id.matches("[\\w-]+") && files.fs().exists(Part.RESULTS.marker(path(Part.RESULTS, id)));
    }

    /** The newest result set. @throws InputException if there is none */
    public Path latestResult() throws IOException {
        return latest().map(id -> path(Part.RESULTS, id))
                .orElseThrow(() -> new InputException(root() + " holds no results: there is no file " + LATEST
                        + "; etroc scan and etroc telescope make them"));
    }
}
