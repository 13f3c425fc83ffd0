package etroc.telescope;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import etroc.fits.Polynomial;
import etroc.telescope.calibration.TimeColumns;
import etroc.telescope.events.NumberedHits;
import etroc.telescope.walk.RunDelays;
import etroc.telescope.walk.TimeWalk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Delays of the runs as columns of the events, one a board, and what is made with them.
 *
 * @param count number of runs that have delays of their own; 0: they share them, and there are no such columns
 */
record RunColumns(int count, List<Integer> boards) {
    /** Of the solution before the residual cut. */
    static final String FIRST = "first_delay";
    /** Of the last solution. */
    static final String LAST = "delay";

    /** Names of the columns, by board; none where there are no delays. */
    List<String> columns(RunDelays delays, String name) {
        return delays.ofRuns().isEmpty()
                ? List.of()
                : boards.stream().map(b -> TimeColumns.column(name, b)).toList();
    }

    /** Adds the delays of each event's run. */
    Dataset<Row> with(Dataset<Row> events, RunDelays delays, String name) {
        StructType schema = new StructType().add(NumberedHits.RUN_INDEX, DataTypes.IntegerType, false);
        for (String column : columns(delays, name)) {
            schema = schema.add(column, DataTypes.DoubleType, false);
        }
        double[][] values = delays.values(count, boards.size());
        if (values.length == 0) {
            return events;
        }
        List<Row> rows = new ArrayList<>();
        for (int run = 0; run < values.length; run++) {
            List<Object> row = new ArrayList<>(List.of(run));
            for (double delay : values[run]) {
                row.add(delay);
            }
            rows.add(RowFactory.create(row.toArray()));
        }
        return events.join(broadcast(events.sparkSession().createDataFrame(rows, schema)), NumberedHits.RUN_INDEX);
    }

    /** Adds the corrected times of each iteration, and drops the delays. */
    Dataset<Row> withCorrectedTimes(Dataset<Row> events, TimeWalk.Solution solution) {
        List<String> delays = columns(solution.delays(), LAST);
        Map<String, Column> corrected = new LinkedHashMap<>();
        for (int k = 0; k < solution.states().size(); k++) {
            for (int i = 0; i < boards.size(); i++) {
                Polynomial p = solution.fits().get(k).get(i);
                String delay = delays.isEmpty() ? "" : delays.get(i);
                corrected.put(
                        TimeColumns.column(TimeColumns.CORRECTED_TOA + k, boards.get(i)),
                        expr(TimeWalk.correctedTime(boards.get(i), delay, p)));
            }
        }
        return withoutDelays(events.withColumns(corrected));
    }

    /** The events with their times of arrival [ns] as if the boards had the same delays in all runs. */
    Dataset<Row> aligned(Dataset<Row> events) {
        List<String> there = List.of(events.columns());
        Map<String, Column> aligned = new LinkedHashMap<>();
        for (int board : boards) {
            String delay = TimeColumns.column(LAST, board);
            String toa = TimeColumns.column(TimeColumns.TOA_NS, board);
            if (there.contains(delay)) {
                aligned.put(toa, col(toa).minus(col(delay)));
            }
        }
        return withoutDelays(events.withColumns(aligned));
    }

    private Dataset<Row> withoutDelays(Dataset<Row> events) {
        List<String> columns = new ArrayList<>();
        boards.forEach(b -> columns.addAll(List.of(TimeColumns.column(FIRST, b), TimeColumns.column(LAST, b))));
        return events.drop(columns.toArray(String[]::new));
    }
}
