package etroc.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;

/** What README, {@code src/docs}, notebooks' README and {@code --help} tell to type. */
final class DocumentedCommands {
    /** Stands on the line before a block that is too heavy for a test, with the reason. */
    private static final Pattern NOT_RUN = Pattern.compile("<!-- not run: (.+) -->");

    private static final Pattern COMMAND = Pattern.compile(
            "    ((?:[A-Z_]+=\\S+ )?(?:mvn|submit/|notebooks/jupyter|sqlite3|duckdb|python3|apt-get|docker|tar|source"
                    + "|pyspark|spark-shell|target/|etroc-).*)");
    private static final Pattern INLINE = Pattern.compile("`(?:submit/)?(etroc [a-z][^`|\\[…]*)`");
    private static final Pattern WORD = Pattern.compile("((?:[^\\s'\"]|'[^']*'|\"[^\"]*\")+)");

    private DocumentedCommands() {}

    /**
     * A line of a block.
     *
     * @param notRun why it is not run; empty: it is
     */
    record Told(String place, String line, String notRun) {}

    static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(
                List.of(Path.of("README.md"), Path.of("src/docs/tutorial.md"), Path.of("notebooks/README.md")));
        try (Stream<Path> docs = Files.list(Path.of("src/docs"))) {
            docs.filter(d -> d.toString().endsWith(".md") && !documents.contains(d))
                    .sorted()
                    .forEach(documents::add);
        }
        return documents;
    }

    /** Lines of the blocks of a document, in its order. */
    static List<Told> blocks(Path document) throws IOException {
        List<Told> told = new ArrayList<>();
        String reason = "";
        int number = 0;
        for (String line : Files.readAllLines(document)) {
            number++;
            Matcher directive = NOT_RUN.matcher(line);
            Matcher command = COMMAND.matcher(line);
            if (directive.matches()) {
                reason = directive.group(1);
            } else if (command.matches()) {
                told.add(new Told(document + ":" + number, command.group(1), reason));
            } else if (!line.isBlank() && !line.startsWith("    ")) {
                reason = "";
            }
        }
        return told;
    }

    /** What stands inside of sentences: {@code etroc report OUT}. */
    static List<Told> inline(Path document) throws IOException {
        List<Told> told = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(document)) {
            number++;
            Matcher inline = INLINE.matcher(line);
            while (inline.find()) {
                told.add(new Told(document + ":" + number, inline.group(1), ""));
            }
        }
        return told;
    }

    /** Examples of the help of a command and those below it. */
    static List<Told> examples(CommandLine line) {
        List<Told> told = new ArrayList<>();
        for (String footer : line.getCommandSpec().usageMessage().footer()) {
            if (footer.startsWith("  etroc ")) {
                told.add(new Told(line.getCommandSpec().qualifiedName() + " --help", footer.strip(), ""));
            }
        }
        line.getSubcommands().values().forEach(below -> told.addAll(examples(below)));
        return told;
    }

    /** The words of a line as a shell takes them, without the program; only quotes are known. */
    static String[] words(String command) {
        return WORD.matcher(command)
                .results()
                .map(m -> m.group(1).replaceAll("'([^']*)'|\"([^\"]*)\"", "$1$2"))
                .skip(1)
                .toArray(String[]::new);
    }
}
