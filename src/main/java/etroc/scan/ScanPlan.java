package etroc.scan;

import etroc.InputException;
import etroc.cuts.Cut;
import etroc.cuts.CutColumns;
import etroc.cuts.CutSettings;
import etroc.cuts.Cuts;
import etroc.ingest.Ingest;
import etroc.ingest.Ingested;
import etroc.ingest.InputTables;
import etroc.pipeline.Analysis;
import etroc.pipeline.AnalysisPlan;
import etroc.pipeline.Earlier;
import etroc.pipeline.JobContext;
import etroc.pipeline.Stage;
import etroc.runs.BoardSetting;
import etroc.runs.Inventory;
import etroc.runs.Run;
import etroc.source.HitColumn;
import etroc.store.ResultSetWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** What a scan will do. */
public record ScanPlan(Analysis analysis, Inventory inventory, List<Cut> cuts, ScannedBoards scanned)
        implements AnalysisPlan {
    /** Stage that counts hits after cuts. */
    static final String COUNTS = "counts";

    public static ScanPlan of(Analysis analysis, Inventory inventory, Configuration conf) {
        List<Run> runs = inventory.runs();
        runs.forEach(ScanPlan::checkRun);
        return new ScanPlan(
                analysis,
                inventory,
                cuts(analysis, runs, conf),
                ScannedBoards.find(runs, analysis.settings().scan().restingThresholds()));
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

    private static List<Cut> cuts(Analysis analysis, List<Run> runs, Configuration conf) {
        CutSettings cuts = analysis.settings().cuts();
        String standard = analysis.settings().scan().cut();
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

    @Override
    public List<Stage> stages() {
        Stage ingest = Ingest.stage(inventory, analysis.settings().all());
        Stage counts = AnalysisPlan.stage(
                COUNTS, ingest, analysis, List.of("cuts", "jobs"), Map.of("cuts", Stage.digest(cuts.toString())));
        Stage fits = AnalysisPlan.stage(
                "fits", counts, analysis, List.of("fits", "results", "store", "jobs"), Map.of(), "scan");
        return List.of(ingest, counts, fits);
    }

    @Override
    public String describe() {
        StringBuilder text = new StringBuilder();
        InputTables.addCuts(text, "cut", cuts);
        text.append("at rest    ").append(scanned.resting()).append(" [DAC] by board\n");
        text.append("scanned    ")
                .append(scanned.ofRun().size())
                .append(" runs, ")
                .append(scanned.ofNoBoard().size())
                .append(" of no board\n");
        return text.toString();
    }

    @Override
    public Findings run(JobContext context, Ingested ingested, Earlier earlier, ResultSetWriter writer)
            throws IOException {
        return new ScanJob(context, this).run(ingested, earlier);
    }
}
