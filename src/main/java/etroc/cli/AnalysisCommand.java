package etroc.cli;

import etroc.pipeline.Job;
import etroc.pipeline.Pipeline;
import etroc.pipeline.Plan;
import etroc.settings.Settings;
import etroc.spark.Sessions;
import etroc.store.Output;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What commands that read data and make an output have in common: settings and plan first, then the session, then the work. */
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

    @Option(names = "--overwrite", description = "Replace what the output holds.")
    boolean overwrite;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    CommandSpec spec;

    private final String kind;

    AnalysisCommand(String kind) {
        this.kind = kind;
    }

    @Override
    public Integer call() throws IOException {
        common.assignments.addAll(ofOptions());
        Execution execution = new Execution(spec, common);
        execution.begin(inputs.size() == 1 ? inputs.get(0) : inputs.size() + " inputs", out);
        Settings settings = common.settings();
        Configuration conf = Sessions.hadoopConf();
        Output output = new Output(out, conf);
        Plan plan = new KnownAnalyses().plan(Job.of(kind, inputs, settings, until(), conf), conf);
        Pipeline pipeline = new Pipeline(output, plan, overwrite);
        if (!common.dryRun) {
            output.check(overwrite);
        }
        execution.run(pipeline, output);
        return 0;
    }

    /** Settings that options of the command stand for. */
    List<String> ofOptions() {
        return List.of();
    }

    /** Last stage; empty: all. */
    String until() {
        return "";
    }
}
