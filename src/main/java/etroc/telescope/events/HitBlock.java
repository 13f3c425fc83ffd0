package etroc.telescope.events;

/**
 * Consecutive hits of a run, in file order.
 *
 * @param firstRow row of the first hit, among the kept hits of its run
 * @param board board id of each hit
 * @param toa TOA code of each hit
 * @param coreFrom first hit that is the block's own, as index into the arrays; hits before are the neighbour's
 * @param coreTo one past the last hit that is the block's own
 * @param beginsRun whether the first hit is the run's first
 * @param endsRun whether the last hit is the run's last
 */
public record HitBlock(
        long firstRow, int[] board, int[] toa, int coreFrom, int coreTo, boolean beginsRun, boolean endsRun) {
    /** Number of hits, those of the neighbours too. */
    public int size() {
        return board.length;
    }
}
