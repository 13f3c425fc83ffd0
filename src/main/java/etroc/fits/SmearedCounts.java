package etroc.fits;

import java.util.Arrays;

/**
 * Chi2 of counts whose entries were spread evenly over some widths before they were put into bins: they scatter less than Poisson's law says,
 * and neighbours together. The sum of squared pulls then is like {@code scale} times a chi2 of {@code ndf} degrees of freedom (Satterthwaite,
 * Biometrics Bulletin 2 (1946) 110: the same mean and variance), where fitted parameters take away slow changes, which spreading leaves as they are.
 *
 * @param scale of the sum of squared pulls
 * @param ndf degrees of freedom, not a whole number; not above 0 where nothing is left to compare with
 */
public record SmearedCounts(double scale, double ndf) {
    /** Points of a width. */
    private static final int FINE = 64;

    /**
     * Of a histogram.
     *
     * @param bins that are compared
     * @param parameters that were fitted
     * @param bin width of the bins
     * @param widths over which entries were spread one after the other
     */
    public static SmearedCounts of(int bins, int parameters, double bin, double... widths) {
        double[] share = {1}; // of an entry, by its place, that is in a bin
        double step = bin / FINE;
        for (double width : widths) {
            share = spread(share, (int) Math.round(width / step));
        }
        share = Arrays.stream(spread(share, FINE)).map(s -> s * FINE).toArray();
        double variance = overlap(share, 0);
        double squares = variance * variance;
        for (int apart = 1; apart * FINE < share.length; apart++) {
            double covariance = overlap(share, apart);
            squares += 2 * covariance * covariance;
        }
        double mean = bins * variance - parameters;
        double half = bins * squares - parameters;
        return mean > 0 && half > 0 ? new SmearedCounts(half / mean, mean * mean / half) : new SmearedCounts(1, 0);
    }

    /** The sum of squared pulls as a chi2 of {@link #ndf}. */
    public double chi2(double pulls) {
        return pulls / scale;
    }

    private static double[] spread(double[] of, int points) {
        if (points < 2) {
            return of;
        }
        double[] wide = new double[of.length + points - 1];
        for (int i = 0; i < of.length; i++) {
            for (int j = 0; j < points; j++) {
                wide[i + j] += of[i] / points;
            }
        }
        return wide;
    }

    /** Covariance of two bins so many apart, as a fraction of the entries of one. */
    private static double overlap(double[] share, int apart) {
        double sum = 0;
        for (int i = apart * FINE; i < share.length; i++) {
            sum += share[i] * share[i - apart * FINE];
        }
        return sum / FINE;
    }
}
