package etroc.fits;

import java.util.Arrays;
import org.apache.commons.math3.special.Erf;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * Mean and width of a Gaussian peak over whatever lies beside it: maximum likelihood of a truncated normal within +-2 widths, repeated until
 * the width changes by less than 1e-4 of itself.
 *
 * @param mean of the peak
 * @param width of the peak
 * @param converged whether it was reached
 */
public record GaussianCore(double mean, double width, boolean converged) {
    private static final double WINDOW = 2;
    /** Variance of a normal truncated at {@link #WINDOW} widths on both sides, over that of the whole. */
    private static final double SHRINK = 1 - 2 * WINDOW * density(WINDOW) / Erf.erf(WINDOW / Math.sqrt(2));

    private static final double TOLERANCE = 1e-4;
    /** What a Gaussian has below its mean less one width [%]. Of few values the start decides where the window comes to rest. */
    private static final double ONE_SIGMA = 15.87;

    private static final int MAX_WINDOWS = 200;
    private static final int MAX_STEPS = 500;

    /** The core of nothing. */
    public static final GaussianCore NONE = new GaussianCore(Double.NaN, Double.NaN, false);

    /**
     * Fits a histogram of equal bins.
     *
     * @param counts per bin
     * @param from lower edge of the first bin
     * @param bin width of a bin; small against the peak
     */
    public static GaussianCore fit(int[] counts, double from, double bin) {
        return fit(counts, from, bin, MAX_STEPS);
    }

    /**
     * Fits a histogram as {@link #fit(int[], double, double)}, but moves the window after every step towards the most likely width in it, as
     * {@link #of} does: it comes to rest at the same place, in a tenth of the time.
     */
    public static GaussianCore quick(int[] counts, double from, double bin) {
        return fit(counts, from, bin, 1);
    }

    private static GaussianCore fit(int[] counts, double from, double bin, int steps) {
        long total = 0;
        for (int c : counts) {
            total += c;
        }
        if (total < 3) {
            return NONE;
        }
        Sums sums = Sums.of(counts);
        double mean = quantile(counts, from, bin, 0.5 * total);
        double width = (quantile(counts, from, bin, 0.84 * total) - quantile(counts, from, bin, 0.16 * total)) / 2;
        for (int i = 0; i < MAX_WINDOWS && width > 0; i++) {
            double[] next = truncated(sums, from, bin, mean, width, steps);
            if (Double.isNaN(next[1])) {
                return NONE;
            }
            boolean settled = Math.abs(next[1] - width) < TOLERANCE * width;
            mean = next[0];
            width = next[1];
            if (settled) {
                return new GaussianCore(mean, width, true);
            }
        }
        return new GaussianCore(mean, width, false);
    }

    /**
     * Fits values that are not binned.
     *
     * @param values in any order and unit
     */
    public static GaussianCore of(double[] values) {
        if (values.length < 3) {
            return NONE;
        }
        Percentile percentile = new Percentile().withEstimationType(Percentile.EstimationType.R_7);
        percentile.setData(values);
        double mean = percentile.evaluate(50);
        double width = (percentile.evaluate(100 - ONE_SIGMA) - percentile.evaluate(ONE_SIGMA)) / 2;
        for (int i = 0; i < MAX_WINDOWS && width > 0; i++) {
            double low = mean - WINDOW * width;
            double high = mean + WINDOW * width;
            double[] inside =
                    Arrays.stream(values).filter(v -> v >= low && v <= high).toArray();
            // one step of the moments' equations a window: where each is solved to the end, the window of a few hundred
            // values, which moves in jumps, comes to rest elsewhere
            double[] next = step(inside.length, StatUtils.mean(inside), StatUtils.populationVariance(inside));
            if (Double.isNaN(next[1])) {
                return NONE;
            }
            boolean settled = Math.abs(next[1] - width) < TOLERANCE * width;
            mean = next[0];
            width = next[1];
            if (settled) {
                return new GaussianCore(mean, width, true);
            }
        }
        return new GaussianCore(mean, width, false);
    }

    /**
     * The core over a histogram: scaled to the entries within two widths, and compared with them.
     *
     * @param chi2 Pearson's, over those bins
     * @param bins number of those
     */
    public record Peak(GaussianCore core, double height, double chi2, int bins) {
        /** Mean, width and height. */
        public static final int PARAMETERS = 3;

        /** Entries a unit of x. */
        public double at(double x) {
            return height * core.shape(x);
        }
    }

    private double shape(double x) {
        double pull = (x - mean) / width;
        return Math.exp(-pull * pull / 2);
    }

    /** Integral of {@link #shape}. */
    private double between(double low, double high) {
        double unit = width * Math.sqrt(2);
        return unit * Math.sqrt(Math.PI) / 2 * Erf.erf((low - mean) / unit, (high - mean) / unit);
    }

    /** Scales the core to bins from {@code low} to {@code high}. */
    public Peak scaled(double[] low, double[] high, double[] count) {
        double data = 0;
        double model = 0;
        int bins = 0;
        for (int i = 0; i < count.length; i++) {
            double x = (low[i] + high[i]) / 2;
            if (Math.abs(x - mean) < WINDOW * width) {
                data += count[i];
                model += between(low[i], high[i]);
                bins++;
            }
        }
        double height = model > 0 ? data / model : 0;
        double chi2 = 0;
        for (int i = 0; i < count.length && height > 0; i++) {
            double x = (low[i] + high[i]) / 2;
            if (Math.abs(x - mean) < WINDOW * width) {
                double expected = height * between(low[i], high[i]);
                chi2 += Math.pow(count[i] - expected, 2) / expected;
            }
        }
        return new Peak(this, height, chi2, bins);
    }

    /** Where so many entries lie below, in equal bins from a lower edge; within a bin in proportion. */
    public static double quantile(int[] counts, double from, double bin, double rank) {
        double below = 0;
        for (int i = 0; i < counts.length; i++) {
            if (below + counts[i] >= rank && counts[i] > 0) {
                return from + bin * (i + (rank - below) / counts[i]);
            }
            below += counts[i];
        }
        return from + bin * counts.length;
    }

    /**
     * Entries below each edge of equal bins, with the sums of their places and of the squares of these, from the middle in bins: what lies in a window
     * is a difference of two, however many bins it has.
     */
    private record Sums(int[] counts, double[] n, double[] sum, double[] squares) {
        static Sums of(int[] counts) {
            double[] n = new double[counts.length + 1];
            double[] sum = new double[counts.length + 1];
            double[] squares = new double[counts.length + 1];
            for (int i = 0; i < counts.length; i++) {
                double x = i + 0.5 - counts.length / 2.0;
                n[i + 1] = n[i] + counts[i];
                sum[i + 1] = sum[i] + counts[i] * x;
                squares[i + 1] = squares[i] + counts[i] * x * x;
            }
            return new Sums(counts, n, sum, squares);
        }

        /**
         * Entries, mean and variance in a window. A bin at its edge counts with the part of it that lies inside, so that the result moves smoothly with the
         * window. A window beside the histogram holds nothing.
         *
         * @param low lower edge [bins from the lower edge of the first]
         * @param high upper edge
         */
        double[] within(double low, double high) {
            int first = (int) Math.floor(low);
            if (first >= counts.length || !(high > low)) {
                return new double[] {0, Double.NaN, Double.NaN};
            }
            int last = Math.min(counts.length - 1, (int) Math.floor(high));
            double middle = counts.length / 2.0;
            double[] all = {0, 0, 0};
            if (first + 1 < last) {
                all[0] = n[last] - n[first + 1];
                all[1] = sum[last] - sum[first + 1];
                all[2] = squares[last] - squares[first + 1];
            }
            add(all, first, low, Math.min(high, first + 1.0));
            if (last > first) {
                add(all, last, last, high);
            }
            double mean = all[1] / all[0];
            return new double[] {all[0], mean + middle, all[2] / all[0] - mean * mean - 1 / 12.0};
        }

        private void add(double[] all, int bin, double left, double right) {
            double weight = counts[bin] * (right - left);
            double x = (left + right) / 2 - counts.length / 2.0;
            all[0] += weight;
            all[1] += weight * x;
            all[2] += weight * x * x;
        }
    }

    /** Maximum likelihood of a normal truncated to the window: its mean and variance equal those of the sample. */
    private static double[] truncated(Sums sums, double from, double bin, double mean, double width, int steps) {
        double low = Math.max(mean - WINDOW * width, from);
        double high = Math.min(mean + WINDOW * width, from + bin * sums.counts.length);
        double[] inside = sums.within((low - from) / bin, (high - from) / bin);
        double sampleMean = from + bin * inside[1];
        double sampleVariance = bin * bin * inside[2];
        return steps == 1
                ? step(inside[0], sampleMean, sampleVariance)
                : likeliest(inside[0], sampleMean, sampleVariance, low, high, mean, width, steps);
    }

    /** One step towards the most likely mean and width, from those that the window is about. */
    private static double[] step(double n, double sampleMean, double sampleVariance) {
        return n > 2 && sampleVariance > 0
                ? new double[] {sampleMean, Math.sqrt(sampleVariance / SHRINK)}
                : new double[] {Double.NaN, Double.NaN};
    }

    /** Mean and width whose truncated normal has a sample's mean and variance. */
    private static double[] likeliest(
            double n,
            double sampleMean,
            double sampleVariance,
            double low,
            double high,
            double mean,
            double width,
            int steps) {
        if (!(n > 2 && sampleVariance > 0)) {
            return new double[] {Double.NaN, Double.NaN};
        }
        double m = mean;
        double s = width;
        for (int i = 0; i < steps; i++) {
            double a = (low - m) / s;
            double b = (high - m) / s;
            double z = 0.5 * Erf.erf(a / Math.sqrt(2), b / Math.sqrt(2));
            double pa = density(a);
            double pb = density(b);
            double shift = (pa - pb) / z;
            double shrink = 1 + (a * pa - b * pb) / z - shift * shift;
            double nextM = sampleMean - s * shift;
            double nextS = Math.sqrt(sampleVariance / shrink);
            boolean settled = Math.abs(nextS - s) < 1e-8 * s && Math.abs(nextM - m) < 1e-8 * s;
            m = nextM;
            s = Math.min(nextS, 10 * width);
            if (settled) {
                break;
            }
        }
        return new double[] {m, s};
    }

    private static double density(double z) {
        return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }
}
