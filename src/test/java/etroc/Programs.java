package etroc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Programs beside Java and Maven that some tests drive. */
public final class Programs {
    private Programs() {}

    /**
     * Skips the test, saying why, on a machine that lacks one of the programs; in CI, which installs them, fails it.
     *
     * @param packages Debian packages that bring them
     */
    public static void need(List<String> programs, String packages) {
        for (String program : programs) {
            String message = program + " is not installed: apt-get install " + packages;
            if ("true".equals(System.getenv("CI"))) {
                assertThat(find(program)).as(message).isPresent();
            }
            assumeTrue(find(program).isPresent(), message);
        }
    }

    /** Where a program is on the PATH. */
    public static Optional<Path> find(String program) {
        return Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
