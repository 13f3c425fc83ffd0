package etroc.telescope.walk;

import java.io.Serializable;

/**
 * What a board's polynomial is fitted to: the mean time of the other boards at one point of the correction, minus the board's own time at
 * another.
 */
public record WalkTarget(WalkState others, WalkState own) implements Serializable {
    private static final long serialVersionUID = 1L;

    double of(int board, double[] toa, double[] tot) {
        return others.othersMean(board, toa, tot) - own.time(board, toa, tot);
    }
}
