package etroc.scan.bench;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A folder or a file that is read as one.
 *
 * @param path of the folder or file
 * @param name what the folder's name says; null for a file that belongs to no folder
 * @param files in the order in which they are read
 */
record BenchPlace(BenchKind kind, String path, @Nullable BenchName name, List<Part> files) implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * A file of it.
     *
     * @param length [bytes]
     * @param modified [ms since 1970]
     */
    record Part(String path, long length, long modified) implements Serializable {
        private static final long serialVersionUID = 1L;

        String fileName() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    String lastName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    long bytes() {
        return files.stream().mapToLong(Part::length).sum();
    }

    BenchName folder() {
        return java.util.Objects.requireNonNull(name);
    }
}
