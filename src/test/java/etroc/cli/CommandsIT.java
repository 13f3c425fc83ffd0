package etroc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.CommandRun;
import etroc.Programs;
import etroc.cli.DocumentedCommands.Told;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * What documents and {@code --help} tell to type works as typed. Blocks of documents are run by a shell in a directory that looks like a
 * clone; those that say {@code <!-- not run: reason -->} are only parsed, as is what stands inside of sentences. Examples of {@code --help}
 * are run here, analyses with {@code --dry-run}.
 */
class CommandsIT {
    private static final Set<String> ANALYSES = Set.of("scan", "telescope", "ingest", "reprocess", "campaign");
    /** What the build does, or installs. */
    private static final Set<String> NOT_HERE = Set.of("mvn", "apt-get", "docker");

    @TempDir
    static Path directory;

    @Test
    void blocksOfDocumentsRun() throws Exception {
        Path clone = Files.createDirectories(directory.resolve("clone"));
        for (String part : List.of("submit", "conf", "notebooks", "src", "target")) {
            Files.createSymbolicLink(clone.resolve(part), Path.of(part).toAbsolutePath());
        }
        int run = 0;
        for (Path document : DocumentedCommands.documents()) {
            for (Told told : DocumentedCommands.blocks(document)) {
                String command = told.line().replaceFirst("^mvn [^&]*package[^&]*&& ", ""); // the build is there
                parses(told, command);
                String program = command.replaceFirst("^[A-Z_]+=\\S+ ", "").split(" ", 2)[0];
                if (told.notRun().isEmpty() && !NOT_HERE.contains(program) && isThere(program)) {
                    shell(clone, told, command);
                    run++;
                }
            }
        }
        assertThat(run).isGreaterThanOrEqualTo(2);
    }

    private static boolean isThere(String program) {
        return program.contains("/")
                || program.equals("source")
                || Programs.find(program).isPresent();
    }

    private static void shell(Path clone, Told told, String command) throws Exception {
        Path log = Files.createTempFile(directory, "shell", ".log");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command)
                .directory(clone.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("ETROC_CDS", "off");
        builder.environment().remove("SPARK_HOME");
        Process process = builder.start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        assertThat(process.waitFor())
                .as(told.place() + ": " + command + "\n" + Files.readString(log))
                .isZero();
    }

    /** Each command of a line has options and words that the program knows. */
    private static void parses(Told told, String line) {
        for (String command : line.split("&&|;|\\|")) {
            String[] words = DocumentedCommands.words(
                    command.strip().replaceFirst("^.*?\\bsubmit/(?:etroc|standalone|yarn|kubernetes)", "etroc"));
            if (!command.contains("submit/etroc")) {
                continue;
            }
            int own = Arrays.asList(words).indexOf("--") + 1; // before it stand options of spark-submit
            assertParses(told, Arrays.copyOfRange(words, own, words.length));
        }
    }

    private static void assertParses(Told told, String... words) {
        try {
            Main.commandLine().parseArgs(words);
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
    void examplesOfTheHelpRun() throws Exception {
        Path sandbox = sandbox();
        List<Told> examples = DocumentedCommands.examples(Main.commandLine());
        assertThat(examples).hasSizeGreaterThan(20);
        for (Told told : examples) {
            List<Object> words = new ArrayList<>();
            for (String word : DocumentedCommands.words(told.line())) {
                words.addAll(placed(sandbox, word));
            }
            if (ANALYSES.contains(words.get(0)) && !words.contains("--dry-run")) {
                words.add("--dry-run");
            }
            CommandRun run = CommandRun.of(words.toArray());
            assertThat(run.exit())
                    .as(told.place() + ": " + told.line() + "\n" + run.err())
                    .isZero();
            assertThat(run.out() + run.err()).doesNotContain("Exception").doesNotContainPattern("\\w\\[\\w+=");
        }
    }

    /** Inputs and outputs by the names that the help uses; small. */
    private static Path sandbox() throws IOException {
        Path sandbox =
                Files.createDirectories(directory.resolve("sandbox/data")).getParent();
        CommandRun.ok(
                "simulate", "scan", sandbox.resolve("scan"), "--charges", "14,20,26", "--step", 4, "--lines", 400);
        CommandRun.ok("scan", sandbox.resolve("scan"), "-o", sandbox.resolve("out"), "-q");
        CommandRun.ok("simulate", "telescope", sandbox.resolve("data/cosmics"), "--events", 500);
        Path beam = sandbox.resolve("data/cosmics/F9P5_F11P5_F5P9_Beam.txt");
        Files.copy(beam, sandbox.resolve("F9P5_F11P5_F5P9_Beam_HV235.txt"));
        CommandRun.ok("simulate", "scan", sandbox.resolve("data/scan-cold"), "--charges", "14,20,26", "--step", 4);
        Files.createDirectories(sandbox.resolve("data/beam-235V"));
        Files.copy(beam, sandbox.resolve("data/beam-235V/F9P5_F11P5_F5P9_Beam.txt"));
        Files.createDirectories(sandbox.resolve("conf"));
        Files.copy(Path.of("conf/campaign.conf"), sandbox.resolve("conf/campaign.conf"));
        Files.createDirectories(sandbox.resolve("campaign"));
        Files.createSymbolicLink(sandbox.resolve("campaign/scan"), sandbox.resolve("out"));
        Files.writeString(sandbox.resolve("campaign/campaign.html"), "");
        String cuts = "board_id,variable,cut_type,cut_value\n0,calibration_code,<,200\n";
        Files.writeString(sandbox.resolve("cuts.csv"), cuts);
        Files.writeString(sandbox.resolve("new_cuts.csv"), cuts);
        Files.writeString(sandbox.resolve("time_cuts.csv"), """
                cut_type,cut_direction,variable_1,board_id_1,variable_2,board_id_2,value_1,value_2,value_3
                diag-dist,<,time_of_arrival_ns,0,time_of_arrival_ns,1,1,,
                """);
        return sandbox;
    }

    /** A word, seen from the sandbox where it is the name of something that is or will be there; globs as a shell takes them. */
    private static List<String> placed(Path sandbox, String word) throws IOException {
        if (word.endsWith("/*/")) {
            try (Stream<Path> files = Files.list(sandbox.resolve(word.replace("/*/", "")))) {
                return files.filter(Files::isDirectory).map(Path::toString).toList();
            }
        }
        boolean isFile = word.matches("(data/|out\\b|conf/).*|[\\w.]+\\.(csv|txt|parquet)") && !word.contains("=")
                || Files.exists(FileSystems.getDefault().getPath(sandbox.toString(), word))
                        && !word.contains(" ")
                        && word.contains("/");
        return List.of(isFile ? sandbox.resolve(word).toString() : word);
    }
}
