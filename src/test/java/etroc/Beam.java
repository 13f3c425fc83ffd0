package etroc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Simulated telescope data of several runs, so that several tasks have something to do. */
public final class Beam {
    private static final String FILE = "F9P5_F11P5_F5P9_Beam";

    private Beam() {}

    /** Writes a file a run into a new directory. */
    public static Path simulate(Path directory, int runs, int events) throws IOException {
        Files.createDirectories(directory);
        for (int run = 0; run < runs; run++) {
            Path one = directory.resolveSibling(directory.getFileName() + "-run" + run);
            CommandRun.ok("simulate", "telescope", one, "--events", events, "--seed", run + 1);
            Files.move(one.resolve(FILE + ".txt"), directory.resolve(FILE + "_" + run + ".txt"));
        }
        return directory;
    }
}
