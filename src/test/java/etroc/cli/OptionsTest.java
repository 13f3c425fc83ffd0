package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.CommandRun;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class OptionsTest {
    private static TreeSet<String> options(String command) {
        CommandLine line = Main.commandLine().getSubcommands().get(command);
        return line.getCommandSpec().options().stream()
                .flatMap(o -> Stream.of(o.names()))
                .filter(n -> n.startsWith("--"))
                .filter(n -> !n.equals("--help") && !n.equals("--version"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void onlyOptionsThatDoSomethingAreOffered() {
        Map<String, List<String>> expected = Map.of(
                "ingest",
                        List.of(
                                "--config",
                                "--cores",
                                "--dry-run",
                                "--output",
                                "--overwrite",
                                "--quiet",
                                "--set",
                                "--verbose"),
                "report", List.of("--config", "--dry-run", "--formats", "--set", "--verbose"),
                "export", List.of("--output", "--overwrite", "--verbose"));
        expected.forEach((command, names) -> assertThat(options(command)).containsExactlyElementsOf(names));
        assertThat(options("scan")).contains("--cuts").doesNotContain("--time-cuts");
        assertThat(options("telescope")).contains("--cuts", "--time-cuts", "--until");
        assertThat(options("reprocess")).contains("--cuts", "--time-cuts", "--until");
        assertThat(CommandRun.of("ingest", "x", "-o", "y", "--cuts", "c.csv").exit())
                .isEqualTo(Main.USAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scan x -o y --set nothing -v",
                "-v scan x -o y --set nothing",
                "scan x -o y --set nothing -qv",
                "show nowhere --verbose",
                "prune nowhere --keep 1 -v",
                "simulate scan /dev/null --boards 9 -v"
            })
    void verboseShowsWhereAnErrorIs(String command) {
        CommandRun run = CommandRun.of(Arrays.copyOf(command.split(" "), command.split(" ").length, Object[].class));
        assertThat(run.exit()).isNotZero();
        assertThat(run.err()).contains("Exception", "at etroc.");
    }

    @ParameterizedTest
    @CsvSource({
        "scan x --outpt y, --output",
        "scan x -o y --setts a=b, --set",
        "telescope x -o y --until=cuts --systematic, --systematics",
        "simulate scan x --sed 1, --seed"
    })
    void aMisspeltOptionIsNamedWithTheNearest(String command, String nearest) {
        CommandRun run = CommandRun.of((Object[]) command.split(" "));
        assertThat(run.exit()).isEqualTo(Main.USAGE);
        assertThat(run.err()).contains("unknown option '--", "the nearest is " + nearest + System.lineSeparator());
    }

    @Test
    void aMissingOptionIsNamed() {
        assertThat(CommandRun.of("scan", "x").err()).contains("Missing required option: '--output=OUT'");
    }

    @Test
    void withoutWordsTheCommandsAreListed() {
        for (String[] words : new String[][] {{}, {"simulate"}}) {
            CommandLine line = Main.commandLine();
            java.io.StringWriter err = new java.io.StringWriter();
            assertThat(line.setErr(new java.io.PrintWriter(err, true)).execute(words))
                    .isEqualTo(Main.USAGE);
            assertThat(err.toString()).contains("scan", "telescope");
        }
    }

    @ParameterizedTest
    @CsvSource({"0, at least 1", "-2, at least 1"})
    void coresAreAtLeastOne(int cores, String told) {
        CommandRun run = CommandRun.of("scan", "src/test", "-o", "/tmp/nowhere", "--cores", cores);
        assertThat(run.exit()).isEqualTo(Main.USAGE);
        assertThat(run.err()).contains(told);
    }

    @ParameterizedTest
    @CsvSource({"scan x -o y --set nothing", "show nowhere --table -v"})
    void otherwiseThereIsOneLine(String command) {
        CommandRun run = CommandRun.of((Object[]) command.split(" "));
        assertThat(run.err().lines().filter(l -> l.contains("at etroc."))).isEmpty();
    }
}
