package etroc.cli;

import etroc.UsageException;
import etroc.spark.Sessions;
import etroc.store.Output;
import etroc.store.ResultSetReader;
import etroc.store.TableText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.commons.io.output.CloseShieldWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code etroc export OUT TABLE [-o FILE.csv]}. */
@Command(
        name = "export",
        description = "Writes a table of the newest result, or its events, as CSV.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  etroc export out dac_vs_charge -o lines.csv",
            "  etroc export out events -o events.csv"
        })
final class ExportCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "OUT", description = "Output of etroc scan or etroc telescope.")
    String out = "";

    @Parameters(
            index = "1",
            paramLabel = "TABLE",
            description = "Name of the table, which etroc show OUT --tables lists; or events.")
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
        if (file != null && Files.exists(file) && !overwrite) {
            throw new UsageException("file " + file + " exists; --overwrite replaces it");
        }
        Output output = new Output(out, Sessions.hadoopConf());
        Optional<String> csv = csv(output);
        PrintWriter terminal = spec.commandLine().getOut();
        try (Writer writer = file == null ? CloseShieldWriter.wrap(terminal) : Files.newBufferedWriter(file)) {
            if (csv.isPresent()) {
                writer.write(csv.get());
            } else {
                DatasetExport.write(output, table, writer);
            }
        }
        terminal.flush();
        return 0;
    }

    /** The table; empty where it is a dataset. */
    private Optional<String> csv(Output output) throws IOException {
        try (ResultSetReader reader = new ResultSetReader(output)) {
            boolean dataset = !reader.tables().contains(table) && DatasetExport.has(output, table);
            return dataset ? Optional.empty() : Optional.of(TableText.csv(reader.table(table)));
        }
    }
}
