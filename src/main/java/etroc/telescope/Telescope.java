package etroc.telescope;

import etroc.ingest.Ingest;
import etroc.pipeline.Job;
import etroc.pipeline.Plan;
import etroc.runs.Inventory;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Beam or cosmics, to the time resolution of each board: the list of its stages is its whole definition. */
public final class Telescope {
    private Telescope() {}

    /**
     * Plans a run.
     *
     * @throws etroc.UsageException if settings or cuts make no sense
     * @throws etroc.InputException if the runs do not go together
     */
    public static Plan plan(Job job, Inventory inventory, Configuration conf, Plan.Report report) {
        TelescopePlan plan = TelescopePlan.of(job, inventory, conf);
        return new Plan(
                job,
                List.of(
                        Ingest.stage(job, inventory),
                        EventsStage.stage(plan),
                        CutsStage.stage(plan),
                        TimesStage.stage(plan),
                        WalkStage.stage(plan),
                        ResolutionStage.stage(plan)),
                Ingest.inputs(inventory),
                plan.describe(),
                report);
    }
}
