package etroc.passes;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Counts in equal bins of one variable or two, filled on executors and added up. */
public final class Histogram implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * Equal bins.
     *
     * @param from lower edge of the first
     * @param width of each
     */
    public record Axis(double from, double width, int bins) implements Serializable {
        public int bin(double value) {
            double at = Math.floor((value - from) / width);
            return at >= 0 && at < bins ? (int) at : -1;
        }

        /** Lower edge of a bin; of the number of bins: the upper end. */
        public double edge(int bin) {
            return from + bin * width;
        }
    }

    private final Axis x;
    private final @Nullable Axis y;
    private final long[] counts;
    private long outside;

    public Histogram(Axis x) {
        this(x, null);
    }

    /** @param y null: of one variable */
    public Histogram(Axis x, @Nullable Axis y) {
        this.x = x;
        this.y = y;
        counts = new long[x.bins * (y == null ? 1 : y.bins)];
    }

    /** From counts of the bins; further ones are zero. */
    public static Histogram of(Axis x, long[] counts) {
        Histogram histogram = new Histogram(x);
        System.arraycopy(counts, 0, histogram.counts, 0, x.bins);
        return histogram;
    }

    public void add(double value) {
        count(x.bin(value));
    }

    public void add(double first, double second) {
        int i = x.bin(first);
        int j = y == null ? 0 : y.bin(second);
        count(i < 0 || j < 0 ? -1 : i + x.bins * j);
    }

    private void count(int index) {
        if (index < 0) {
            outside++;
        } else {
            counts[index]++;
        }
    }

    public void add(Histogram other) {
        outside += other.outside;
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
    }

    public Axis x() {
        return x;
    }

    public @Nullable Axis y() {
        return y;
    }

    /** Count of a bin of one variable. */
    public long count(int i, int j) {
        return counts[i + x.bins * j];
    }

    /** Values beyond the bins. */
    public long outside() {
        return outside;
    }
}
