package etroc.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/** What is in folders, which may hold links to others. */
final class Folders {
    private Folders() {}

    /** Without links that lead back to where one came from: what is there is listed already, and two of them would be followed for ever. */
    static List<FileStatus> children(FileSystem fs, FileStatus folder) throws IOException {
        return Arrays.stream(fs.listStatus(folder.getPath()))
                .filter(child ->
                        !child.isDirectory() || !"file".equals(fs.getUri().getScheme()) || !leadsBack(child))
                .toList();
    }

    private static boolean leadsBack(FileStatus child) {
        java.nio.file.Path path = java.nio.file.Path.of(child.getPath().toUri().getPath());
        if (Files.isSymbolicLink(path)) {
            for (java.nio.file.Path above = path.getParent(); above != null; above = above.getParent()) {
                if (isSame(path, above)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isSame(java.nio.file.Path a, java.nio.file.Path b) {
        try {
            return Files.isSameFile(a, b);
        } catch (IOException e) { // which listing it will say
            return false;
        }
    }
}
