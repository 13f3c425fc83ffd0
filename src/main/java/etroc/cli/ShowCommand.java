package etroc.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import etroc.spark.Sessions;
import etroc.store.Output;
import etroc.store.ResultSetReader;
import etroc.store.ResultSetWriter;
import etroc.store.Table;
import etroc.store.TableText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code etroc show OUT}. */
@Command(
        name = "show",
        description = "Prints the newest result of an output: its summary, or a table.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  etroc show out",
            "  etroc show out --table s_curve_fits",
            "  etroc show out --provenance"
        })
final class ShowCommand implements Callable<Integer> {
    private static final int MAX_ROWS = 1000;
    /** What figures are drawn from. */
    private static final Set<String> BINNED = Set.of("histograms", "planes", "profiles");

    @Parameters(paramLabel = "OUT", description = "Output of etroc scan or etroc telescope.")
    String out = "";

    @Option(names = "--table", paramLabel = "NAME", description = "Print this table.")
    @Nullable
    String table;

    @Option(names = "--tables", description = "Print the names of all tables and their numbers of rows.")
    boolean tables;

    @Option(
            names = "--provenance",
            description =
                    "Print what made the result: program, settings, Spark, cuts, and the input files with checksums.")
    boolean provenance;

    @Option(
            names = "--json",
            description = "Print JSON: the table given with --table, or all tables of results, for scripts.")
    boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (ResultSetReader reader = new ResultSetReader(new Output(out, Sessions.hadoopConf()))) {
            spec.commandLine().getOut().print(text(reader));
            spec.commandLine().getOut().flush();
        }
        return 0;
    }

    private String text(ResultSetReader reader) throws IOException {
        if (json) {
            return json(reader);
        }
        if (table != null) {
            return TableText.aligned(reader.table(table), MAX_ROWS);
        }
        if (provenance) {
            return provenance(reader);
        }
        List<Table> all = reader.all();
        if (tables) {
            record Listed(String table, long rows) {}
            List<Listed> list =
                    all.stream().map(t -> new Listed(t.name(), t.rows().size())).toList();
            return TableText.aligned(Table.of("tables", Listed.class, list), MAX_ROWS);
        }
        return "result " + reader.id() + "\n\n" + Summaries.of(all);
    }

    /** {@code {"result": id, "tables": {name: [row, ...]}}}, with every digit; big tables of bins only by name. */
    private String json(ResultSetReader reader) throws IOException {
        Map<String, Object> tablesByName = new LinkedHashMap<>();
        for (Table t : table == null ? reader.all() : List.of(reader.table(table))) {
            if (table != null || !BINNED.contains(t.name())) {
                tablesByName.put(t.name(), ResultSetWriter.rows(t));
            }
        }
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("result", reader.id());
        root.put("tables", tablesByName);
        return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    /** From the result to what made it. */
    private static String provenance(ResultSetReader reader) throws IOException {
        StringBuilder text = new StringBuilder("result " + reader.id() + "\n\n");
        text.append(TableText.aligned(reader.table("provenance"), MAX_ROWS));
        if (reader.tables().contains("cutflow")) {
            text.append("\nCuts\n")
                    .append(TableText.aligned(
                            reader.table("cutflow").select("stage", "step_name", "cut", "sql"), MAX_ROWS));
        }
        Table inputs = reader.table("quality").select("path", "bytes", "crc32c", "layout", "lines");
        return text.append("\nInputs\n")
                .append(TableText.aligned(inputs, MAX_ROWS))
                .toString();
    }
}
