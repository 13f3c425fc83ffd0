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
     * How codes become times.
     *
     * @param runs names by run index
     * @param sliceEvents numbers of events in a slice of the calibration
     */
    public record Conversion(
            Calibration.Method method, Saturated.Handling saturated, List<String> runs, int sliceEvents) {
        /** The same with another calibration. */
        public Conversion with(Calibration.Method other) {
            return new Conversion(other, saturated, runs, sliceEvents);
        }
    }

    /**
     * Adds TOA and TOT [ns] of each board: {@code 12.5 - TOA fbin} and {@code (2 TOT - floor(TOT / 32)) fbin} with
     * {@code fbin = 3.125 ns / CAL} (src/docs/analysis.md, section 2, step 5). Both are null where the board has no hit or no bin width, or where
     * one of its codes is an end stop and those are dropped.
     */
    public static Dataset<Row> withTimes(Dataset<Row> events, Calibrations calibrations, Conversion conversion) {
        boolean sliced = conversion.method() == Calibration.Method.SLICES;
        Dataset<Row> withCodes = sliced
                ? CodeLines.withCodes(events, calibrations, conversion.runs(), conversion.sliceEvents())
                : events;
        Map<String, Column> times = new LinkedHashMap<>();
        for (Calibration c : calibrations.boards()) {
            String toa = column(HitColumn.TOA.columnName(), c.board());
            String tot = column(HitColumn.TOT.columnName(), c.board());
            String bin = binWidth(c, conversion.method());
            if (conversion.saturated() == Saturated.Handling.DROP) {
                bin = "if(" + saturated(c.board()) + ", NULL, " + bin + ")";
            }
            times.put(column(TOA_NS, c.board()), expr("12.5D - " + toa + " * " + bin));
            times.put(column(TOT_NS, c.board()), expr("(2 * " + tot + " - floor(" + tot + " / 32)) * " + bin));
        }
        Dataset<Row> timed = withCodes.withColumns(times);
        return timed.drop(calibrations.boards().stream()
                .map(c -> CodeLines.code(c.board()))
                .toArray(String[]::new));
    }

    /** SQL: a code of a board is an end stop; null where it has no hit. */
    public static String saturated(int board) {
        String toa = column(HitColumn.TOA.columnName(), board);
        String tot = column(HitColumn.TOT.columnName(), board);
        return "(" + toa + " IN (0, " + Saturated.TOA_END + ") OR " + tot + " IN (0, " + Saturated.TOT_END + "))";
    }

    private static String binWidth(Calibration c, Calibration.Method method) {
        return switch (method) {
            case SLICES -> divided(CodeLines.code(c.board()));
            case EVENT -> divided(column(HitColumn.CAL.columnName(), c.board()));
            default -> {
                double width = Calibration.binWidth(c.code(method));
                yield Double.isNaN(width) ? "CAST(NULL AS DOUBLE)" : width + "D";
            }
        };
    }

    private static String divided(String code) {
        return "try_divide(" + Calibration.CLOCK_NS + "D, " + code + ")";
    }
}
