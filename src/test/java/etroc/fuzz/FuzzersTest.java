package etroc.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every fuzzer with its corpus ({@code src/test/resources/fuzz/NAME}: valid inputs, and what broke something once) and with mutations of it;
 * {@code -Dfuzz.mutations=100000 -Dfuzz.seed=7} for more.
 */
class FuzzersTest {
    private static final int MUTATIONS = Integer.getInteger("fuzz.mutations", 0);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final Path CORPUS = Path.of("src/test/resources/fuzz");

    private interface Property {
        void check(byte[] data) throws IOException;
    }

    private enum Fuzzer {
        LINES(LinesFuzzer::fuzzerTestOneInput, 1000),
        NAMES(NamesFuzzer::fuzzerTestOneInput, 5000),
        CUTS(CutsFuzzer::fuzzerTestOneInput, 500),
        SETTINGS(SettingsFuzzer::fuzzerTestOneInput, 500);

        private final Property property;
        private final int mutations;

        Fuzzer(Property property, int mutations) {
            this.property = property;
            this.mutations = mutations;
        }

        List<byte[]> corpus() throws IOException {
            try (Stream<Path> files = Files.list(CORPUS.resolve(name().toLowerCase(Locale.ROOT)))) {
                return files.sorted().map(FuzzersTest::read).toList();
            }
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingBreaksIt(Fuzzer fuzzer) throws IOException {
        List<byte[]> corpus = fuzzer.corpus();
        assertThat(corpus).isNotEmpty();
        for (byte[] data : corpus) {
            check(fuzzer, data, "corpus");
        }
        int mutations = MUTATIONS > 0 ? MUTATIONS : fuzzer.mutations;
        for (long seed = SEED; seed < SEED + mutations; seed++) {
            byte[] valid = corpus.get((int) (seed % corpus.size()));
            byte[] other = corpus.get((int) (seed * 31 % corpus.size()));
            check(fuzzer, new Mutation(seed).of(valid, other), "mutation of seed " + seed);
        }
        System.out.printf("%s: %d mutations of %d inputs%n", fuzzer, mutations, corpus.size());
    }

    private static void check(Fuzzer fuzzer, byte[] data, String what) {
        try {
            fuzzer.property.check(data);
        } catch (Exception | AssertionError | StackOverflowError e) {
            Path kept = keep(data);
            fail(fuzzer + ", " + what + " (kept as " + kept + "): " + e, e);
        }
    }

    private static Path keep(byte[] data) {
        try {
            return Files.write(Files.createTempFile("fuzz", ".input"), data);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
