package etroc.scan;

import etroc.About;

/** How far a time scatters. */
public record Jitter(
        @About("standard deviation of the time [ns]") double jitter,
        @About("its uncertainty [ns]") double jitterUnc,

        @About("what is left of it without the TDC's quantisation [ns]")
        double intrinsic) {
    /**
     * Of a standard deviation.
     *
     * @param std of times [ns]
     * @param n how many, at least two
     * @param taken variance that is not the board's and is subtracted [ns^2]
     * @param quantisation variance of the bins [ns^2]
     * @return without numbers where nothing would be left
     */
    public static Jitter of(double std, double n, double taken, double quantisation) {
        double variance = std * std - taken;
        double jitter = variance > 0 ? Math.sqrt(variance) : taken == 0 ? std : Double.NaN;
        double unc = std / Math.sqrt(2 * n - 2);
        return new Jitter(
                jitter,
                jitter > 0 ? std / jitter * unc : unc,
                variance > quantisation ? Math.sqrt(variance - quantisation) : Double.NaN);
    }

    /** Variance of a time that is known to a bin [ns^2]. */
    public static double quantisation(double bin) {
        return bin * bin / 12;
    }

    /** Of the times of arrival of a point, against the clock. */
    public static Jitter of(PointTimes times) {
        return of(times.toaStdNs(), (double) times.kept(), 0, quantisation(times.fbinNs()));
    }
}
