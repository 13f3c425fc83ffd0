package etroc.scan;

import static org.apache.spark.sql.functions.col;

import etroc.InputException;
import etroc.cuts.Cut;
import etroc.ingest.HitIngest;
import etroc.ingest.Ingested;
import etroc.ingest.IngestedFile;
import etroc.ingest.InputTables;
import etroc.pipeline.Context;
import etroc.runs.BoardSetting;
import etroc.runs.Run;
import etroc.source.HitColumn;
import etroc.store.Table;
import etroc.telescope.FigureTables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** A charge-injection directory, to suggested thresholds. */
final class ScanJob {
    private static final String RUN_HITS = "run_hits";
    private static final String CUTFLOW = "cutflow";
    private static final String HISTOGRAMS = "histograms";

    private final Context context;
    private final ScanPlan plan;
    private final ScanSettings settings;

    ScanJob(Context context, ScanPlan plan) {
        this.context = context;
        this.plan = plan;
        this.settings = plan.job().settings().read("scan", ScanSettings.class);
    }

    /** What the cuts left of each run and board. */
    record Counted(Table runHits) {}

    /** Cutflow, hits after the cuts of each run and board, and histograms, in one pass over the hits; or from a result that has them. */
    void count() throws IOException {
        if (context.unchanged()) {
            for (String name : List.of(CUTFLOW, HISTOGRAMS)) {
                context.table(context.earlier(name));
            }
            leave(context.earlier(RUN_HITS));
            return;
        }
        Ingested ingested = context.find(Ingested.class);
        List<Column> columns = new ArrayList<>();
        Stream.of(HitIngest.INGEST, HitIngest.FILE, HitColumn.BOARD.columnName())
                .forEach(name -> columns.add(col(name)));
        FigureTables.CODES.forEach(code -> columns.add(col(code.columnName())));
        Dataset<Row> hits = ingested.hitsFor(plan.cuts().stream().map(Cut::sql).toList());
        HitSums sums = context.step("count hits after cuts", () -> HitSums.of(hits, columns, plan.cuts()));
        Table cutflow = InputTables.cutflow();
        InputTables.addCutflow(cutflow, "hits", sums.cuts().lines(plan.cuts()));
        List<Integer> boards =
                IntStream.rangeClosed(0, 3).filter(sums::hasHits).boxed().toList();
        context.table(cutflow);
        context.table(FigureTables.ofHits(sums, boards));
        leave(runHits(ingested, sums, boards));
    }

    private void leave(Table runHits) {
        context.table(runHits);
        context.leave(Counted.class, new Counted(runHits));
    }

    /** Curves, noise regions and lines. */
    void fit() {
        List<ScanPoint> points = points(context.find(Counted.class).runHits());
        ScanResult result = context.step("fits", () -> ScanResult.of(scanned(points), this::noiseOptions));
        List.of(
                        ScanTables.points("combined_etroc1_data", scanned(points)),
                        ScanTables.points("combined_etroc1_data_all", points),
                        ScanTables.dacCharge(result),
                        ScanTables.dacPoints(result),
                        ScanTables.noise(result),
                        ScanTables.lines(result),
                        ScanTables.sCurves(result))
                .forEach(context::table);
        plan.scanned()
                .ofNoBoard()
                .forEach(r -> context.remark(
                        "run", r + ": every board rests and no scan has points on both sides; it counts for no board"));
    }

    /** Hits after the cuts; for each run that has hits a row a board that has some anywhere. */
    private static Table runHits(Ingested ingested, HitSums sums, List<Integer> boards) {
        Map<String, long[]> hits = new TreeMap<>();
        for (IngestedFile file : ingested.files()) {
            long[] ofFile = sums.passing().get(new HitSums.FileKey(file.ingest(), file.fileIndex()));
            if (ofFile != null) {
                long[] ofRun = hits.computeIfAbsent(file.quality().file().run().name(), r -> new long[ofFile.length]);
                Arrays.setAll(ofRun, b -> ofRun[b] + ofFile[b]);
            }
        }
        Table table = Table.of(RUN_HITS, "run:t", "data_board_id:i", "hits:i");
        hits.forEach((run, n) -> boards.forEach(b -> table.row(run, b, n[b])));
        return table;
    }

    /** One point a run and board that has hits after the cuts. */
    private List<ScanPoint> points(Table runHits) {
        Map<String, Run> runs = new HashMap<>();
        plan.inventory().runs().forEach(r -> runs.put(r.name(), r));
        List<ScanPoint> points = new ArrayList<>();
        for (@Nullable Object[] row : runHits.rows()) {
            Run run = Objects.requireNonNull(runs.get(String.valueOf(row[0])));
            int board = ((Number) Objects.requireNonNull(row[1])).intValue();
            long hits = ((Number) Objects.requireNonNull(row[2])).longValue();
            BoardSetting setting = run.setting(board);
            if (setting == null && hits > 0) {
                throw new InputException("run '" + run.name() + "' has hits of board " + board
                        + ", but its name sets only the boards "
                        + run.boards().stream().map(BoardSetting::board).toList());
            }
            if (setting != null && hits > 0) {
                points.add(point(run, setting, hits));
            }
        }
        return points;
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
    private List<ScanPoint> scanned(List<ScanPoint> withHits) {
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
}
