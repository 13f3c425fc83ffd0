package etroc.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFilesTest {
    @TempDir
    Path directory;

    /** Tasks of a job that was given up remove their files while the job removes all of them. */
    @Test
    void filesMayGoWhileTheyAreVisited() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            Files.writeString(directory.resolve(name), name);
        }
        FileSystem fs = FileSystem.getLocal(new Configuration());
        List<String> seen = new ArrayList<>();
        OutputFiles.eachFile(fs, new org.apache.hadoop.fs.Path(directory.toString()), file -> {
            seen.add(file.getPath().getName());
            for (String name : List.of("a", "b", "c")) {
                Files.deleteIfExists(directory.resolve(name));
            }
        });
        assertThat(seen).isSubsetOf("a", "b", "c").isNotEmpty();
    }

    @Test
    void filesOfAllLevelsAreVisitedOnce() throws Exception {
        Files.createDirectories(directory.resolve("x/y"));
        for (String name : List.of("a", "x/b", "x/y/c")) {
            Files.writeString(directory.resolve(name), name);
        }
        List<String> seen = new ArrayList<>();
        OutputFiles.eachFile(
                FileSystem.getLocal(new Configuration()),
                new org.apache.hadoop.fs.Path(directory.toString()),
                file -> seen.add(file.getPath().getName()));
        assertThat(seen).containsExactlyInAnyOrder("a", "b", "c");
    }
}
