package etroc.store;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * What the files of a directory were when they were written, in a file beside them.
 *
 * @param files by name
 */
record Checksums(Map<String, StoredFile> files) {
    private static final String NAME = "_checksums.json";

    void write(OutputFiles output, Path directory) throws IOException {
        output.write(new Path(directory, NAME), Json.write(this));
    }

    /** Those of a directory, if it has some. */
    static Optional<Checksums> of(OutputFiles output, Path directory) throws IOException {
        Path file = new Path(directory, NAME);
        return output.find(file).map(content -> Json.read(file, content, Checksums.class));
    }
}
