package etroc.app;

import etroc.jobs.JobContext;
import etroc.jobs.ScanJob;
import etroc.jobs.TelescopeJob;
import etroc.jobs.TelescopePlan;
import etroc.jobs.TelescopeStage;
import etroc.settings.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code etroc telescope FILE|DIR... -o OUT}. */
@Command(
        name = "telescope",
        description = "Beam or cosmics: events to the time resolution of each board.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Stages: ingest (files to Parquet hits), events (sequence or coincidence), cuts (event cuts, calibration),",
            "times (TOA and TOT in ns, time cuts), walk (time-walk correction), resolution (per board, step and iteration).",
            "Output: OUT/hits, OUT/results/<id> (tables, events, results.sqlite, manifest.json), OUT/LATEST.",
            "",
            "Examples:",
            "  etroc telescope F9P5_F11P5_F5P9_Beam_HV235.txt -o out --cuts cuts.csv --time-cuts time_cuts.csv",
            "  etroc telescope data/cosmics -o out --set etroc.telescope.events=coincidence --set etroc.telescope.toa-window=50"
        })
final class TelescopeCommand extends AnalysisCommand {
    @Option(
            names = "--time-cuts",
            paramLabel = "FILE",
            description =
                    "Table of time cuts: cut_type,cut_direction,variable_1,board_id_1,variable_2,board_id_2,value_1,...")
    @Nullable
    String timeCuts;

    @Option(names = "--until", paramLabel = "STAGE", description = "Last stage: ${COMPLETION-CANDIDATES}.")
    TelescopeStage until = TelescopeStage.RESOLUTION;

    @Override
    Settings settings() {
        List<String> more = new ArrayList<>();
        if (timeCuts != null) {
            more.add("etroc.cuts.times=" + CommonOptions.quoted(timeCuts));
        }
        return common.settings(more);
    }

    @Override
    void run(JobContext context) throws IOException {
        TelescopeJob job = new TelescopeJob(context);
        TelescopePlan plan = job.plan(inputs, until);
        if (common.dryRun) {
            print(plan.describe(context.output().conf()));
            return;
        }
        ScanJob.Published published = job.run(plan, until);
        print("\n" + Summaries.of(published.tables()) + "\nresults: "
                + published.path().toUri().getPath() + "\n");
    }
}
