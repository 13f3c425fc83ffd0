package etroc.cli;

import etroc.spark.Sessions;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * The exit code of a driver that runs somewhere on a cluster: Spark does not hand it on, so the driver writes it to a file, and {@code
 * submit/etroc} reads it with this command.
 */
@Command(
        name = "exit-status",
        description = "Ends with the exit code that a driver on a cluster wrote, and removes its file.",
        hidden = true)
final class ExitStatus implements Callable<Integer> {
    private static final String PROPERTY = "spark.etroc.exitStatus";

    @Parameters(paramLabel = "FILE", description = "The file.")
    String file = "";

    /** Writes the exit code of this process where spark-submit was told to, if it was. */
    static int written(int code) {
        @Nullable String file = System.getProperty(PROPERTY);
        if (file != null) {
            Path path = new Path(file);
            try (var out = fileSystem(path).create(path, true)) {
                out.write(Integer.toString(code).getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                System.err.println("etroc: cannot write the exit code to " + file + ": " + e.getMessage());
                return Main.FAILURE;
            }
        }
        return code;
    }

    private static FileSystem fileSystem(Path path) throws IOException {
        return path.getFileSystem(Sessions.hadoopConf());
    }

    @Override
    public Integer call() throws IOException {
        Path path = new Path(file);
        FileSystem fs = fileSystem(path);
        int code;
        try (var in = fs.open(path)) {
            code = Integer.parseInt(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (FileNotFoundException e) {
            throw new IOException("the driver ended without an exit code; its log is where the cluster keeps it", e);
        }
        fs.delete(path, false);
        return code;
    }
}
