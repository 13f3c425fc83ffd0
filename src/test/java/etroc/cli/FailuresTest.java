package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.SparkException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** However a command fails, it is one line and an exit code. */
class FailuresTest {
    @Command(name = "fail")
    private record Failing(Throwable failure) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        }
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new OutOfMemoryError("Java heap space"), 3, "OutOfMemoryError: Java heap space"),
                Arguments.of(new StackOverflowError(), 3, "StackOverflowError"),
                Arguments.of(new Error(new IOException("No space left on device")), 3, "No space left on device"),
                Arguments.of(new IOException(new AccessDeniedException("/data/out")), 3, "no permission for /data/out"),
                Arguments.of(new NoSuchFileException("/proc/x"), 3, "no such file or directory: /proc/x"),
                Arguments.of(new FileSystemException("/proc/x"), 3, "FileSystem: /proc/x"),
                Arguments.of(new SparkException("Job aborted\nDriver stacktrace:"), 3, "Job aborted"),
                Arguments.of(new SparkException("task", new InputException("line 3 of x.dat")), 2, "line 3 of x.dat"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void areOneLineAndAnExitCode(Throwable failure, int code, String text) {
        StringWriter err = new StringWriter();
        CommandLine line =
                Main.commandLine().addSubcommand(new Failing(failure)).setErr(new PrintWriter(err, true));
        assertThat(line.execute("fail")).isEqualTo(code);
        assertThat(err.toString().lines())
                .containsExactly("etroc: " + (code == 3 ? "failed: " + text + " (-v shows where)" : text));
    }
}
