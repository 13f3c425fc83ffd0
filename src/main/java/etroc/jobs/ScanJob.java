package etroc.jobs;

import etroc.InputException;
import etroc.cuts.Cut;
import etroc.cuts.CutColumns;
import etroc.cuts.Cutflow;
import etroc.cuts.EventCuts;
import etroc.hits.HitColumn;
import etroc.results.NoiseOptions;
import etroc.results.ScanPoint;
import etroc.results.ScanResult;
import etroc.results.ScannedBoards;
import etroc.runs.BoardSetting;
import etroc.runs.Inventory;
import etroc.runs.Run;
import etroc.settings.CutSettings;
import etroc.settings.NoiseSettings;
import etroc.settings.ScanSettings;
import etroc.store.ResultSetWriter;
import etroc.store.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** A charge-injection directory, to suggested thresholds. */
public final class ScanJob {
    private final JobContext context;
    private final ScanSettings settings;

    public ScanJob(JobContext context) {
        this.context = context;
        this.settings = context.settings().scan();
    }

    /** What will be done, decided without reading any data. */
    public record Plan(Inventory inventory, List<Cut> cuts, ScannedBoards scanned) {
        /** As text for {@code --dry-run}. */
        public String describe() {
            StringBuilder text = new StringBuilder();
            text.append("read       ").append(Provenance.plan(inventory)).append('\n');
            inventory
                    .skipped()
                    .forEach(s -> text.append("skip       ")
                            .append(s.path())
                            .append(": ")
                            .append(s.reason())
                            .append('\n'));
            inventory
                    .missingSplits()
                    .forEach(m -> text.append("missing    split of ").append(m).append('\n'));
            cuts.forEach(c -> text.append("cut        ")
                    .append(c.text())
                    .append("  ->  ")
                    .append(c.sql())
                    .append('\n'));
            text.append("at rest    ").append(scanned.resting()).append(" [DAC] by board\n");
            text.append("scanned    ")
                    .append(scanned.ofRun().size())
                    .append(" runs, ")
                    .append(scanned.ofNoBoard().size())
                    .append(" of no board\n");
            return text.toString();
        }
    }

    /** A published result and its tables. */
    public record Published(Path path, List<Table> tables) {
        /** A table by name. */
        public Table table(String name) {
            return tables.stream()
                    .filter(t -> t.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Lists the inputs and checks cuts and settings. */
    public Plan plan(List<String> inputs) {
        Inventory inventory = new Ingest(context).inventory(inputs);
        List<Run> runs = inventory.runs();
        runs.forEach(ScanJob::checkRun);
        return new Plan(inventory, cuts(runs), ScannedBoards.find(runs, settings.restingThresholds()));
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

    private List<Cut> cuts(List<Run> runs) {
        CutSettings cuts = context.settings().cuts();
        List<CutSettings.Source> sources = cuts.events().isEmpty()
                ? List.of(new CutSettings.Source("", settings.cut(), "", "etroc.scan.cut"))
                : cuts.events();
        List<Integer> boards = runs.stream()
                .flatMap(r -> r.boards().stream())
                .map(BoardSetting::board)
                .distinct()
                .sorted()
                .toList();
        List<String> variables =
                Arrays.stream(HitColumn.values()).map(HitColumn::columnName).toList();
        return EventCuts.read(
                sources, CutColumns.ofHits(boards, variables), cuts.keepEventsWithoutData(), context.conf());
    }

    /** Ingests, analyses and publishes. */
    public Published run(Plan plan) throws IOException {
        Ingest.Ingested ingested = new Ingest(context).run(plan.inventory());
        context.progress().say(InputTables.summary(plan.inventory(), ingested.quality()));
        List<Row> counts = context.step(
                "count hits after cuts",
                () -> countByRun(ingested.hits(), plan.cuts()).collectAsList());
        List<Cutflow.Line> cutflow = Cutflow.sum(counts, 2, plan.cuts());
        List<ScanPoint> points = points(plan, counts);
        ScanResult result = context.step("fits", () -> ScanResult.of(scanned(plan, points), this::noiseOptions));
        return context.step("publish", () -> publish(plan, ingested, cutflow, points, result));
    }

    /** One point a run and board that has hits after the cuts. */
    private static List<ScanPoint> points(Plan plan, List<Row> counts) {
        Map<String, Run> runs = new HashMap<>();
        plan.inventory().runs().forEach(r -> runs.put(r.name(), r));
        List<ScanPoint> points = new ArrayList<>();
        for (Row row : counts) {
            Run run = Objects.requireNonNull(runs.get(row.getString(0)));
            long hits = Cutflow.passing(row, 2, plan.cuts());
            BoardSetting setting = run.setting(row.getInt(1));
            if (setting == null) {
                throw new InputException("run '" + run.name() + "' has hits of board " + row.getInt(1)
                        + ", but its name sets only the boards "
                        + run.boards().stream().map(BoardSetting::board).toList());
            }
            if (hits > 0) {
                points.add(point(run, setting, hits));
            }
        }
        return points;
    }

    /** Columns run, data_board_id, then those of {@link Cutflow#aggregates}: cutflow and scan points in one pass over the hits. */
    static Dataset<Row> countByRun(Dataset<Row> hits, List<Cut> cuts) {
        List<Column> aggregates = Cutflow.aggregates(cuts);
        return hits.groupBy(HitColumn.RUN.columnName(), HitColumn.BOARD.columnName())
                .agg(aggregates.get(0), aggregates.subList(1, aggregates.size()).toArray(Column[]::new));
    }

    private static ScanPoint point(Run run, BoardSetting s, long hits) {
        return new ScanPoint(
                run.name(),
                Objects.requireNonNull(run.phase()),
                s.board(),
                Objects.requireNonNull(s.pixel()),
                Objects.requireNonNull(s.charge()),
                Objects.requireNonNull(s.threshold()),
                hits);
    }

    /** The points of scanned boards, those without hits too. */
    private static List<ScanPoint> scanned(Plan plan, List<ScanPoint> withHits) {
        record RunBoard(String run, int board) {}
        Map<RunBoard, ScanPoint> found = new HashMap<>();
        withHits.forEach(p -> found.put(new RunBoard(p.run(), p.board()), p));
        List<ScanPoint> points = new ArrayList<>();
        for (Run run : plan.inventory().runs()) {
            for (BoardSetting s : run.boards()) {
                if (plan.scanned().isScanned(run.name(), s.board())) {
                    ScanPoint point = found.get(new RunBoard(run.name(), s.board()));
                    points.add(point == null ? point(run, s, 0) : point);
                }
            }
        }
        return points;
    }

    private NoiseOptions noiseOptions(int board) {
        NoiseSettings n = settings.noise();
        boolean trigger = settings.triggerBoard() != null && settings.triggerBoard() == board;
        return new NoiseOptions(
                either(trigger, n.triggerPlateau(), n.plateau()),
                either(trigger, n.triggerPlateauWindow(), n.plateauWindow()),
                n.flatness(),
                n.rollingMean(),
                n.edgeOffset(),
                n.charge());
    }

    private static @Nullable Double either(boolean trigger, @Nullable Double own, @Nullable Double common) {
        return trigger && own != null ? own : common;
    }

    private Published publish(
            Plan plan, Ingest.Ingested ingested, List<Cutflow.Line> cutflow, List<ScanPoint> points, ScanResult result)
            throws IOException {
        Provenance provenance = new Provenance(context, ingested.quality());
        Table cuts = InputTables.cutflow();
        InputTables.addCutflow(cuts, "hits", cutflow);
        List<Table> tables = List.of(
                ScanTables.points("combined_etroc1_data", scanned(plan, points)),
                ScanTables.points("combined_etroc1_data_all", points),
                ScanTables.dacCharge(result),
                ScanTables.dacPoints(result),
                ScanTables.noise(result),
                ScanTables.lines(result),
                ScanTables.sCurves(result),
                cuts,
                InputTables.runs(plan.inventory(), ingested.quality()),
                InputTables.quality(ingested.quality()),
                InputTables.malformed(ingested.malformed()),
                InputTables.remarks(
                        plan.inventory(),
                        plan.scanned().ofNoBoard().stream()
                                .map(
                                        r -> r
                                                + ": every board rests and no scan has points on both sides; it counts for no board")
                                .toList()),
                provenance.table());
        ResultSetWriter writer = new ResultSetWriter(context.output(), context.started());
        try {
            writer.write(tables);
            return new Published(writer.publish(provenance.manifest()), tables);
        } catch (IOException | RuntimeException e) {
            writer.discard();
            throw e;
        }
    }
}
