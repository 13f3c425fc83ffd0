package etroc.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What the files of a directory were when they were written, in a file beside them.
 *
 * @param files by name
 */
record Checksums(Map<String, StoredFile> files) {
    static final String NAME = "_checksums.json";

    void write(FileSystem fs, Path directory) throws IOException {
        try (FSDataOutputStream out = fs.create(new Path(directory, NAME), true)) {
            out.write(Json.write(this));
        }
    }

    /** Those of a directory, if it has some. */
    static Optional<Checksums> of(FileSystem fs, Path directory) throws IOException {
        Path file = new Path(directory, NAME);
        try (FSDataInputStream in = fs.open(file)) {
            return Optional.of(Json.read(file, in.readAllBytes(), Checksums.class));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }
}
