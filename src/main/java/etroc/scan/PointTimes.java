package etroc.scan;

import etroc.About;
import org.jspecify.annotations.Nullable;

/** Times of a board's hits at one setting; of fewer than two hits there are none. */
public record PointTimes(
        @About("hits; in a charge-injection scan those left after the cuts")
        long hits,

        @About("most frequent calibration code of the hits, the smallest of equals") @Nullable
        Integer calMode,

        @About("hits at most 3 codes from it, which are what follows")
        long kept,

        @About("width of a TDC bin, 3.125 ns over the mean calibration code [ns]")
        double fbinNs,

        @About("mean time of arrival, from 12.5 ns down [ns]")
        double toaMeanNs,

        @About("its uncertainty, with that of the bins' width [ns]")
        double toaMeanNsUnc,

        @About("standard deviation of the time of arrival [ns]")
        double toaStdNs,

        @About("mean time over threshold [ns]") double totMeanNs,

        @About("its uncertainty, with that of the bins' width [ns]")
        double totMeanNsUnc,

        @About("standard deviation of the time over threshold [ns]")
        double totStdNs) {
    /** Period that calibration codes count TDC bins in [ns]. */
    static final double CLOCK_NS = 3.125;
    /** The time of TOA code 0 [ns]. */
    public static final double LAST_TIME_NS = 12.5;
    /** Fewer hits are remarked on. */
    public static final int FEW = 100;

    /** Times of a point; null: it has no hits. */
    public static PointTimes of(@Nullable CoreSums s) {
        if (s == null || s.kept() < 2) {
            double none = Double.NaN;
            return new PointTimes(
                    s == null ? 0 : s.hits(),
                    s == null ? null : s.calMode(),
                    s == null ? 0 : s.kept(),
                    none,
                    none,
                    none,
                    none,
                    none,
                    none,
                    none);
        }
        double bin = s.fbinNs();
        double n = (double) s.kept();
        double toaStd = bin * Math.sqrt(deviations(s.kept(), s.toa(), s.toaSquares()) / (n - 1));
        double totStd = bin * Math.sqrt(deviations(s.kept(), s.tot(), s.totSquares()) / (n - 1));
        double calStd = Math.sqrt(deviations(s.kept(), s.cal(), s.calSquares()) / (n - 1));
        double scale = bin * calStd / s.cal(); // of a bin, as far as its width is not known
        return new PointTimes(
                s.hits(),
                s.calMode(),
                s.kept(),
                bin,
                LAST_TIME_NS - bin * (s.toa() / n),
                Math.hypot(toaStd, scale * s.toa()) / Math.sqrt(n),
                toaStd,
                bin * (s.tot() / n),
                Math.hypot(totStd, scale * s.tot()) / Math.sqrt(n),
                totStd);
    }

    /** Sum of squared deviations from the mean; what rounding makes negative is 0. */
    public static double deviations(long n, long sum, long squares) {
        return Math.max(0, squares - sum * (double) sum / n);
    }

    /** What is to be known of few hits; empty if there are enough. */
    public String fewHits() {
        return hits == 0 ? "no hits" : kept < FEW ? "few hits" : "";
    }
}
