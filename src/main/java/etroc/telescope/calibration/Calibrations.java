package etroc.telescope.calibration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Calibration codes of all boards over the events that pass the event cuts (src/docs/analysis.md, section 2, step 4).
 *
 * @param boards each board over all runs
 * @param runs each board in each run, by run and board
 * @param slices each board in each slice of each run, by run, slice and board: three rows a thousand events of three boards
 */
public record Calibrations(List<Calibration> boards, List<CalibrationRun> runs, List<CalibrationSlice> slices) {
    private static final int CODES = 1024;

    /** Names what a calibration belongs to. */
    record Key(String run, int board) {}

    /** Columns of the rows of {@link CodeCounts} after those that they are grouped by. */
    private record Near(
            long first, long last, long hits, double median, long used, double middle, double mean, double spread) {
        static Near of(Row r, int at) {
            long used = r.getLong(at + 4);
            double mean = (double) r.getLong(at + 6) / used;
            // codes have 10 bits and a slice's deviations are small: exact in whole numbers
            double squares = r.getLong(at + 7) - (double) r.getLong(at + 6) * mean;
            return new Near(
                    r.getLong(at),
                    r.getLong(at + 1),
                    r.getLong(at + 2),
                    r.getDouble(at + 3),
                    used,
                    (double) r.getLong(at + 5) / used,
                    mean,
                    Math.sqrt(Math.max(0, squares) / (used - 1)));
        }
    }

    /**
     * Counts codes.
     *
     * @param events that pass the event cuts
     * @param runs names by run index
     * @param sliceEvents numbers of events in a slice
     */
    public static Calibrations of(Dataset<Row> events, List<Integer> boards, List<String> runs, int sliceEvents) {
        try (CodeCounts counts = new CodeCounts(events, boards, sliceEvents)) {
            List<CalibrationSlice> slices = new ArrayList<>();
            for (Row r : counts.bySlice()) {
                Near n = Near.of(r, 3);
                slices.add(new CalibrationSlice(
                        runs.get(r.getInt(0)),
                        r.getInt(2),
                        r.getLong(1),
                        n.first(),
                        n.last(),
                        n.middle(),
                        n.hits(),
                        n.median(),
                        n.used(),
                        n.mean(),
                        n.spread()));
            }
            List<CalibrationRun> ofRuns = runs(slices, counts, runs);
            return new Calibrations(boards(counts, boards, ofRuns), ofRuns, slices);
        }
    }

    private static Map<Key, List<CalibrationSlice>> counting(List<CalibrationSlice> slices) {
        Map<Key, List<CalibrationSlice>> counting = new HashMap<>();
        slices.forEach(s -> {
            List<CalibrationSlice> own =
                    counting.computeIfAbsent(new Key(s.run(), s.dataBoardId()), k -> new ArrayList<>());
            if (s.counts()) {
                own.add(s);
            }
        });
        return counting;
    }

    private static List<CalibrationRun> runs(List<CalibrationSlice> slices, CodeCounts counts, List<String> runs) {
        List<CalibrationRun> ofRuns = new ArrayList<>();
        Map<Key, List<CalibrationSlice>> counting = counting(slices);
        boolean few = counting.values().stream().anyMatch(List::isEmpty);
        for (Row r : few ? counts.byRun() : List.<Row>of()) {
            Key key = new Key(runs.get(r.getInt(0)), r.getInt(1));
            if (counting.getOrDefault(key, List.of()).isEmpty()) {
                Near n = Near.of(r, 2);
                ofRuns.add(CalibrationRun.without(key.run(), key.board(), n.used(), n.mean(), n.spread()));
            }
        }
        counting.values().stream()
                .filter(s -> !s.isEmpty())
                .map(CalibrationRun::of)
                .forEach(ofRuns::add);
        Map<String, Integer> order = new HashMap<>();
        runs.forEach(r -> order.put(r, order.size()));
        ofRuns.sort(java.util.Comparator.comparing((CalibrationRun r) -> order.get(r.run()))
                .thenComparing(CalibrationRun::dataBoardId));
        return ofRuns;
    }

    private static List<Calibration> boards(CodeCounts counted, List<Integer> boards, List<CalibrationRun> runs) {
        long[][] counts = new long[boards.size()][CODES];
        Saturated[] saturated = new Saturated[boards.size()];
        java.util.Arrays.fill(saturated, Saturated.NONE);
        for (Row r : counted.byCode()) {
            int b = boards.indexOf(r.getInt(0));
            counts[b][r.getInt(1)] += r.getLong(2);
            saturated[b] = saturated[b].plus(new Saturated(r.getLong(3), r.getLong(4), r.getLong(5), r.getLong(6)));
        }
        List<Calibration> all = new ArrayList<>();
        for (int b = 0; b < boards.size(); b++) {
            int board = boards.get(b);
            List<CalibrationRun> own =
                    runs.stream().filter(r -> r.dataBoardId() == board).toList();
            double codes = own.stream().mapToDouble(CalibrationRun::codesUsed).sum();
            double sum =
                    own.stream().mapToDouble(r -> r.codesUsed() * r.codeMean()).sum();
            all.add(Calibration.of(board, counts[b], sum / codes, saturated[b]));
        }
        return all;
    }
}
