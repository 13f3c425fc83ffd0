package etroc.store;

import etroc.store.Output.Part;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAccumulator;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Removes what killed writers left half made, old results, and hits and events that no result uses. The newest result always stays.
 * Nothing whole is removed while somebody else may be writing: while a directory is in the making whose writer is not known to be gone and
 * which got a file within the last day. What appeared after this object was made stays too.
 */
public final class Prune {
    /** A writer of which nothing is seen for so long is gone. */
    static final Duration SILENCE = Duration.ofDays(1);

    private final Output output;
    private final OutputFiles files;
    private final Instant now;
    private final Map<Part, List<String>> there = new EnumMap<>(Part.class);

    /** Of what is there now. */
    public Prune(Output output) throws IOException {
        this(output, Instant.now());
    }

    Prune(Output output, Instant now) throws IOException {
        this.output = output;
        this.files = output.files();
        this.now = now;
        for (Part part : Part.values()) {
            there.put(part, output.whole(part));
        }
    }

    /** Who may be writing, and what, in words. */
    public List<String> writers() throws IOException {
        return halves(new ArrayList<>());
    }

    /** Removes what killed writers left. */
    public void sweep() throws IOException {
        List<Path> left = new ArrayList<>();
        halves(left);
        for (Path path : left) {
            files.delete(path);
        }
    }

    /**
     * Looks at what is not whole.
     *
     * @param left receives what is of writers that are gone
     * @return the other writers
     */
    private List<String> halves(List<Path> left) throws IOException {
        List<Path> silent = new ArrayList<>();
        List<String> writers = new ArrayList<>();
        for (Part part : Part.values()) {
            for (FileStatus child : files.children(output.place(part))) {
                Path path = child.getPath();
                List<String> claims = Claim.of(files, path);
                // in this order: a writer takes its claim back when the marker is there
                if (!isStaging(path) && files.fs().exists(part.marker(path))) {
                    continue;
                }
                if (claims.isEmpty()) {
                    left.add(path);
                } else if (isSilent(path)) {
                    silent.add(path);
                } else {
                    claims.forEach(c -> writers.add(path + " by " + c));
                }
            }
        }
        for (FileStatus child : files.children(output.root())) {
            if (isStaging(child.getPath()) && isSilent(child.getPath())) {
                left.add(child.getPath());
            }
        }
        if (writers.isEmpty()) { // else one of them may have begun these
            left.addAll(silent);
        }
        return writers;
    }

    private static boolean isStaging(Path path) {
        return path.getName().startsWith(OutputFiles.STAGING);
    }

    private boolean isSilent(Path path) throws IOException {
        LongAccumulator newest = new LongAccumulator(Math::max, 0);
        try {
            OutputFiles.eachFile(files.fs(), path, file -> newest.accumulate(file.getModificationTime()));
        } catch (FileNotFoundException e) {
            return false; // it is whole by now, or gone
        }
        return Duration.between(Instant.ofEpochMilli(newest.get()), now).compareTo(SILENCE) > 0;
    }

    /**
     * Keeps the newest results.
     *
     * @param results how many, with the one that {@code LATEST} names, which always stays
     * @param remove whether to remove, or only to say what would be
     * @return what is, or would be, removed
     */
    public List<Path> keep(int results, boolean remove) throws IOException {
        List<Path> all = new ArrayList<>();
        Map<Path, Part> unused = halves(all).isEmpty() ? unused(results) : Map.of();
        if (!remove || retire(unused)) {
            all.addAll(unused.keySet());
        }
        if (remove) {
            for (Path path : all) {
                files.delete(path);
            }
        }
        return all;
    }

    private Map<Path, Part> unused(int results) throws IOException {
        String latest = output.latest().orElse("");
        List<String> others = new ArrayList<>(there.getOrDefault(Part.RESULTS, List.of()));
        int kept = others.remove(latest) ? results - 1 : results;
        Set<String> old = new HashSet<>(others.subList(0, Math.max(0, others.size() - kept)));
        Set<Path> used = new HashSet<>();
        for (String id : output.whole(Part.RESULTS)) {
            if (!old.contains(id)) {
                used.add(output.path(Part.RESULTS, id));
                used.addAll(Manifest.uses(output, id));
            }
        }
        Map<Path, Part> unused = new LinkedHashMap<>();
        there.forEach((part, names) -> names.stream()
                .map(name -> output.path(part, name))
                .filter(path -> !used.contains(path))
                .forEach(path -> unused.put(path, part)));
        return unused;
    }

    /**
     * Takes the markers from directories, so that nobody begins to use them. If somebody may have begun meanwhile, they get them back.
     *
     * @return whether the directories may be removed
     */
    private boolean retire(Map<Path, Part> directories) throws IOException {
        Map<Path, byte[]> markers = new LinkedHashMap<>();
        for (Map.Entry<Path, Part> directory : directories.entrySet()) {
            Path marker = directory.getValue().marker(directory.getKey());
            files.find(marker).ifPresent(content -> markers.put(marker, content));
            files.delete(marker);
        }
        boolean alone = writers().isEmpty();
        for (Map.Entry<Path, byte[]> marker : alone ? Map.<Path, byte[]>of().entrySet() : markers.entrySet()) {
            files.write(marker.getKey(), marker.getValue());
        }
        return alone;
    }
}
