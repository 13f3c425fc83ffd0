package etroc.app;

import etroc.jobs.JobContext;
import etroc.settings.Settings;
import etroc.spark.Progress;
import etroc.spark.Sessions;
import etroc.store.Output;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What commands that read data and write an output have in common: settings first, then the session, then the work. */
abstract class AnalysisCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "DIR|FILE",
            description = "Directories, files or globs, on any Hadoop file system.")
    List<String> inputs = List.of();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "OUT",
            description = "Directory for the output.")
    String out = "";

    @Mixin
    CommonOptions common = new CommonOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Settings settings = settings();
        try (SparkSession spark = Sessions.open("etroc " + spec.name() + " " + out)) {
            Output output = new Output(out, spark.sessionState().newHadoopConf());
            if (!common.dryRun) {
                output.prepare(common.overwrite);
            }
            try (Progress progress =
                    new Progress(spark, spec.commandLine().getErr(), common.quiet, Terminal.isTerminal())) {
                String command =
                        String.join(" ", spec.commandLine().getParseResult().originalArgs());
                run(new JobContext(spark, settings, output, progress, "etroc " + spec.name() + " " + command));
            }
        }
        return 0;
    }

    Settings settings() {
        return common.settings();
    }

    /** Does the work. */
    abstract void run(JobContext context) throws IOException;

    void print(String text) {
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }
}
