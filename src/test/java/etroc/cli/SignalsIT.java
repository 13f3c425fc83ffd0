package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.CommandRun;
import etroc.Sqlite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Analyses that Ctrl-C or SIGTERM end at random moments take back what they have half made, and the newest result stays whole. {@code
 * -Dsignals=100 -Dsignals.seed=7} for more.
 */
class SignalsIT {
    private static final int SIGNALS = Integer.getInteger("signals", 3);
    private static final long SEED = Long.getLong("signals.seed", 1);
    private static final int SIGINT = 2;
    private static final int SIGTERM = 15;

    @TempDir
    Path directory;

    private String command = "";
    private int runs;
    private int hit;

    private Path temporary() throws IOException {
        return Files.createDirectories(directory.resolve("tmp"));
    }

    private Process start(Path out, Path told) throws IOException {
        List<Object> words = new ArrayList<>(List.of(command, directory.resolve("in"), "-o", out, "-q"));
        if (Files.exists(out.resolve("LATEST"))) {
            words.add("--overwrite");
        }
        ProcessBuilder builder = SubmitProcess.builder(told, words.toArray());
        builder.environment().put("JAVA_OPTS", "-Xmx1g -Djava.io.tmpdir=" + temporary());
        return builder.start();
    }

    /** @return seconds */
    private double whole(Path out) throws Exception {
        long start = System.nanoTime();
        Path told = directory.resolve("told" + runs++);
        assertThat(start(out, told).waitFor()).as(Files.readString(told)).isZero();
        return (System.nanoTime() - start) / 1e9;
    }

    /** What a shell that starts programs in the background lets them not have, as it may have done with this one. */
    private static boolean ignored(int signal) throws IOException {
        try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
            return status.filter(line -> line.startsWith("SigIgn:"))
                    .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) >> (signal - 1) & 1) == 1);
        }
    }

    private void signalled(Path out, int signal, double seconds) throws Exception {
        Path told = directory.resolve("told" + runs++);
        Process process = start(out, told);
        if (process.waitFor((long) (1000 * seconds), TimeUnit.MILLISECONDS)) {
            assertThat(process.exitValue()).as(Files.readString(told)).isZero();
            return;
        }
        hit++;
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("ends").isTrue();
        assertThat(process.exitValue()).isIn(0, 128 + signal);
        assertThat(Files.readString(told)).doesNotContain("\tat ", "failed");
    }

    /** Nothing is there that only a writer needs. */
    private void assertNothingLeft(Path out) throws IOException {
        try (Stream<Path> temporary = Files.list(temporary())) {
            assertThat(temporary).isEmpty();
        }
        if (Files.exists(out)) {
            try (Stream<Path> all = Files.walk(out)) {
                assertThat(all.map(p -> p.getFileName().toString()))
                        .noneMatch(name -> name.startsWith("_staging") || name.startsWith("_writing"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"scan, --charges 14,20 --step 10 --lines 100", "telescope, --events 2000"})
    void nothingHalfMadeIsLeft(String command, String simulation) throws Exception {
        this.command = command;
        List<Object> simulate = new ArrayList<>(List.of("simulate", command, directory.resolve("in"), "--seed", SEED));
        simulate.addAll(List.of(simulation.split(" ")));
        CommandRun.ok(simulate.toArray());
        Path undisturbed = directory.resolve("undisturbed");
        double seconds = whole(undisturbed);
        Path expected =
                Files.copy(Sqlite.latest(undisturbed).resolve("results.sqlite"), directory.resolve("expected.sqlite"));

        Random random = new Random(SEED);
        for (int i = 0; i < SIGNALS; i++) {
            Path out = i % 2 == 0 ? undisturbed : directory.resolve("other");
            double moment = seconds * (0.3 + 0.7 * random.nextDouble()); // before, a JVM starts
            int signal = random.nextBoolean() && !ignored(SIGINT) ? SIGINT : SIGTERM;
            signalled(out, signal, moment);
            assertNothingLeft(out);
            if (Files.exists(out.resolve("LATEST"))) {
                CommandRun.ok("verify", out);
                Sqlite.assertSame(expected, Sqlite.latest(out).resolve("results.sqlite"));
            }
        }
        whole(directory.resolve("other"));
        Sqlite.assertSame(expected, Sqlite.latest(directory.resolve("other")).resolve("results.sqlite"));
        System.out.printf(
                "%s: %d signals (seed %d), %d before the end; undisturbed %.1f s%n",
                command, SIGNALS, SEED, hit, seconds);
    }
}
