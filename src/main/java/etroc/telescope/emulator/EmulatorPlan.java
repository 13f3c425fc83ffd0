package etroc.telescope.emulator;

import etroc.ingest.Ingest;
import etroc.pipeline.Job;
import etroc.pipeline.Plan;
import etroc.pipeline.Stage;
import etroc.runs.Inventory;
import etroc.settings.Settings;
import etroc.source.etroc2.StreamRun;
import etroc.telescope.Telescope;
import etroc.telescope.TelescopeSettings;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** A telescope of ETROC1 boards with an emulator of ETROC2: the stages of an ETROC1 telescope, and then the link of the ETROC2. */
public final class EmulatorPlan {
    private EmulatorPlan() {}

    /**
     * Plans an analysis.
     *
     * @param inventory of the same files as the runs
     */
    public static Plan telescope(
            Job given, Inventory inventory, List<StreamRun> runs, Configuration conf, Plan.Report report) {
        Job job = job(given);
        Job whole = new Job(job.kind(), job.inputs(), job.settings(), "");
        Plan etroc1 = Telescope.plan(whole, inventory, conf, report);
        return new Plan(job, with(etroc1.stages(), job, runs), etroc1.inputs(), etroc1.description(), report);
    }

    /** Plans hits of ETROC1, and frames and hits of ETROC2, alone. */
    public static Plan ingest(Job given, Inventory inventory, List<StreamRun> runs, Plan.Report report) {
        Job job = job(given);
        return new Plan(
                job, with(List.of(Ingest.stage(job, inventory)), job, runs), Ingest.inputs(inventory), "", report);
    }

    private static List<Stage> with(List<Stage> stages, Job job, List<StreamRun> runs) {
        List<Stage> all = new ArrayList<>(stages);
        all.add(EmulatorLink.stage(job, runs));
        return all;
    }

    /** The job with settings for these files; the pattern of ETROC1 telescopes becomes that of these. */
    private static Job job(Job given) {
        Settings settings = given.settings().with("input.layout", "mixed");
        List<Integer> pattern =
                settings.read("telescope", TelescopeSettings.class).pattern();
        if (pattern.equals(etroc.runs.Run.BOARD_IDS)) {
            settings = settings.with("telescope.pattern", TelescopeSettings.WITH_EMULATOR);
        }
        return new Job(given.kind(), given.inputs(), settings, given.until());
    }
}
