package etroc.telescope.events;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The blocks that runs are cut into: {@code rows} rows each, the last of a run fewer; numbered over all runs. A block sees {@code halo} rows of
 * its neighbours, of the same run, on either side.
 */
final class Blocks implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long[] sizes;
    private final int[] firstOfRun;
    private final int rows;
    private final int halo;

    /** @param sizes rows of each run, none of them 0 */
    Blocks(long[] sizes, int rows, int halo) {
        this.sizes = sizes.clone();
        this.rows = rows;
        this.halo = halo;
        firstOfRun = new int[sizes.length + 1];
        for (int run = 0; run < sizes.length; run++) {
            firstOfRun[run + 1] = Math.addExact(firstOfRun[run], Math.toIntExact((sizes[run] + rows - 1) / rows));
        }
    }

    /** Blocks of all runs. */
    int count() {
        return firstOfRun[sizes.length];
    }

    int run(int block) {
        int at = Arrays.binarySearch(firstOfRun, block);
        return at >= 0 ? at : -at - 2;
    }

    /** The block whose own a row is. */
    int of(int run, long row) {
        return firstOfRun[run] + Math.toIntExact(row / rows);
    }

    /** First block of the same run that sees a row. */
    int firstThatSees(int run, long row) {
        return of(run, Math.max(0, row - halo));
    }

    /** Last block of the same run that sees a row. */
    int lastThatSees(int run, long row) {
        return of(run, Math.min(sizes[run] - 1, row + halo));
    }

    boolean beginsBlock(long row) {
        return row % rows == 0;
    }

    /** First row of the block's own. */
    long from(int block) {
        return (long) (block - firstOfRun[run(block)]) * rows;
    }

    /** One past the last row of the block's own. */
    long to(int block) {
        return Math.min(sizes[run(block)], from(block) + rows);
    }

    /** First row that the block sees. */
    long seenFrom(int block) {
        return Math.max(0, from(block) - halo);
    }

    /** One past the last row that the block sees. */
    long seenTo(int block) {
        return Math.min(sizes[run(block)], to(block) + halo);
    }

    boolean endsRun(int block) {
        return seenTo(block) == sizes[run(block)];
    }
}
