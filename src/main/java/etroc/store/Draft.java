package etroc.store;

import etroc.store.Output.Part;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import org.apache.hadoop.fs.Path;

/**
 * A directory of an output in the making. Where a rename is one step it is written under a staging name of its own and appears by a rename
 * that never replaces anything; elsewhere it is written in place, under a name that no other writer has, and its marker comes last. What is
 * not published is removed, when the process ends at the latest; what a killed process leaves is {@link Prune}'s.
 */
public final class Draft implements AutoCloseable {
    private final Output output;
    private final Part part;
    private final IntFunction<String> names;
    private final Path path;
    private final Claim claim;
    private int number;
    private boolean open = true;

    /** @param number of the first name to try */
    Draft(Output output, Part part, int number, IntFunction<String> names) throws IOException {
        this.output = output;
        this.part = part;
        this.names = names;
        this.number = number;
        Path place = output.files().renames() ? OutputFiles.staging(output.place(part)) : named();
        Claim mine = claim(place);
        for (int tries = 1; !output.files().renames() && !mine.isAlone(); tries++) {
            // whoever is not alone steps back; those who met go different ways
            mine.remove(place);
            this.number += 1 + ThreadLocalRandom.current().nextInt(tries);
            place = named();
            mine = claim(place);
        }
        path = place;
        claim = mine;
        output.files().fs().deleteOnExit(path);
    }

    private Claim claim(Path place) throws IOException {
        boolean made = false;
        try {
            Claim own = new Claim(output.files(), place);
            made = true;
            return own;
        } finally {
            if (!made && output.files().renames()) { // elsewhere it may be another's
                output.files().delete(place);
            }
        }
    }

    private Path named() {
        return output.path(part, names.apply(number));
    }

    /** Where to write. Nobody else writes there, and nobody reads. */
    public Path path() {
        return path;
    }

    /**
     * Writes the marker and makes the directory appear.
     *
     * @param record what the marker says: a record or a map
     * @return name of the directory; of equal events, that of the first that were there
     */
    public String publish(Object record) throws IOException {
        if (!output.files().renames()) { // else only the staging name goes, which is free by then
            output.files().fs().cancelDeleteOnExit(path);
        }
        while (true) {
            Optional<String> first = part == Part.EVENTS ? output.events(names.apply(1)) : Optional.empty();
            if (first.isPresent()) {
                close();
                return first.get();
            }
            if (part == Part.FILES) { // which no job of Spark's writes
                checksums();
            }
            output.files().write(part.marker(path), Json.write(record));
            if (!output.files().renames() || output.files().move(path, named())) {
                break;
            }
            number++;
        }
        open = false;
        output.files().fs().cancelDeleteOnExit(path);
        claim.remove(named());
        return names.apply(number);
    }

    private void checksums() throws IOException {
        Map<String, StoredFile> files = new TreeMap<>();
        OutputFiles.eachFile(output.files().fs(), path, f -> {
            if (!f.getPath().getName().startsWith("_")) {
                files.put(f.getPath().getName(), StoredFile.of(f.getPath(), null, output.conf()));
            }
        });
        new Checksums(files).write(output.files(), path);
    }

    /** Removes what was not published. */
    @Override
    public void close() throws IOException {
        if (open) {
            open = false;
            // the name may become another's; a staging name is removed again when Spark's tasks have ended
            if (!output.files().renames()) {
                output.files().fs().cancelDeleteOnExit(path);
            }
            output.files().delete(path);
        }
    }
}
