package etroc.cli;

import etroc.UsageException;
import etroc.spark.Sessions;
import etroc.store.Output;
import etroc.store.ResultSetReader;
import etroc.store.TableText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code etroc export OUT TABLE [-o FILE.csv]}. */
@Command(
        name = "export",
        description = "Writes a table of the newest result as CSV.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  etroc export out dac_vs_charge -o lines.csv"})
final class ExportCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "OUT", description = "Output of etroc scan or etroc telescope.")
    String out = "";

    @Parameters(
            index = "1",
            paramLabel = "TABLE",
            description = "Name of the table; etroc show OUT --tables lists them.")
    String table = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE.csv",
            description = "File to write; without it the table is printed.")
    @Nullable
    Path file;

    @Option(names = "--overwrite", description = "Replace the file.")
    boolean overwrite;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (ResultSetReader reader = new ResultSetReader(new Output(out, Sessions.hadoopConf()))) {
            String csv = TableText.csv(reader.table(table));
            if (file == null) {
                spec.commandLine().getOut().print(csv);
                spec.commandLine().getOut().flush();
                return 0;
            }
            if (Files.exists(file) && !overwrite) {
                throw new UsageException("file " + file + " exists; --overwrite replaces it");
            }
            write(file, csv);
        }
        return 0;
    }

    /** All of it or nothing, also where the disk is full. */
    private static void write(Path file, String csv) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) { // a pipe
            Files.writeString(file, csv);
            return;
        }
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            Files.writeString(part, csv);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
