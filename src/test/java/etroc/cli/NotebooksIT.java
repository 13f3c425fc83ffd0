package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import etroc.CommandRun;
import etroc.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every notebook runs to its end on fresh results, in Jupyter itself, and shows something. */
class NotebooksIT {
    private static final String PACKAGES = "jupyter-nbconvert python3-ipykernel python3-pandas python3-matplotlib";

    @TempDir
    static Path directory;

    @BeforeAll
    static void analyse() throws Exception {
        Programs.need(List.of("jupyter"), PACKAGES);
        CommandRun.ok(
                "simulate", "scan", directory.resolve("scan"), "--charges", "14,20,26", "--step", 4, "--lines", 400);
        CommandRun.ok("simulate", "telescope", directory.resolve("beam"), "--events", 3000);
        CommandRun.ok((Object[]) ("simulate telescope " + directory.resolve("chips")
                        + " --chip etroc2 --layout fpga --files 1 --events 3000 --beam 8:8:1 --efficiency 0.95 --noise 0.1")
                .split(" "));
        CommandRun.ok("telescope", directory.resolve("chips"), "-o", directory.resolve("out/chips"), "-q");
        Path campaign = Files.writeString(directory.resolve("campaign.conf"), """
                campaign {
                  name = notebooks
                  output = out
                  datasets = [
                    { name = scan, kind = scan, inputs = [scan], tags { date = 2026-10-28 } }
                    { name = beam, kind = telescope, inputs = [beam], tags { bias_voltage = 235 V } }
                  ]
                }
                """);
        CommandRun.ok("campaign", campaign, "-q");
    }

    @ParameterizedTest
    @CsvSource({"01-dac-vs-charge, 2", "02-time-resolution, 4", "03-campaign, 2", "04-raw-files, 0", "05-etroc2-beam, 5"
    })
    void runs(String name, int figures) throws Exception {
        JsonNode cells = new JsonMapper()
                .readTree(execute(Path.of("notebooks", name + ".ipynb")).toFile())
                .get("cells");
        int pictures = 0;
        StringBuilder text = new StringBuilder();
        for (JsonNode cell : cells) {
            for (JsonNode output : cell.path("outputs")) {
                assertThat(output.get("output_type").asText())
                        .as(output.toString())
                        .isNotEqualTo("error");
                pictures += output.at("/data/image~1png").isMissingNode() ? 0 : 1;
                text.append(output.path("text")).append(output.at("/data/text~1plain"));
            }
        }
        assertThat(pictures).isEqualTo(figures);
        assertThat(text).hasSizeGreaterThan(200).doesNotContain("ERROR");
    }

    @ParameterizedTest
    @CsvSource({
        "03-campaign, campaign.sqlite, absent.sqlite, absent",
        "04-raw-files, SparkSession.builder(), absent(), cannot find symbol",
        "04-raw-files, import org.apache.spark.sql.*;, int infinite = 1 / 0;, ArithmeticException: / by zero"
    })
    void anErrorIsNotSwallowed(String name, String right, String wrong, String told) throws Exception {
        Path broken = directory.resolve("broken.ipynb");
        String notebook = Files.readString(Path.of("notebooks", name + ".ipynb"));
        Files.writeString(broken, notebook.replace(right, wrong));
        assertThat(jupyter(broken).waitFor()).isNotZero();
        assertThat(Files.readString(log(broken))).contains(told);
    }

    private static Path execute(Path notebook) throws Exception {
        Process process = jupyter(notebook);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log(notebook))).isZero();
        return directory.resolve("executed").resolve(notebook.getFileName());
    }

    private static Path log(Path notebook) {
        return directory.resolve(notebook.getFileName() + ".log");
    }

    private static Process jupyter(Path notebook) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        "notebooks/jupyter",
                        "nbconvert",
                        "--to",
                        "notebook",
                        "--execute",
                        "--ExecutePreprocessor.timeout=240",
                        "--output-dir",
                        directory.resolve("executed").toString(),
                        notebook.toString())
                .redirectErrorStream(true)
                .redirectOutput(log(notebook).toFile());
        builder.environment()
                .putAll(Map.of(
                        "ETROC_SCAN", directory.resolve("out/scan").toString(),
                        "ETROC_TELESCOPE", directory.resolve("out/beam").toString(),
                        "ETROC_BEAM", directory.resolve("out/chips").toString(),
                        "ETROC_CAMPAIGN", directory.resolve("out").toString(),
                        "ETROC_DATA", directory.resolve("beam").toString()));
        return builder.start();
    }
}
