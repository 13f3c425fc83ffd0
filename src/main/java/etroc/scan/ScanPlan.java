package etroc.scan;

import etroc.InputException;
import etroc.UsageException;
import etroc.cuts.Cut;
import etroc.cuts.CutColumns;
import etroc.cuts.CutSettings;
import etroc.cuts.CutflowRow;
import etroc.cuts.Cuts;
import etroc.ingest.Ingest;
import etroc.ingest.Ingested;
import etroc.pipeline.Context;
import etroc.pipeline.Fingerprint;
import etroc.pipeline.Job;
import etroc.pipeline.Plan;
import etroc.pipeline.Stage;
import etroc.runs.BoardSetting;
import etroc.runs.Inventory;
import etroc.runs.Run;
import etroc.source.HitColumn;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a scan will do. */
public record ScanPlan(Job job, Inventory inventory, List<Cut> cuts, ScannedBoards scanned) {
    public static ScanPlan of(Job job, Inventory inventory, Configuration conf) {
        List<Run> runs = inventory.runs();
        runs.forEach(ScanPlan::checkRun);
        return new ScanPlan(
                job,
                inventory,
                cuts(job, runs, conf),
                ScannedBoards.find(runs, job.read("scan", ScanSettings.class).restingThresholds()));
    }

    private static void checkRun(Run run) {
        boolean complete = run.phase() != null
                && run.boards().stream()
                        .allMatch(b -> b.pixel() != null && b.charge() != null && b.threshold() != null);
        if (!complete) {
            throw new InputException(
                    "run '" + run.name()
                            + "' is no run of a charge-injection scan: its name lacks the phase, or a board's pixel, charge or threshold");
        }
    }

    private static List<Cut> cuts(Job job, List<Run> runs, Configuration conf) {
        CutSettings cuts = job.read("cuts", CutSettings.class);
        String standard = job.read("scan", ScanSettings.class).cut();
        List<CutSettings.Source> sources = cuts.events().isEmpty()
                ? List.of(new CutSettings.Source("", standard, "", "etroc.scan.cut"))
                : cuts.events();
        List<Integer> boards = runs.stream()
                .flatMap(r -> r.boards().stream())
                .map(BoardSetting::board)
                .distinct()
                .sorted()
                .toList();
        return Cuts.ofEvents(sources, cuts.keepEventsWithoutData(), conf)
                .check(CutColumns.ofHits(boards, HitColumn.schema(false)))
                .cuts();
    }

    /** The stages of a scan. */
    public static Plan plan(Job job, Inventory inventory, Configuration conf, Plan.Report report) {
        ScanPlan scan = of(job, inventory, conf);
        Stage counts = Stage.of("counts", ScanCounts.class, scan::count)
                .dependingOn("cuts", Fingerprint.digest(scan.cuts.toString()));
        Stage fits = Stage.of("fits", ScanFits.class, scan::fit).dependingOn(job, "scan");
        List<Stage> stages = List.of(Ingest.stage(job, inventory), counts, fits);
        return new Plan(job, stages, Ingest.inputs(inventory), scan.describe(), report);
    }

    /** Counts the hits, or takes the counts of a result that has them. */
    private void count(Context context) throws IOException {
        ScanCounts counts;
        if (context.unchanged()) {
            counts = ScanCounts.of(
                    context.earlier(CutflowRow.TABLE),
                    context.earlier(ScanCounts.RUN_HITS),
                    context.earlier(ScanCounts.RUN_TIMES),
                    context.earlier(ScanCounts.HISTOGRAMS));
        } else {
            Ingested ingested = context.find(Ingested.class);
            Dataset<Row> hits = ingested.hitsFor(cuts.stream().map(Cut::sql).toList());
            counts = context.step("count hits after cuts", () -> ScanCounts.of(hits, ingested.files(), cuts));
            checkSomePass(counts);
        }
        context.leave(ScanCounts.class, counts).tables().forEach(context::table);
    }

    /** Cuts on several boards let no hit of a scan through, since each hit is an event of its own. */
    private static void checkSomePass(ScanCounts counts) {
        List<CutflowRow> cutflow = counts.cutflow();
        CutflowRow last = cutflow.isEmpty() ? null : cutflow.get(cutflow.size() - 1);
        if (last != null && last.events() > 0 && last.passingCumulative() == 0) {
            throw new UsageException("none of " + last.events() + " hits passes the cuts: "
                    + cutflow.stream().map(CutflowRow::cut).collect(Collectors.joining("; "))
                    + ". In a scan each hit is an event of its own, so a cut on one board drops the hits of the others;"
                    + " etroc.cuts.keep-events-without-data = true lets them pass");
        }
    }

    private void fit(Context context) {
        ScanCounts counts = context.find(ScanCounts.class);
        ScanFits fits = context.step(
                "fits",
                () -> ScanFits.of(inventory.runs(), scanned, counts.runHits(), job.read("scan", ScanSettings.class)));
        fits.tables().forEach(context::table);
        QinjPoints.of(inventory.runs(), scanned, counts.runTimes(), fits.result())
                .tables()
                .forEach(context::table);
        fits.remark(context);
        scanned.ofNoBoard()
                .forEach(r -> context.remark(
                        "run", r + ": every board rests and no scan has points on both sides; it counts for no board"));
    }

    private String describe() {
        StringBuilder text = new StringBuilder();
        cuts.forEach(c -> text.append(c.line("cut")));
        text.append("at rest    ").append(scanned.resting()).append(" [DAC] by board\n");
        text.append("scanned    ")
                .append(scanned.ofRun().size())
                .append(" runs, ")
                .append(scanned.ofNoBoard().size())
                .append(" of no board\n");
        return text.toString();
    }
}
