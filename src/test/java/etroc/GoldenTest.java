package etroc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The mini-cases are small, and are what the whole cases say. */
class GoldenTest {
    private static final long MAX_FILE = 500_000;
    private static final long MAX_ALL = 700_000;

    private static List<Path> regularFiles(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        }
    }

    static List<String> cases() throws IOException {
        try (Stream<Path> paths = Files.list(Golden.mini("."))) {
            return paths.map(p -> p.getFileName().toString())
                    .filter(n -> n.matches("(beam|scan)-.*"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void miniCasesAreSmall() throws IOException {
        long all = 0;
        for (Path file : regularFiles(Golden.mini("."))) {
            assertThat(Files.size(file)).as(file.toString()).isLessThan(MAX_FILE);
            all += Files.size(file);
        }
        assertThat(all).isLessThan(MAX_ALL);
        assertThat(cases()).hasSize(8);
    }

    /** Inputs byte for byte; expectations line for line, as far as the mini-case has them. */
    @ParameterizedTest
    @MethodSource("cases")
    void miniCaseIsPartOfTheWhole(String name) throws IOException {
        Path whole = Golden.whole(name);
        Path mini = Golden.mini(name);
        if (name.startsWith("scan-")) {
            Map<String, String> files = new TreeMap<>();
            for (Path file : regularFiles(whole.resolve("input"))) {
                files.put(file.getFileName().toString(), Files.readString(file, StandardCharsets.US_ASCII));
            }
            assertThat(Golden.files(mini.resolve("input.txt"))).isEqualTo(files);
        } else {
            for (Path file : regularFiles(whole.resolve("input"))) {
                assertThat(Golden.read(mini.resolve("input").resolve(file.getFileName())))
                        .isEqualTo(Files.readAllBytes(file));
            }
        }
        for (Path file : regularFiles(mini.resolve("expected"))) {
            String plain = file.getFileName().toString().replace(".gz", "");
            String[] ours = text(mini.resolve("expected").resolve(plain));
            String[] theirs = text(whole.resolve("expected").resolve(plain));
            assertThat(theirs).as(plain).containsSubsequence(ours);
        }
        Golden.json(whole.resolve("case.json"))
                .properties()
                .forEach(setting -> assertThat(json(mini, setting.getKey())).isEqualTo(setting.getValue()));
    }

    private static Object json(Path mini, String key) {
        try {
            return Golden.json(mini.resolve("case.json")).get(key);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String[] text(Path file) {
        return new String(Golden.read(file), StandardCharsets.US_ASCII).split("\n");
    }
}
