package etroc.scan.bench;

import etroc.fits.GaussianCore;
import etroc.ingest.etroc2.QinjSettings;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.apache.commons.math3.stat.StatUtils;
import org.jspecify.annotations.Nullable;

/** From the codes of a point's hits to its row. Source: src/docs/bench.md, "Times". */
final class TdcStatistics {
    /** Width of the clock that CAL counts [ns]. */
    static final double CLOCK_NS = 3.125;

    /** TOA is counted back from here [ns]. */
    static final double TOA_END_NS = 12.5;

    static final int CAL_WINDOW = 3;
    private static final int LOW = 50;
    private static final int HIGH = 950;
    private static final int CODES = 1024;
    static final int FEW_HITS = 100;

    private TdcStatistics() {}

    static TdcPoint of(BenchName of, TdcHits hits, QinjSettings settings, String said) {
        int[] all = hits.codes(settings.skipFirst());
        int mode = mode(all, TdcHits::cal);
        int[] kept = all.length < 2 ? new int[0] : kept(all, mode, settings.totWindow());
        double[] cal = values(all, TdcHits::cal);
        double[] toa = values(all, TdcHits::toa);
        double[] tot = values(all, TdcHits::tot);
        double[] keptToa = values(kept, TdcHits::toa);
        double[] keptTot = values(kept, c -> 2 * TdcHits.tot(c) - TdcHits.tot(c) / 32);
        double[] keptCal = values(kept, TdcHits::cal);
        double fbin = CLOCK_NS / mean(keptCal);
        double jitter = fbin * std(keptToa);
        double variance = jitter * jitter - fbin * fbin / 12;
        return new TdcPoint(
                new TdcPoint.Key(
                        of.chip(),
                        of.row(),
                        of.column(),
                        java.util.Objects.requireNonNull(of.charge()),
                        java.util.Objects.requireNonNull(of.threshold()),
                        of.delay()),
                of.attempt(),
                true,
                hits.frames(),
                hits.badFrames(),
                hits.following(),
                hits.hits(),
                hits.otherHits(),
                mean(toa),
                std(toa),
                mean(tot),
                std(tot),
                mean(cal),
                std(cal),
                all.length < 2 ? Double.NaN : mode,
                kept.length,
                Arrays.stream(keptToa).filter(t -> t >= LOW && t <= HIGH).count(),
                fbin,
                TOA_END_NS - fbin * mean(keptToa),
                fbin * unc(keptToa, keptCal),
                jitter,
                fbin * mean(keptTot),
                fbin * unc(keptTot, keptCal),
                fbin * std(keptTot),
                kept.length < FEW_HITS ? Double.NaN : fbin * core(kept),
                jitter,
                jitter / Math.sqrt(2.0 * kept.length - 2),
                variance >= 0 ? Math.sqrt(variance) : Double.NaN,
                BenchFits.joined(
                        all.length < FEW_HITS ? "few hits" : "",
                        hits.frames() == 0 ? "no good frame" : "",
                        variance < 0 ? "jitter below that of the bins" : "",
                        said));
    }

    private static double[] values(int[] codes, IntUnaryOperator what) {
        return Arrays.stream(codes).map(what).asDoubleStream().toArray();
    }

    private static double mean(double[] values) {
        return values.length < 2 ? Double.NaN : StatUtils.mean(values);
    }

    private static double std(double[] values) {
        return values.length < 2 ? Double.NaN : Math.sqrt(StatUtils.variance(values));
    }

    /** Uncertainty of a mean of codes in units of bins, whose width is known from as many CAL codes. */
    private static double unc(double[] codes, double[] cal) {
        return Math.hypot(std(codes), mean(codes) * std(cal) / mean(cal)) / Math.sqrt(codes.length);
    }

    /** The most frequent; the smallest of equals. */
    private static int mode(int[] codes, IntUnaryOperator what) {
        int[] counts = new int[CODES];
        Arrays.stream(codes).map(what).forEach(c -> counts[c]++);
        int mode = 0;
        for (int c = 1; c < CODES; c++) {
            mode = counts[c] > counts[mode] ? c : mode;
        }
        return mode;
    }

    private static int[] kept(int[] all, int calMode, @Nullable Integer totWindow) {
        int totMode = mode(all, TdcHits::tot);
        return Arrays.stream(all)
                .filter(c -> Math.abs(TdcHits.cal(c) - calMode) <= CAL_WINDOW)
                .filter(c -> totWindow == null || Math.abs(TdcHits.tot(c) - totMode) <= totWindow)
                .toArray();
    }

    /** Width of the Gaussian core of TOA [codes]. */
    private static double core(int[] kept) {
        int[] counts = new int[CODES];
        Arrays.stream(kept).map(TdcHits::toa).forEach(c -> counts[c]++);
        GaussianCore core = GaussianCore.fit(counts, -0.5, 1);
        return core.converged() ? core.width() : Double.NaN;
    }
}
