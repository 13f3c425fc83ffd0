package etroc.cli;

import etroc.pipeline.Job;
import etroc.pipeline.Pipeline;
import etroc.pipeline.Plan;
import etroc.pipeline.Reprocessing;
import etroc.settings.Settings;
import etroc.spark.Sessions;
import etroc.store.Output;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code etroc reprocess OUT}. */
@Command(
        name = "reprocess",
        description = "Brings an output up to date: new settings, new or changed input files; only what changed runs.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Settings are those of the newest result; --config, --set, --cuts and --time-cuts win over them.",
            "--dry-run says for each stage whether it would run, and why. Older results stay; etroc prune removes them.",
            "",
            "Examples:",
            "  etroc reprocess out",
            "  etroc reprocess out --cuts new_cuts.csv --dry-run",
            "  etroc reprocess out --set etroc.telescope.time-walk.degree=3"
        })
final class ReprocessCommand implements Callable<Integer> {
    @Parameters(paramLabel = "OUT", description = "Output of etroc scan, telescope or ingest.")
    String out = "";

    @Option(names = "--until", paramLabel = "STAGE", description = "Last stage; without it that of the result.")
    @Nullable
    String until;

    @Option(
            names = "--ingested-only",
            description =
                    "Do not look at the input directories: use the files that were ingested, also when they are archived.")
    boolean ingestedOnly;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Execution execution = new Execution(spec, common);
        execution.begin("what changed", out);
        Configuration conf = Sessions.hadoopConf();
        Output output = new Output(out, conf);
        Reprocessing last = Reprocessing.of(output);
        Settings settings = common.settings(last.settings());
        Job job = last.job(settings, until);
        Plan plan = ingestedOnly ? KnownAnalyses.ingested(job, output, conf) : new KnownAnalyses().plan(job, conf);
        execution.run(new Pipeline(output, plan, false), output);
        return 0;
    }
}
