package etroc.runs;

import java.io.Serializable;

/**
 * One file of a run's data.
 *
 * @param path full path, with the file system's scheme
 * @param length size [bytes], as stored (compressed for {@code .gz})
 * @param modified modification time [ms since 1970]
 * @param split the file's number within its run; 0 where the name has none
 */
public record DataFile(String path, long length, long modified, Run run, int split) implements Serializable {
    /** A compressed file is read from its beginning only. */
    public boolean compressed() {
        return path.endsWith(".gz");
    }
}
