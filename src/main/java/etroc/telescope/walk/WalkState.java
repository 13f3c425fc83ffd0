package etroc.telescope.walk;

import etroc.fits.Polynomial;
import java.io.Serializable;
import java.util.List;

/**
 * Times at some point of an iterative correction: the boards' own times plus the polynomials of that point, none before the first.
 *
 * @param polynomials one a board; empty: uncorrected
 */
public record WalkState(List<Polynomial> polynomials) implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final WalkState UNCORRECTED = new WalkState(List.of());

    public WalkState {
        polynomials = List.copyOf(polynomials);
    }

    /** Time of a board [ns]. */
    public double time(int board, double[] toa, double[] tot) {
        return polynomials.isEmpty()
                ? toa[board]
                : toa[board] + polynomials.get(board).at(tot[board]);
    }

    /** Mean time of the other boards [ns]. */
    public double othersMean(int board, double[] toa, double[] tot) {
        double sum = 0;
        for (int j = 0; j < toa.length; j++) {
            sum += j == board ? 0 : time(j, toa, tot);
        }
        return sum / (toa.length - 1);
    }
}
