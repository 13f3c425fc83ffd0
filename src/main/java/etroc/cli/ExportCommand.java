package etroc.cli;

import etroc.UsageException;
import etroc.spark.Sessions;
import etroc.store.Output;
import etroc.store.ParquetStore;
import etroc.store.ResultSetReader;
import etroc.store.RowExport;
import etroc.store.Table;
import etroc.store.TableText;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code etroc export OUT TABLE [-o FILE.csv|FILE.parquet]}. */
@Command(
        name = "export",
        description = "Writes a table of the newest result, or its events, as CSV or as one Parquet file.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Units and descriptions of the columns stand in the Parquet file, and in src/docs/tables.md.",
            "",
            "Examples:",
            "  etroc export out dac_vs_charge -o lines.csv",
            "  etroc export out dac_vs_charge -o lines.parquet"
        })
final class ExportCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "OUT", description = "Output of etroc scan or etroc telescope.")
    String out = "";

    @Parameters(
            index = "1",
            paramLabel = "TABLE",
            description = "Name of the table, which etroc show OUT --tables lists, or events.")
    String table = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "File to write, as Parquet if its name ends so, else CSV; without it the table is printed.")
    @Nullable
    Path file;

    @Option(names = "--overwrite", description = "Replace the file.")
    boolean overwrite;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Configuration conf = Sessions.hadoopConf();
        Output output = new Output(out, conf);
        if (file != null && Files.exists(file) && !overwrite) {
            throw new UsageException("file " + file + " exists; --overwrite replaces it");
        }
        // a table of many files, such as the events
        org.apache.hadoop.fs.Path parts =
                new org.apache.hadoop.fs.Path(output.latestResult(), "tables/" + table + ".parquet");
        if (table.matches("\\w+")
                && parts.getFileSystem(conf).exists(parts)
                && parts.getFileSystem(conf).getFileStatus(parts).isDirectory()) {
            rows(new RowExport(parts, conf));
        } else {
            try (ResultSetReader reader = new ResultSetReader(output)) {
                small(reader.table(table), conf);
            }
        }
        spec.commandLine().getOut().flush();
        return 0;
    }

    private void rows(RowExport export) throws IOException {
        if (file == null) {
            export.csv(spec.commandLine().getOut());
        } else if (isParquet(file)) {
            whole(file, part -> export.parquet(new org.apache.hadoop.fs.Path(part.toUri())));
        } else {
            whole(file, part -> {
                try (Writer writer = Files.newBufferedWriter(part)) {
                    export.csv(writer);
                }
            });
        }
    }

    private void small(Table content, Configuration conf) throws IOException {
        if (file == null) {
            spec.commandLine().getOut().print(TableText.csv(content));
        } else if (isParquet(file)) {
            whole(file, part -> ParquetStore.write(new org.apache.hadoop.fs.Path(part.toUri()), content, conf));
        } else {
            whole(file, part -> Files.writeString(part, TableText.csv(content)));
        }
    }

    /** Something that writes a file. */
    private interface To {
        void write(Path file) throws IOException;
    }

    /** All of it or nothing, also where the disk is full. */
    private static void whole(Path file, To to) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) { // a pipe
            to.write(file);
            return;
        }
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            to.write(part);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static boolean isParquet(Path file) {
        return file.toString().endsWith(".parquet");
    }
}
