package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.cli.DocumentedCommands.Told;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What documents and {@code --help} tell to type are commands and options that there are. */
class CommandsTest {
    /** What is missing in a sentence is not wrong: only words that the command does not know are. */
    private static void assertParses(Told told, String... words) {
        try {
            Main.commandLine().parseArgs(words);
        } catch (CommandLine.MissingParameterException e) {
            Stream.of(words)
                    .filter(w -> w.startsWith("--"))
                    .forEach(w -> assertThat(e.getCommandLine().getCommandSpec().optionsMap())
                            .as(told.place() + ": " + told.line())
                            .containsKey(w.replaceFirst("=.*", "")));
        } catch (CommandLine.ParameterException e) {
            throw new AssertionError(told.place() + ": " + told.line() + ": " + e.getMessage(), e);
        }
    }

    @Test
    void commandsInsideOfSentencesParse() throws Exception {
        List<Told> all = new ArrayList<>();
        for (Path document : DocumentedCommands.documents()) {
            all.addAll(DocumentedCommands.inline(document));
        }
        assertThat(all).hasSizeGreaterThan(10);
        for (Told told : all) {
            String[] words = DocumentedCommands.words(told.line().replaceAll(" N\\b", " 1"));
            if (words.length > 1) { // a command's name alone is no command
                assertParses(told, words);
            }
        }
    }

    @Test
    void blocksAndExamplesParse() throws Exception {
        List<Told> all = new ArrayList<>(DocumentedCommands.examples(Main.commandLine()));
        for (Path document : DocumentedCommands.documents()) {
            for (Told told : DocumentedCommands.blocks(document)) {
                for (String command : told.line().split("&&")) {
                    if (command.strip().startsWith("submit/etroc ")) {
                        all.add(new Told(told.place(), command.strip(), told.notRun()));
                    }
                }
            }
        }
        assertThat(all).hasSizeGreaterThan(25);
        all.forEach(told -> assertParses(told, DocumentedCommands.words(told.line())));
    }
}
