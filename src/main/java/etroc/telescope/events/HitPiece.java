package etroc.telescope.events;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Consecutive hits of a run.
 *
 * @param firstRow row of the first
 * @param board board id of each
 * @param codes as {@link PackedHit} has them
 * @param seconds time stamps since 1970, {@link #NO_TIME} for none
 */
record HitPiece(long firstRow, byte[] board, long[] codes, long[] seconds) implements Serializable {
    private static final long serialVersionUID = 1L;
    static final long NO_TIME = Long.MIN_VALUE;

    /** Place of a piece in the order that blocks are put together in. */
    record Key(int block, long firstRow) implements Comparable<Key>, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public int compareTo(Key other) {
            int byBlock = Integer.compare(block, other.block);
            return byBlock != 0 ? byBlock : Long.compare(firstRow, other.firstRow);
        }
    }

    int size() {
        return board.length;
    }

    /** The hits from one row to before another. */
    HitPiece part(long fromRow, long toRow) {
        int from = (int) (fromRow - firstRow);
        int to = (int) (toRow - firstRow);
        return new HitPiece(
                fromRow,
                Arrays.copyOfRange(board, from, to),
                Arrays.copyOfRange(codes, from, to),
                Arrays.copyOfRange(seconds, from, to));
    }
}
