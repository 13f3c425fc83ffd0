package etroc.cli;

import etroc.spark.Sessions;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * The exit code of a driver that runs somewhere on a cluster: Spark does not hand it on, so the driver writes it to a file, and {@code
 * submit/etroc} reads it with this command. A cluster may start a driver again, so each attempt has a file of its own.
 */
@Command(
        name = "exit-status",
        description = "Ends with the exit code that a driver on a cluster wrote, and removes what it wrote.",
        hidden = true)
final class ExitStatus implements Callable<Integer> {
    static final String PROPERTY = "spark.etroc.exitStatus";

    @Parameters(paramLabel = "DIR", description = "Where the driver's attempts wrote their codes.")
    String directory = "";

    /** Writes the exit code of this process where spark-submit was told to, if it was. */
    static int written(int code) {
        @Nullable String directory = System.getProperty(PROPERTY);
        if (directory != null) {
            Path path = new Path(directory, System.currentTimeMillis() + "-" + UUID.randomUUID());
            try (var out = fileSystem(path).create(path, false)) {
                out.write(Integer.toString(code).getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                System.err.println("etroc: cannot write the exit code to " + path + ": " + e.getMessage());
                return Main.FAILURE;
            }
        }
        return code;
    }

    private static FileSystem fileSystem(Path path) throws IOException {
        return path.getFileSystem(Sessions.hadoopConf());
    }

    /** That of the attempt that succeeded: one after it finds the output there. Else that of the last. */
    @Override
    public Integer call() throws IOException {
        Path path = new Path(directory);
        FileSystem fs = fileSystem(path);
        List<Integer> codes = new ArrayList<>();
        try {
            FileStatus[] attempts = fs.listStatus(path);
            Arrays.sort(attempts);
            for (FileStatus attempt : attempts) {
                try (var in = fs.open(attempt.getPath())) {
                    codes.add(Integer.parseInt(new String(in.readAllBytes(), StandardCharsets.US_ASCII)));
                }
            }
        } catch (FileNotFoundException e) {
            // without its cause, which would be told in its place
            throw new IOException("the driver ended without an exit code; its log is where the cluster keeps it");
        }
        fs.delete(path, true);
        return codes.contains(0) ? 0 : codes.get(codes.size() - 1);
    }
}
