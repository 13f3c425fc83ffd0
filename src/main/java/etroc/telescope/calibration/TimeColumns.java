package etroc.telescope.calibration;

import static org.apache.spark.sql.functions.expr;

import etroc.source.HitColumn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Codes to nanoseconds. */
public final class TimeColumns {
    public static final String TOA_NS = "time_of_arrival_ns";
    public static final String TOT_NS = "time_over_threshold_ns";
    /** Column of a board's corrected time [ns]; the iteration follows. */
    public static final String CORRECTED_TOA = "time_of_arrival_twc_iteration_";

    private TimeColumns() {}

    /** Name of a variable's column for a board. */
    public static String column(String variable, int board) {
        return variable + "_" + board;
    }

    /**
     * Adds TOA and TOT [ns] of each board: {@code 12.5 - TOA fbin} and {@code (2 TOT - floor(TOT / 32)) fbin} with
     * {@code fbin = 3.125 ns / CAL} (src/docs/analysis.md, section 2, step 5). Null where the board has no hit or no bin width.
     */
    public static Dataset<Row> withTimes(
            Dataset<Row> events, List<Calibration> calibrations, Calibration.Method method) {
        Map<String, Column> times = new LinkedHashMap<>();
        for (Calibration c : calibrations) {
            String toa = column(HitColumn.TOA.columnName(), c.board());
            String tot = column(HitColumn.TOT.columnName(), c.board());
            String bin = binWidth(c, method);
            times.put(column(TOA_NS, c.board()), expr("12.5D - " + toa + " * " + bin));
            times.put(column(TOT_NS, c.board()), expr("(2 * " + tot + " - floor(" + tot + " / 32)) * " + bin));
        }
        return events.withColumns(times);
    }

    private static String binWidth(Calibration c, Calibration.Method method) {
        if (method == Calibration.Method.EVENT) {
            return "try_divide(" + Calibration.CLOCK_NS + "D, " + column(HitColumn.CAL.columnName(), c.board()) + ")";
        }
        double width = Calibration.binWidth(c.code(method));
        return Double.isNaN(width) ? "CAST(NULL AS DOUBLE)" : width + "D";
    }
}
