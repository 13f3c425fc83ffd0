package etroc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Notebooks are stored as they are before anybody ran them. */
class NotebooksTest {
    @Test
    void haveNoOutputs() throws Exception {
        List<Path> notebooks;
        try (Stream<Path> files = Files.list(Path.of("notebooks"))) {
            notebooks = files.filter(f -> f.toString().endsWith(".ipynb")).toList();
        }
        assertThat(notebooks).hasSizeGreaterThanOrEqualTo(4);
        for (Path notebook : notebooks) {
            for (JsonNode cell : new JsonMapper().readTree(notebook.toFile()).get("cells")) {
                if (cell.get("cell_type").asText().equals("code")) {
                    assertThat(cell.get("outputs")).as(notebook.toString()).isEmpty();
                    assertThat(cell.get("execution_count").isNull())
                            .as(notebook.toString())
                            .isTrue();
                }
            }
        }
    }
}
