package etroc.telescope.calibration;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.expr;

import etroc.telescope.events.EventVariables;
import etroc.telescope.events.NumberedHits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The calibration code of every event by linear interpolation, as arrays that are joined to the events: a row a run, for each board four
 * numbers a slice, or four in all where the code rests. A slice's numbers are x, code at x, slope before x, slope after it: its middle and the
 * lines to the neighbours' middles.
 */
final class CodeLines {
    private static final int NUMBERS = 4;

    private CodeLines() {}

    private static String column(int board) {
        return "code_lines_" + board;
    }

    /** SQL of a board's code in an event; null where the run has none. */
    static String code(int board) {
        return TimeColumns.column("sliced_code", board);
    }

    /**
     * Adds {@link #code} of each board.
     *
     * @param runs names by run index
     * @param sliceEvents numbers of events in a slice
     */
    static Dataset<Row> withCodes(Dataset<Row> events, Calibrations calibrations, List<String> runs, int sliceEvents) {
        List<Integer> boards =
                calibrations.boards().stream().map(Calibration::board).toList();
        StructType schema = new StructType().add(NumberedHits.RUN_INDEX, DataTypes.IntegerType, false);
        for (int board : boards) {
            schema = schema.add(column(board), DataTypes.createArrayType(DataTypes.DoubleType, false));
        }
        Map<Calibrations.Key, double[]> lines = lines(calibrations);
        List<Row> rows = new ArrayList<>();
        for (int run = 0; run < runs.size(); run++) {
            List<@Nullable Object> values = new ArrayList<>(List.of(run));
            for (int board : boards) {
                values.add(lines.get(new Calibrations.Key(runs.get(run), board)));
            }
            rows.add(RowFactory.create(values.toArray()));
        }
        Dataset<Row> table = events.sparkSession().createDataFrame(rows, schema);
        Dataset<Row> joined = events.join(broadcast(table), NumberedHits.RUN_INDEX);
        for (int board : boards) {
            joined = joined.withColumn(code(board), expr(interpolated(column(board), sliceEvents)));
        }
        return joined.drop(boards.stream().map(CodeLines::column).toArray(String[]::new));
    }

    private static String interpolated(String lines, int sliceEvents) {
        String at = NUMBERS + " * least(" + EventVariables.EVENT + " div " + sliceEvents + ", size(" + lines + ") div "
                + NUMBERS + " - 1)";
        // no format: where numbers are written in other digits SQL would get those
        IntFunction<String> number = i -> "get(" + lines + ", CAST(" + at + " AS INT) + " + i + ")";
        String distance = "(" + EventVariables.EVENT + " - " + number.apply(0) + ")";
        return number.apply(1) + " + " + distance + " * if(" + distance + " < 0, " + number.apply(2) + ", "
                + number.apply(3) + ")";
    }

    private static Map<Calibrations.Key, double[]> lines(Calibrations calibrations) {
        Map<Calibrations.Key, double[]> lines = new HashMap<>();
        Map<Calibrations.Key, List<CalibrationSlice>> drifting = new HashMap<>();
        for (CalibrationRun r : calibrations.runs()) {
            Calibrations.Key key = new Calibrations.Key(r.run(), r.dataBoardId());
            if (r.constant()) {
                lines.put(key, new double[] {0, r.codeMean(), 0, 0});
            } else {
                drifting.put(key, new ArrayList<>());
            }
        }
        for (CalibrationSlice s : calibrations.slices()) {
            List<CalibrationSlice> own = drifting.get(new Calibrations.Key(s.run(), s.dataBoardId()));
            if (own != null && s.counts()) {
                own.add(s);
            }
        }
        drifting.forEach((key, slices) -> lines.put(key, interpolation(slices)));
        return lines;
    }

    /** Numbers of every slice up to the last one that counts, beyond whose middle the code rests. */
    private static double[] interpolation(List<CalibrationSlice> slices) {
        int last = Math.toIntExact(slices.get(slices.size() - 1).slice());
        double[] numbers = new double[NUMBERS * (last + 1)];
        int k = 0;
        for (int slice = 0; slice <= last; slice++) {
            while (k + 1 < slices.size() && slices.get(k + 1).slice() <= slice) {
                k++;
            }
            CalibrationSlice node = slices.get(k);
            numbers[NUMBERS * slice] = node.middleEvent();
            numbers[NUMBERS * slice + 1] = node.codeMean();
            numbers[NUMBERS * slice + 2] = k == 0 ? 0 : slope(slices.get(k - 1), node);
            numbers[NUMBERS * slice + 3] = k + 1 == slices.size() ? 0 : slope(node, slices.get(k + 1));
        }
        return numbers;
    }

    private static double slope(CalibrationSlice from, CalibrationSlice to) {
        return (to.codeMean() - from.codeMean()) / (to.middleEvent() - from.middleEvent());
    }
}
