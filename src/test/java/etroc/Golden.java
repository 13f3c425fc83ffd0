package etroc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The cases with known answers beside the checkout; tests that need them skip, and say so, where they are absent. */
public final class Golden {
    private Golden() {}

    public static Path directory(String name) {
        Path path = Path.of(System.getProperty("etroc.shared", "../shared"))
                .resolve("golden")
                .resolve(name)
                .toAbsolutePath()
                .normalize();
        assumeTrue(Files.isDirectory(path), "no golden case at " + path);
        return path;
    }

    public static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    /** Rows of a CSV file by column name. */
    public static List<Map<String, String>> csv(Path file) {
        CsvParserSettings settings = new CsvParserSettings();
        settings.getFormat().setComment('\0');
        settings.setNullValue("");
        List<String[]> lines = new CsvParser(settings).parseAll(file.toFile());
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
}
