package etroc.times;

import static org.apache.spark.sql.functions.col;

import etroc.hits.HitColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Calibration codes of a board over the events that pass the event cuts.
 *
 * @param board board id
 * @param mean mean code; NaN without hits
 * @param median mean of the two middle codes if their number is even
 * @param mode most frequent code, the smallest of equals
 * @param spread standard deviation of the codes (n-1)
 * @param count hits that it was taken from
 * @param zeros hits with code 0, which have no bin width
 */
public record Calibration(int board, double mean, double median, double mode, double spread, long count, long zeros) {
    /** One clock period that the TDC measures against [ns]; source: analysis specification, section 2, step 4. */
    public static final double CLOCK_NS = 3.125;

    /** TDC bin width [ns] for a calibration code; NaN for 0. */
    public static double binWidth(double code) {
        return code > 0 ? CLOCK_NS / code : Double.NaN;
    }

    /** Calibrations of all boards from the histograms of their codes: one small aggregation. */
    public static List<Calibration> of(Dataset<Row> acceptedEvents, List<Integer> boards) {
        String stack = boards.stream()
                .map(b -> b + ", " + HitColumn.CAL.columnName() + "_" + b)
                .collect(Collectors.joining(", ", "stack(" + boards.size() + ", ", ") as (board, code)"));
        Map<Integer, TreeMap<Integer, Long>> histograms = new TreeMap<>();
        boards.forEach(b -> histograms.put(b, new TreeMap<>()));
        acceptedEvents
                .selectExpr(stack)
                .filter(col("code").isNotNull())
                .groupBy("board", "code")
                .count()
                .collectAsList()
                .forEach(r -> {
                    TreeMap<Integer, Long> histogram = histograms.get(r.getInt(0));
                    if (histogram != null) {
                        histogram.put(r.getInt(1), r.getLong(2));
                    }
                });
        List<Calibration> calibrations = new ArrayList<>();
        histograms.forEach((board, histogram) -> calibrations.add(of(board, histogram)));
        return calibrations;
    }

    /** The calibration of one board from counts by code. */
    static Calibration of(int board, TreeMap<Integer, Long> histogram) {
        long n = 0;
        long sum = 0;
        long most = 0;
        double mode = Double.NaN;
        for (Map.Entry<Integer, Long> e : histogram.entrySet()) {
            n += e.getValue();
            sum += e.getKey() * e.getValue();
            if (e.getValue() > most) {
                most = e.getValue();
                mode = e.getKey();
            }
        }
        if (n == 0) {
            return new Calibration(board, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0, 0);
        }
        double mean = (double) sum / n;
        double squares = 0;
        for (Map.Entry<Integer, Long> e : histogram.entrySet()) {
            squares += e.getValue() * (e.getKey() - mean) * (e.getKey() - mean);
        }
        double median = (codeAt(histogram, (n - 1) / 2) + codeAt(histogram, n / 2)) / 2.0;
        return new Calibration(
                board, mean, median, mode, Math.sqrt(squares / (n - 1)), n, histogram.getOrDefault(0, 0L));
    }

    private static int codeAt(TreeMap<Integer, Long> histogram, long index) {
        long below = 0;
        for (Map.Entry<Integer, Long> e : histogram.entrySet()) {
            below += e.getValue();
            if (index < below) {
                return e.getKey();
            }
        }
        throw new IllegalArgumentException("index " + index + " of " + below);
    }
}
