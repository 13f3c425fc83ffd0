package etroc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * Cases with known answers. Mini-cases stand in {@code src/test/resources/golden}, so tests on them never skip; the whole cases that they were
 * taken from may stand beside the checkout, and tests that look at these skip, saying so, where they are absent. A file may be there as it is or
 * as {@code .gz}: here it is named without.
 */
public final class Golden {
    private static final Path MINI = Path.of("src/test/resources/golden").toAbsolutePath();

    private Golden() {}

    /** A mini-case of the repository. */
    public static Path mini(String name) {
        Path path = MINI.resolve(name);
        assertThat(path).isDirectory();
        return path;
    }

    /** A whole case beside the checkout; skips the test where it is absent. */
    public static Path whole(String name) {
        Path path = Path.of(System.getProperty("etroc.shared", "../shared"))
                .resolve("golden")
                .resolve(name)
                .toAbsolutePath()
                .normalize();
        assumeTrue(
                Files.isDirectory(path), "no whole golden case at " + path + "; its mini-case was tested all the same");
        return path;
    }

    /** Whether a case has a file. */
    public static boolean has(Path file) {
        return Files.exists(file) || Files.exists(packed(file));
    }

    private static Path packed(Path file) {
        return file.resolveSibling(file.getFileName() + ".gz");
    }

    /** What a file holds. */
    public static byte[] read(Path file) {
        try {
            if (Files.exists(file)) {
                return Files.readAllBytes(file);
            }
            try (InputStream in = new GZIPInputStream(Files.newInputStream(packed(file)))) {
                return in.readAllBytes();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(read(file));
    }

    /** Rows of a CSV file by column name. */
    public static List<Map<String, String>> csv(Path file) {
        CsvParserSettings settings = new CsvParserSettings();
        settings.getFormat().setComment('\0');
        settings.setNullValue("");
        List<String[]> lines =
                new CsvParser(settings).parseAll(new ByteArrayInputStream(read(file)), StandardCharsets.UTF_8);
        List<Map<String, String>> rows = new ArrayList<>();
        for (String[] line : lines.subList(1, lines.size())) {
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < line.length; i++) {
                row.put(lines.get(0)[i], line[i]);
            }
            rows.add(row);
        }
        return rows;
    }

    /** The files of a scan, which are too many to lie about: one text holds them all, each after a line {@code ==> name <==}. */
    public static Map<String, String> files(Path file) {
        Map<String, StringBuilder> contents = new TreeMap<>();
        StringBuilder current = new StringBuilder();
        for (String line : new String(read(file), StandardCharsets.US_ASCII).split("(?<=\n)")) {
            if (line.startsWith("==> ")) {
                current = contents.computeIfAbsent(line.replaceAll("==> | <==\n", ""), name -> new StringBuilder());
            } else {
                current.append(line);
            }
        }
        Map<String, String> files = new TreeMap<>();
        contents.forEach((name, content) -> files.put(name, content.toString()));
        return files;
    }
}
