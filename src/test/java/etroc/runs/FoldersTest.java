package etroc.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Folders with links: each file is found once. */
class FoldersTest {
    @TempDir
    Path directory;

    /** Loops that were followed would give 2^40 paths before the kernel says that there are too many links. */
    @Test
    @Timeout(20)
    void linksThatLeadBackAreNotFollowed() throws Exception {
        Path in = Files.createDirectories(directory.resolve("in"));
        Path below = Files.createDirectories(in.resolve("below"));
        Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
        Files.createFile(in.resolve("F9P5_F11P5_F5P9_Beam.txt"));
        Files.createFile(elsewhere.resolve("F9P5_F11P5_F5P9_Beam_1.txt"));
        Files.createSymbolicLink(below.resolve("back"), in);
        Files.createSymbolicLink(below.resolve("higher"), directory);
        Files.createSymbolicLink(in.resolve("self"), Path.of("self"));
        Files.createSymbolicLink(in.resolve("other"), elsewhere);
        Files.createSymbolicLink(elsewhere.resolve("and-back"), in);
        Inventory inventory = Inventory.list(List.of(in.toString()), new Configuration(), Inventory.Options.DEFAULT);
        assertThat(inventory.files().stream()
                        .map(f -> f.path().substring(f.path().lastIndexOf("/in/"))))
                .containsExactlyInAnyOrder("/in/F9P5_F11P5_F5P9_Beam.txt", "/in/other/F9P5_F11P5_F5P9_Beam_1.txt");
    }
}
