package etroc.telescope.etroc2;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * The single-hit events of a track, by run and event: arrays by board and event.
 *
 * @param runs of the events
 * @param events numbers in their runs
 * @param toa codes
 * @param tot codes
 * @param bins widths of the TDC bins [ns]
 */
record TrackSample(String[] runs, long[] events, double[][] toa, double[][] tot, double[][] bins) {
    /** Spreads the hashes of runs over 64 bits. */
    private static final long RUN_STEP = 0x9e3779b97f4a7c15L;

    private static final int FIRST_SIZE = 256;
    /** Columns of a row before those of the boards. */
    private static final int FIRST_BOARD = 3;

    private static final int OF_BOARD = 3;

    /**
     * Of rows in their order.
     *
     * @param rows track, run, event, and of each board TOA, TOT and width of the bin
     */
    static TrackSample of(int boards, Iterator<Row> rows) {
        String[] runs = new String[FIRST_SIZE];
        long[] events = new long[FIRST_SIZE];
        double[][] values = new double[OF_BOARD * boards][FIRST_SIZE];
        Map<String, String> names = new HashMap<>();
        int n = 0;
        while (rows.hasNext()) {
            Row row = rows.next();
            if (n == events.length) {
                runs = Arrays.copyOf(runs, 2 * n);
                events = Arrays.copyOf(events, 2 * n);
                for (int i = 0; i < values.length; i++) {
                    values[i] = Arrays.copyOf(values[i], 2 * n);
                }
            }
            runs[n] = names.computeIfAbsent(row.getString(1), r -> r);
            events[n] = row.getLong(2);
            for (int i = 0; i < values.length; i++) {
                values[i][n] = row.<Number>getAs(FIRST_BOARD + i).doubleValue();
            }
            n++;
        }
        double[][][] each = new double[OF_BOARD][boards][];
        for (int i = 0; i < values.length; i++) {
            each[i % OF_BOARD][i / OF_BOARD] = Arrays.copyOf(values[i], n);
        }
        return new TrackSample(Arrays.copyOf(runs, n), Arrays.copyOf(events, n), each[0], each[1], each[2]);
    }

    int size() {
        return events.length;
    }

    int boards() {
        return toa.length;
    }

    /** Tells an event from all others, in whatever order they come. */
    long key(int event) {
        return events[event] + RUN_STEP * runs[event].hashCode();
    }

    /** The events that stay. */
    TrackSample kept(boolean[] stays) {
        int n = 0;
        String[] someRuns = new String[runs.length];
        long[] someEvents = new long[events.length];
        for (int e = 0; e < stays.length; e++) {
            if (stays[e]) {
                someRuns[n] = runs[e];
                someEvents[n++] = events[e];
            }
        }
        return new TrackSample(
                Arrays.copyOf(someRuns, n),
                Arrays.copyOf(someEvents, n),
                kept(toa, stays),
                kept(tot, stays),
                kept(bins, stays));
    }

    static double[][] kept(double[][] values, boolean[] stays) {
        return Arrays.stream(values).map(v -> TrackCuts.kept(v, stays)).toArray(double[][]::new);
    }
}
