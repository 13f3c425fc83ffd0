package etroc.cli;

import etroc.UsageException;
import etroc.ingest.Ingest;
import etroc.ingest.InputSettings;
import etroc.ingest.KnownFiles;
import etroc.ingest.etroc2.Etroc2Ingest;
import etroc.ingest.etroc2.KnownRuns;
import etroc.layout.etroc2.Etroc2Layout;
import etroc.pipeline.Analyses;
import etroc.pipeline.Job;
import etroc.pipeline.Plan;
import etroc.report.ReportSettings;
import etroc.runs.Inventory;
import etroc.runs.StreamFiles;
import etroc.scan.ScanPlan;
import etroc.scan.ScanSettings;
import etroc.scan.bench.BenchPlan;
import etroc.scan.laser.Laser;
import etroc.source.etroc2.StreamRun;
import etroc.source.etroc2.StreamRuns;
import etroc.store.Output;
import etroc.telescope.Telescope;
import etroc.telescope.emulator.EmulatorPlan;
import etroc.telescope.etroc2.Etroc2Plan;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** The analyses that there are: the one place that knows them all. */
final class KnownAnalyses implements Analyses {
    static final String INGEST = "ingest";
    static final String SCAN = "scan";
    static final String TELESCOPE = "telescope";

    @Override
    public Plan plan(Job job, Configuration conf) {
        if (job.kind().equals(SCAN) && isBench(job, conf)) {
            return BenchPlan.plan(job, conf, report(job));
        }
        if (!job.kind().equals(SCAN)
                && StreamRuns.recognise(
                        job.inputs(), job.read("input", InputSettings.class).layout(), conf)) {
            List<StreamRun> runs = StreamRuns.of(StreamFiles.list(job.inputs(), conf), Etroc2Ingest.options(job), conf);
            return runs.get(0).layout() == Etroc2Layout.MIXED ? mixed(job, runs, conf) : plan(job, runs);
        }
        return plan(
                job,
                Inventory.list(
                        job.inputs(),
                        conf,
                        job.settings().read("input", InputSettings.class).names()),
                conf);
    }

    private static Plan mixed(Job job, List<StreamRun> runs, Configuration conf) {
        Inventory files =
                new Inventory(runs.stream().flatMap(r -> r.files().stream()).toList(), List.of(), 0);
        return job.kind().equals(INGEST)
                ? EmulatorPlan.ingest(job, files, runs, report(job))
                : EmulatorPlan.telescope(job, files, runs, conf, report(job));
    }

    private static boolean isBench(Job job, Configuration conf) {
        ScanSettings.Kind kind = job.read("scan", ScanSettings.class).kind();
        return kind == ScanSettings.Kind.ETROC2_BENCH
                || (kind == ScanSettings.Kind.AUTO && BenchPlan.recognises(job.inputs(), conf));
    }

    private static boolean isLaser(Job job, Inventory inventory) {
        ScanSettings.Kind kind = job.read("scan", ScanSettings.class).kind();
        return kind == ScanSettings.Kind.LASER || (kind == ScanSettings.Kind.AUTO && Laser.recognises(inventory));
    }

    private static Plan.Report report(Job job) {
        ReportSettings drawing = job.settings().read("report", ReportSettings.class);
        return (title, tables, directory) -> {
            String failure = ResultReport.of(title, tables, drawing).write(directory);
            return failure.isEmpty() ? "" : "figures are in the page, but not drawn as files: " + failure;
        };
    }

    private static Plan plan(Job job, List<StreamRun> runs) {
        return job.kind().equals(INGEST)
                ? Etroc2Ingest.plan(job, runs, report(job))
                : Etroc2Plan.plan(job, runs, report(job));
    }

    /** Plans a job on the files that an output's newest result was made from. */
    static Plan ingested(Job job, Output output, Configuration conf) throws IOException {
        if (job.read("input", InputSettings.class).layout().equals(Etroc2Layout.MIXED.optionName())) {
            throw new UsageException(
                    "frames of an emulator are read from the files again: etroc reprocess without --ingested-only");
        }
        return KnownRuns.has(output)
                ? plan(job, KnownRuns.of(output))
                : plan(job, KnownFiles.of(output, job.read("input", InputSettings.class)), conf);
    }

    /** Plans a job on files that are known already. */
    static Plan plan(Job job, Inventory inventory, Configuration conf) {
        Plan.Report report = report(job);
        return switch (job.kind()) {
            case INGEST -> Ingest.plan(job, inventory, report);
            case SCAN ->
                isLaser(job, inventory)
                        ? Laser.plan(job, inventory, report)
                        : ScanPlan.plan(job, inventory, conf, report);
            case TELESCOPE -> Telescope.plan(job, inventory, conf, report);
            default ->
                throw new UsageException("there is no analysis '" + job.kind() + "'; possible: " + INGEST + ", " + SCAN
                        + ", " + TELESCOPE);
        };
    }
}
