package etroc.telescope.resolution;

import etroc.fits.GaussianCore;
import java.io.Serializable;

/**
 * Bins of a time difference that are fine against its peak: around the median, out to {@value #REACH} times half the range from 16 to 84 %.
 *
 * @param centre median [ns]
 * @param half half the range from 16 to 84 % [ns]
 * @param perHalf bins in it
 */
public record PairAxis(double centre, double half, int perHalf) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int REACH = 8;
    /** Bins in half the range that the core is defined with. */
    public static final int FINE = 50;

    /** The same range in other bins. */
    public PairAxis with(int bins) {
        return new PairAxis(centre, half, bins);
    }

    public int bins() {
        return 2 * REACH * perHalf;
    }

    private double width() {
        return half / perHalf;
    }

    /** Bin of a difference [ns]; -1 beyond. */
    public int bin(double difference) {
        double at = Math.floor((difference - centre) / width()) + REACH * perHalf;
        return at >= 0 && at < bins() ? (int) at : -1;
    }

    /** Core of what lies in these bins [ns]. */
    public GaussianCore core(int[] counts) {
        return inNs(GaussianCore.fit(counts, -REACH * perHalf, 1));
    }

    /** The same, found by {@link GaussianCore#quick}. */
    public GaussianCore quickCore(int[] counts) {
        return inNs(GaussianCore.quick(counts, -REACH * perHalf, 1));
    }

    private GaussianCore inNs(GaussianCore core) {
        return new GaussianCore(centre + width() * core.mean(), width() * core.width(), core.converged());
    }

    /** Entries within some widths of a core, bins at the ends in proportion. */
    double within(int[] counts, GaussianCore core, double widths) {
        double from = (core.mean() - widths * core.width() - centre) / width() + REACH * perHalf;
        double to = (core.mean() + widths * core.width() - centre) / width() + REACH * perHalf;
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i] * Math.max(0, Math.min(to, i + 1.0) - Math.max(from, i));
        }
        return sum;
    }
}
