package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a driver ends, which is what a cluster goes by. */
class MainTest {
    /** Shows whether {@code main} came back. */
    static final class Caller {
        private static final int RETURNED = 17;

        private Caller() {}

        public static void main(String[] args) {
            Main.main(args);
            Runtime.getRuntime().halt(RETURNED);
        }
    }

    private static int exit(String... args) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Caller.class.getName());
        builder.command().addAll(java.util.List.of(args));
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    @Test
    void successReturnsAndFailureExits() throws Exception {
        assertThat(exit("--version")).isEqualTo(Caller.RETURNED);
        assertThat(exit("scann")).isEqualTo(1);
    }
}
