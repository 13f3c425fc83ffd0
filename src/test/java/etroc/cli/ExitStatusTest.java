package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the caller of a driver on a cluster gets to know. */
class ExitStatusTest {
    @TempDir
    Path directory;

    @AfterEach
    void forget() {
        System.clearProperty(ExitStatus.PROPERTY);
    }

    private int read() {
        return Main.commandLine()
                .execute("exit-status", directory.resolve("status").toString());
    }

    /** A second attempt after a success finds the output there, which is its failure and not the command's. */
    @ParameterizedTest
    @CsvSource({"0, 1, 0", "3, 0, 0", "2, 2, 2", "3, 1, 1"})
    void isThatOfTheAttemptThatSucceededOrOfTheLast(int first, int second, int expected) throws Exception {
        System.setProperty(ExitStatus.PROPERTY, directory.resolve("status").toString());
        assertThat(ExitStatus.written(first)).isEqualTo(first);
        Thread.sleep(2);
        assertThat(ExitStatus.written(second)).isEqualTo(second);
        assertThat(read()).isEqualTo(expected);
        assertThat(directory.resolve("status")).doesNotExist();
    }

    @Test
    void aDriverThatWroteNoneFailed() {
        assertThat(read()).isEqualTo(Main.FAILURE);
    }

    @Test
    void nobodyAskedNothingWritten() {
        assertThat(ExitStatus.written(2)).isEqualTo(2);
        assertThat(directory).isEmptyDirectory();
    }
}
