package etroc.telescope.walk;

import etroc.fits.PolynomialBasis;
import java.io.Serializable;

/** Mean, spread and range of each board's TOT over events; sums in, one event at a time, in any order. */
public final class TotMoments implements Sums<TotMoments>, Serializable {
    private static final long serialVersionUID = 1L;
    /** Where TOT is expected [ns], so that sums of squares keep their digits. */
    private static final double ORIGIN = 4;

    private final double[] sum;
    private final double[] squares;
    private final double[] from;
    private final double[] to;
    private long events;

    public TotMoments(int boards) {
        sum = new double[boards];
        squares = new double[boards];
        from = new double[boards];
        to = new double[boards];
        java.util.Arrays.fill(from, Double.POSITIVE_INFINITY);
        java.util.Arrays.fill(to, Double.NEGATIVE_INFINITY);
    }

    /** As of two events whose TOT is a spread below and above a mean [ns], the same for all boards: for sums that begin before any are known. */
    public static TotMoments about(int boards, double mean, double spread) {
        TotMoments moments = new TotMoments(boards);
        for (double tot : new double[] {mean - spread, mean + spread}) {
            double[] same = new double[boards];
            java.util.Arrays.fill(same, tot);
            moments.add(same, same);
        }
        return moments;
    }

    @Override
    public void add(double[] toa, double[] tot) {
        events++;
        for (int i = 0; i < tot.length; i++) {
            double d = tot[i] - ORIGIN;
            sum[i] += d;
            squares[i] += d * d;
            from[i] = Math.min(from[i], tot[i]);
            to[i] = Math.max(to[i], tot[i]);
        }
    }

    @Override
    public void add(TotMoments other) {
        events += other.events;
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.sum[i];
            squares[i] += other.squares[i];
            from[i] = Math.min(from[i], other.from[i]);
            to[i] = Math.max(to[i], other.to[i]);
        }
    }

    public long events() {
        return events;
    }

    /** Smallest TOT of a board [ns]. */
    public double from(int board) {
        return from[board];
    }

    /** Largest TOT of a board [ns]. */
    public double to(int board) {
        return to[board];
    }

    /** Number of boards. */
    public int boards() {
        return sum.length;
    }

    /** Whether a board's TOT is the same in all events. */
    public boolean constant(int board) {
        return !(to[board] > from[board]);
    }

    /** Basis centred on a board's mean. */
    public PolynomialBasis basis(int board, int degree) {
        double mean = sum[board] / events;
        double variance = squares[board] / events - mean * mean;
        return new PolynomialBasis(mean + ORIGIN, variance > 0 ? Math.sqrt(variance) : 1, degree);
    }
}
