package etroc.telescope.calibration;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Some events as arrays.
 *
 * @param toa [ns] of all boards of the first event, then of the second, ...
 * @param tot [ns] in the same order
 * @param steps bit k: the event is accepted at step k
 * @param key number of the event, the same in every partitioning
 * @param run index of the event's run
 * @param incomplete for each step, events that are accepted at it and are not here, because a board has no time
 */
record EventBatch(double[] toa, double[] tot, long[] steps, long[] key, int[] run, long[] incomplete)
        implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int SIZE = 4096;

    int size() {
        return key.length;
    }

    /**
     * Reads an event.
     *
     * @param delays by run and board [ns], subtracted from TOA; empty: none
     */
    void read(int event, double[] toaOf, double[] totOf, double[][] delays) {
        int boards = toaOf.length;
        System.arraycopy(toa, event * boards, toaOf, 0, boards);
        System.arraycopy(tot, event * boards, totOf, 0, boards);
        if (delays.length > 0) {
            double[] own = delays[run[event]];
            for (int i = 0; i < boards; i++) {
                toaOf[i] -= own[i];
            }
        }
    }

    /**
     * Gathers rows of TOA of each board, TOT of each board, steps, key, run. Rows without a time of every board or without a step are left out.
     *
     * @param stepCount bits of {@code steps} that are in use
     */
    static Iterator<EventBatch> of(Iterator<InternalRow> rows, int boards, int stepCount) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public EventBatch next() {
                if (!rows.hasNext()) {
                    throw new NoSuchElementException();
                }
                return batch(rows, boards, stepCount);
            }
        };
    }

    private static EventBatch batch(Iterator<InternalRow> rows, int boards, int stepCount) {
        double[] toa = new double[SIZE * boards];
        double[] tot = new double[SIZE * boards];
        long[] steps = new long[SIZE];
        long[] key = new long[SIZE];
        int[] run = new int[SIZE];
        long[] incomplete = new long[stepCount];
        int n = 0;
        while (n < SIZE && rows.hasNext()) {
            InternalRow row = rows.next();
            steps[n] = row.getLong(2 * boards);
            key[n] = row.getLong(2 * boards + 1);
            run[n] = row.getInt(2 * boards + 2);
            if (read(row, toa, tot, n * boards, boards)) {
                n += steps[n] == 0 ? 0 : 1;
            } else {
                for (int k = 0; k < stepCount; k++) {
                    incomplete[k] += (steps[n] >> k) & 1;
                }
            }
        }
        return n == SIZE
                ? new EventBatch(toa, tot, steps, key, run, incomplete)
                : new EventBatch(
                        Arrays.copyOf(toa, n * boards),
                        Arrays.copyOf(tot, n * boards),
                        Arrays.copyOf(steps, n),
                        Arrays.copyOf(key, n),
                        Arrays.copyOf(run, n),
                        incomplete);
    }

    private static boolean read(InternalRow row, double[] toa, double[] tot, int at, int boards) {
        for (int i = 0; i < boards; i++) {
            if (row.isNullAt(i) || row.isNullAt(boards + i)) {
                return false;
            }
            toa[at + i] = row.getDouble(i);
            tot[at + i] = row.getDouble(boards + i);
        }
        return true;
    }
}
