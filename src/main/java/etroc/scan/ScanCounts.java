package etroc.scan;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import etroc.About;
import etroc.cuts.Cut;
import etroc.cuts.Cutflow;
import etroc.cuts.CutflowRow;
import etroc.ingest.HitIngest;
import etroc.ingest.IngestedFile;
import etroc.passes.HistogramBin;
import etroc.source.HitColumn;
import etroc.store.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a scan needs of its hits: the cutflow, hits after the cuts of each run and board, histograms of the codes. */
record ScanCounts(
        List<CutflowRow> cutflow, List<RunHits> runHits, List<RunTimes> runTimes, List<HistogramBin> histograms) {
    static final String RUN_HITS = "run_hits";
    static final String RUN_TIMES = "run_times";
    static final String HISTOGRAMS = "histograms";

    private static final String COUNT = "count";
    private static final Column PASSES = col(Cutflow.FAILING).equalTo(lit(0L));
    private static final List<HitColumn> CODES = List.of(HitColumn.TOA, HitColumn.TOT, HitColumn.CAL);
    private static final List<String> STEPS = List.of("All hits", "After cuts");

    /** Hits of a board in a run. */
    @About(
            "a run that has hits, and a board that has some anywhere; what another analysis with the same cuts begins with")
    record RunHits(
            @About("name of the run") String run,
            @About("board") int dataBoardId,
            @About("hits after the cuts") long hits) {}

    /** Times of a board in a run. */
    @About("a run and a board with hits after the cuts")
    record RunTimes(
            @About("name of the run") String run,
            @About("board") int dataBoardId,
            PointTimes times) {}

    /** Counts hits of files. */
    static ScanCounts of(Dataset<Row> hits, List<IngestedFile> files, List<Cut> cuts) {
        Dataset<Row> flagged = hits.withColumn(Cutflow.FAILING, Cutflow.failing(cuts));
        Dataset<Row> counts = CoreSums.counted(flagged, col(Cutflow.FAILING)).persist();
        try {
            return new ScanCounts(
                    CutflowRow.of("hits", Cutflow.of(cuts, counts)),
                    runHits(files, passing(counts)),
                    runTimes(files, CoreSums.ofCounts(counts.filter(PASSES), files)),
                    bins(ofCodes(flagged)));
        } finally {
            counts.unpersist();
        }
    }

    private static List<RunTimes> runTimes(List<IngestedFile> files, List<CoreSums> sums) {
        Map<Integer, String> names = new HashMap<>();
        files.forEach(f -> names.put(f.run(), f.quality().file().run().name()));
        return sums.stream()
                .map(s -> new RunTimes(names.getOrDefault(s.run(), ""), s.board(), PointTimes.of(s)))
                .toList();
    }

    /** Hits of each file and board that pass all cuts; 0 where there are hits, but none passes. */
    private static Map<FileBoard, Long> passing(Dataset<Row> counts) {
        Map<FileBoard, Long> passing = new HashMap<>();
        counts.groupBy(HitIngest.INGEST, HitIngest.FILE, HitColumn.BOARD.columnName())
                .agg(sum(when(PASSES, col(COUNT)).otherwise(lit(0L))))
                .collectAsList()
                .forEach(r -> passing.put(new FileBoard(r.getInt(0), r.getInt(1), r.getInt(2)), r.getLong(3)));
        return passing;
    }

    /** Counts that an earlier result has. */
    static ScanCounts of(Table cutflow, Table runHits, Table runTimes, Table histograms) {
        return new ScanCounts(
                cutflow.as(CutflowRow.class),
                runHits.as(RunHits.class),
                runTimes.as(RunTimes.class),
                histograms.as(HistogramBin.class));
    }

    List<Table> tables() {
        return List.of(
                Table.of(CutflowRow.TABLE, CutflowRow.class, cutflow),
                Table.of(RUN_HITS, RunHits.class, runHits),
                Table.of(RUN_TIMES, RunTimes.class, runTimes),
                Table.of(HISTOGRAMS, HistogramBin.class, histograms));
    }

    /** Place of a file and a board. */
    private record FileBoard(int ingest, int file, int board) {}

    /** Hits of each board, variable (its place in {@link #CODES}) and code, passing all cuts or not. */
    private static Dataset<Row> ofCodes(Dataset<Row> flagged) {
        Column board = col(HitColumn.BOARD.columnName());
        Column codes = array(CODES.stream().map(c -> col(c.columnName())).toArray(Column[]::new));
        return flagged.select(board, PASSES.as("passes"), posexplode(codes).as(new String[] {"variable", "code"}))
                .groupBy(board, col("variable"), col("code"), col("passes"))
                .count();
    }

    /** Hits after the cuts; for each run that has hits a row a board that has some anywhere. */
    private static List<RunHits> runHits(List<IngestedFile> files, Map<FileBoard, Long> passing) {
        TreeSet<Integer> boards = new TreeSet<>();
        passing.keySet().forEach(k -> boards.add(k.board()));
        Map<String, Map<Integer, Long>> ofRuns = new TreeMap<>();
        for (IngestedFile file : files) {
            for (int board : boards) {
                Long hits = passing.get(new FileBoard(file.ingest(), file.fileIndex(), board));
                if (hits != null) {
                    ofRuns.computeIfAbsent(file.quality().file().run().name(), r -> new HashMap<>())
                            .merge(board, hits, Long::sum);
                }
            }
        }
        List<RunHits> rows = new ArrayList<>();
        ofRuns.forEach((run, of) -> boards.forEach(b -> rows.add(new RunHits(run, b, of.getOrDefault(b, 0L)))));
        return rows;
    }

    /** One bin a code, by step, board, variable and code. */
    private static List<HistogramBin> bins(Dataset<Row> ofCodes) {
        record Place(int step, int board, int variable, int code) {}
        Map<Place, Long> counts = new TreeMap<>(Comparator.comparingInt(Place::step)
                .thenComparingInt(Place::board)
                .thenComparingInt(Place::variable)
                .thenComparingInt(Place::code));
        for (Row row : ofCodes.collectAsList()) {
            int steps = row.getBoolean(3) ? STEPS.size() : 1; // what passes is in both
            for (int step = 0; step < steps; step++) {
                counts.merge(new Place(step, row.getInt(0), row.getInt(1), row.getInt(2)), row.getLong(4), Long::sum);
            }
        }
        return counts.entrySet().stream()
                .map(e -> new HistogramBin(
                        CODES.get(e.getKey().variable()).columnName(),
                        e.getKey().step(),
                        STEPS.get(e.getKey().step()),
                        e.getKey().board(),
                        null,
                        e.getKey().code() - 0.5,
                        e.getKey().code() + 0.5,
                        e.getValue()))
                .toList();
    }
}
