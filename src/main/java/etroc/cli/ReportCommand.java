package etroc.cli;

import etroc.report.Report;
import etroc.report.ReportSettings;
import etroc.spark.Sessions;
import etroc.store.Output;
import etroc.store.Output.Part;
import etroc.store.ResultSetReader;
import etroc.store.ResultSetWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code etroc report OUT}. */
@Command(
        name = "report",
        description = "Draws the report of the newest result again, from its tables: nothing is analysed.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "OUT/results/<id>/report/index.html opens without a network; figures/ holds the numbers of each figure as CSV, and its files.",
            "",
            "Examples:",
            "  etroc report out",
            "  etroc report out --formats pdf,png --set 'report.label=ETROC1, module 7'"
        })
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "OUT", description = "Output of etroc scan or etroc telescope.")
    String out = "";

    @Option(
            names = "--formats",
            split = ",",
            paramLabel = "FORMAT",
            description = "Also draw each figure as files: png, svg, pdf (etroc.report.formats).")
    List<String> formats = List.of();

    @Mixin
    CommonOptions common = new CommonOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!formats.isEmpty()) {
            common.assignments.add("report.formats=[" + String.join(",", formats) + "]");
        }
        Output output = new Output(out, Sessions.hadoopConf());
        ReportSettings settings = common.settings().read("report", ReportSettings.class);
        Path directory = Files.createTempDirectory("etroc-report");
        try (ResultSetReader reader = new ResultSetReader(output)) {
            Report report =
                    ResultReport.of(output.root().getName() + ", result " + reader.id(), reader.all(), settings);
            if (common.dryRun) {
                spec.commandLine().getOut().println(String.join("\n", report.names()));
                return 0;
            }
            String failure = report.write(directory);
            if (!failure.isEmpty()) {
                spec.commandLine().getErr().println("figures are in the page, but not drawn as files: " + failure);
            }
            ResultSetWriter.replaceReport(output, reader.id(), directory);
            spec.commandLine()
                    .getOut()
                    .println(output.path(Part.RESULTS, reader.id()).toUri().getPath() + "/report/index.html");
        } finally {
            FileUtils.deleteDirectory(directory.toFile());
            spec.commandLine().getOut().flush();
        }
        return 0;
    }
}
