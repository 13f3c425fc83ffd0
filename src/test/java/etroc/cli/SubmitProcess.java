package etroc.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code submit/etroc} of the distribution, in a process of its own. */
final class SubmitProcess {
    private SubmitProcess() {}

    /** Exit code, and standard output and error together. */
    record Finished(int exit, String output) {}

    /** The distribution that the build made. */
    static Path distribution() {
        return Path.of(System.getProperty("etroc.dist", "target/dist")).toAbsolutePath();
    }

    /** Starts a command; where it runs as a driver on a cluster it has the output's directory for its exit code. */
    static Process start(Path output, Object... arguments) throws IOException {
        return builder(output, arguments).start();
    }

    /** The same before it starts. */
    static ProcessBuilder builder(Path output, Object... arguments) {
        List<String> command = Stream.concat(Stream.of(distribution().resolve("bin/etroc")), Stream.of(arguments))
                .map(Object::toString)
                .toList();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("ETROC_CDS", "off"); // keeping class data takes longer than the tests
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().remove("SPARK_HOME");
        if (!List.of(arguments).contains("-o")) {
            builder.environment().put("ETROC_STATUS_DIR", output.getParent().toString());
        }
        return builder;
    }

    /**
     * Runs a command to its end.
     *
     * @param directory for its output
     */
    static Finished run(Path directory, Object... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "output", ".txt");
        Process process = start(output, arguments);
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return new Finished(process.waitFor(), Files.readString(output));
    }
}
