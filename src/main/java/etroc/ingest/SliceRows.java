package etroc.ingest;

import java.util.Arrays;

/**
 * How many rows of Parquet a slice of a file gave.
 *
 * @param fileIndex column {@link HitIngest#FILE}
 * @param start first byte of the slice, column {@link HitIngest#SLICE}
 * @param byBoard rows of each board id from 0
 */
public record SliceRows(int fileIndex, long start, long[] byBoard) {
    /** Board ids are below this. */
    public static final int BOARD_IDS = 4;

    /** Rows of all boards. */
    public long total() {
        return Arrays.stream(byBoard).sum();
    }
}
