package etroc.telescope.resolution;

import etroc.fits.GaussianCore;
import etroc.telescope.resolution.ResolutionFormulae.Sigma;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Time resolution of one board at one step and iteration, everything in ns.
 *
 * @param board index of the board
 * @param events accepted, with times of every board
 * @param deltaWidth standard deviation of D_i
 * @param pairWidth standard deviation of t_i - t_(next i)
 * @param core Gaussian core of the same pair
 * @param threeBoard from the pairs' standard deviations; null unless there are three boards
 * @param nBoard from the standard deviations of D; null for fewer than three boards
 * @param threeBoardCore from the pairs' cores
 * @param bootstrap unc, low, high of {@code threeBoard}
 * @param bootstrapCore unc, low, high of {@code threeBoardCore}
 * @param correlation of {@code threeBoard} with the other boards', from the bootstrap
 * @param remark why a number is missing, or empty
 */
public record Resolution(
        int board,
        long events,
        double deltaWidth,
        double deltaWidthUnc,
        double pairWidth,
        double pairWidthUnc,
        GaussianCore core,
        @Nullable Sigma threeBoard,
        @Nullable Sigma nBoard,
        @Nullable Sigma threeBoardCore,
        double[] bootstrap,
        double[] bootstrapCore,
        double[] correlation,
        String remark) {

    /** The resolutions of all boards at a step and state; without a bootstrap their intervals are NaN. */
    public static List<Resolution> of(DifferenceSums sums, int step, int state, @Nullable BootstrapSums bootstrap) {
        long n = sums.events(step);
        double[] pair = sums.pairWidths(step, state);
        double[] delta = sums.deltaWidths(step, state);
        double[] pairUnc = unc(pair, n);
        double[] deltaUnc = unc(delta, n);
        GaussianCore[] cores = sums.cores(step, state);
        double[] core = Arrays.stream(cores).mapToDouble(GaussianCore::width).toArray();
        Sigma[] three = ResolutionFormulae.ofPairs(pair, pairUnc);
        Sigma[] many = ResolutionFormulae.ofDeltas(delta, deltaUnc);
        Sigma[] threeCore = ResolutionFormulae.ofPairs(core, unc(core, n));
        BootstrapUnc plain = bootstrap == null ? null : BootstrapUnc.ofPairs(bootstrap.pairWidths(step, state));
        BootstrapUnc narrow = bootstrap == null ? null : BootstrapUnc.ofPairs(bootstrap.coreWidths(step, state));
        List<Resolution> all = new ArrayList<>();
        for (int i = 0; i < pair.length; i++) {
            all.add(new Resolution(
                    i,
                    n,
                    delta[i],
                    deltaUnc[i],
                    pair[i],
                    pairUnc[i],
                    cores[i],
                    at(three, i),
                    at(many, i),
                    at(threeCore, i),
                    interval(plain, i),
                    interval(narrow, i),
                    plain == null ? new double[0] : plain.correlation()[i],
                    remark(n, pair.length, at(many, i), at(threeCore, i), cores)));
        }
        return all;
    }

    private static double[] unc(double[] widths, long n) {
        return Arrays.stream(widths).map(w -> ResolutionFormulae.widthUnc(w, n)).toArray();
    }

    private static @Nullable Sigma at(Sigma @Nullable [] sigmas, int i) {
        return sigmas == null ? null : sigmas[i];
    }

    private static double[] interval(@Nullable BootstrapUnc unc, int i) {
        return unc == null
                ? new double[] {Double.NaN, Double.NaN, Double.NaN}
                : new double[] {unc.unc()[i], unc.low()[i], unc.high()[i]};
    }

    private static String remark(
            long n, int boards, @Nullable Sigma sigma, @Nullable Sigma core, GaussianCore[] cores) {
        List<String> remarks = new ArrayList<>();
        if (n < 2) {
            remarks.add(n + (n == 1 ? " event" : " events") + ": a width needs two");
        } else if (sigma == null) {
            remarks.add(boards + " boards: a board's own resolution needs three, the pair's width stands");
        } else if (!(sigma.variance() > 0)) {
            remarks.add("negative variance " + sigma.variance() + " ns^2: the other boards' widths exceed this one's");
        }
        if (n >= 2 && Arrays.stream(cores).anyMatch(c -> !c.converged())) {
            remarks.add("no Gaussian core in at least one pair");
        } else if (core != null && !(core.variance() > 0)) {
            remarks.add("negative variance of the cores");
        }
        return String.join("; ", remarks);
    }
}
