package etroc.telescope.resolution;

import etroc.fits.GaussianCore;
import etroc.telescope.resolution.ResolutionFormulae.Sigma;
import etroc.telescope.walk.FitFreedom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Time resolution of one board at one step and iteration, everything in ns.
 *
 * @param board index of the board
 * @param events accepted, with times of every board
 * @param factor that variances were multiplied by, for the parameters of the time walk that these events were fitted with
 * @param deltaWidth standard deviation of D_i
 * @param pairWidth standard deviation of t_i - t_(next i)
 * @param core Gaussian core of the same pair
 * @param threeBoard from the pairs' standard deviations; null unless there are three boards and events enough
 * @param nBoard from the standard deviations of D; null for fewer than three boards or too few events
 * @param threeBoardCore from the pairs' cores
 * @param bootstrap of {@code threeBoard}
 * @param bootstrapCore of {@code threeBoardCore}
 * @param tailFraction of the differences that hold the board, beyond three core widths and more than a normal distribution has there
 * @param tailSignificance difference of the variances of standard deviation and core, in uncertainties; NaN without a bootstrap
 * @param replicas variance of {@code threeBoard} in each replica
 * @param coreReplicas variance of {@code threeBoardCore} in each replica
 * @param remark why a number is missing, or empty
 */
public record Resolution(
        int board,
        long events,
        double factor,
        double deltaWidth,
        double deltaWidthUnc,
        double pairWidth,
        double pairWidthUnc,
        GaussianCore core,
        @Nullable Sigma threeBoard,
        @Nullable Sigma nBoard,
        @Nullable Sigma threeBoardCore,
        BootstrapUnc bootstrap,
        BootstrapUnc bootstrapCore,
        double tailFraction,
        double tailSignificance,
        double[] replicas,
        double[] coreReplicas,
        String remark) {
    /** With fewer events there is no resolution. */
    public static final int FEWEST_EVENTS = 30;

    /**
     * The resolutions of all boards at a step and state.
     *
     * @param bootstrap sums over the same events
     * @param freedom what the correction took from its events; {@link FitFreedom#NONE} before the correction
     */
    public static List<Resolution> of(
            DifferenceSums sums, BootstrapSums bootstrap, int step, int state, FitFreedom freedom) {
        return new Resolutions(sums, bootstrap, step, state, freedom).all();
    }

    /** Correlation with another board's resolution over the replicas. */
    public double correlation(Resolution other) {
        return BootstrapUnc.correlation(replicas, other.replicas);
    }

    /** The resolutions of all boards in the making. */
    private record Resolutions(DifferenceSums sums, BootstrapSums bootstrap, int step, int state, FitFreedom freedom) {
        /** Part of a normal distribution beyond three widths. */
        private static final double NORMAL_TAIL = 0.0027;

        List<Resolution> all() {
            double[] pair = sums.pairWidths(step, state);
            double[] delta = sums.deltaWidths(step, state);
            int boards = pair.length;
            long n = sums.events(step);
            double factor = freedom.factor(boards, n);
            BootstrapSums.Pairs data = bootstrap.data(step, state);
            double[] core = scaled(
                    Arrays.stream(data.cores()).mapToDouble(GaussianCore::width).toArray(), factor);
            pair = scaled(pair, factor);
            delta = scaled(delta, factor);
            boolean enough = n >= FEWEST_EVENTS;
            Sigma[] three = enough ? ResolutionFormulae.ofPairs(pair, unc(pair, n)) : null;
            Sigma[] many = enough ? ResolutionFormulae.ofDeltas(delta, unc(delta, n)) : null;
            Sigma[] threeCore = enough ? ResolutionFormulae.ofPairs(core, unc(core, n)) : null;
            double[][][] replicas = replicas(three == null ? 0 : bootstrap.replicas(), boards, factor);
            List<Resolution> all = new ArrayList<>();
            for (int i = 0; i < boards; i++) {
                GaussianCore own = data.cores()[i];
                BootstrapUnc plain = BootstrapUnc.of(variance(three, i), replicas[0][i]);
                BootstrapUnc narrow = BootstrapUnc.of(variance(threeCore, i), replicas[1][i]);
                all.add(new Resolution(
                        i,
                        n,
                        factor,
                        delta[i],
                        ResolutionFormulae.widthUnc(delta[i], n),
                        pair[i],
                        ResolutionFormulae.widthUnc(pair[i], n),
                        new GaussianCore(own.mean(), core[i], own.converged()),
                        at(three, i),
                        at(many, i),
                        at(threeCore, i),
                        plain,
                        narrow,
                        tails(data, i),
                        significance(variance(three, i) - variance(threeCore, i), replicas[0][i], replicas[1][i]),
                        replicas[0][i],
                        replicas[1][i],
                        remark(data, at(three, i), at(threeCore, i), narrow)));
            }
            return all;
        }

        /** Variances from standard deviations, then from cores, by board and replica. */
        private double[][][] replicas(int count, int boards, double factor) {
            double[][][] variances = new double[2][boards][count];
            for (int r = 0; r < count; r++) {
                BootstrapSums.Pairs pairs = bootstrap.replica(step, state, r);
                double[] plain = ResolutionFormulae.variances(pairs.variances());
                double[] core = ResolutionFormulae.variances(pairs.coreVariances());
                for (int i = 0; i < boards; i++) {
                    variances[0][i][r] = factor * plain[i];
                    variances[1][i][r] = factor * core[i];
                }
            }
            return variances;
        }

        private static double significance(double difference, double[] plain, double[] core) {
            double[] differences = new double[plain.length];
            for (int r = 0; r < plain.length; r++) {
                differences[r] = plain[r] - core[r];
            }
            return difference / BootstrapUnc.spread(differences);
        }

        private static double tails(BootstrapSums.Pairs data, int board) {
            int boards = data.tails().length;
            if (data.events() < FEWEST_EVENTS) {
                return Double.NaN;
            }
            int before = (board + boards - 1) % boards;
            double beyond = data.tails()[board] + data.tails()[before];
            return beyond / (2.0 * data.events()) - NORMAL_TAIL;
        }

        private String remark(BootstrapSums.Pairs data, @Nullable Sigma sigma, @Nullable Sigma core, BootstrapUnc unc) {
            long n = data.events();
            int boards = data.cores().length;
            if (n < FEWEST_EVENTS) {
                return n + (n == 1 ? " event" : " events") + ": a resolution needs " + FEWEST_EVENTS;
            }
            List<String> remarks = new ArrayList<>();
            if (Double.isNaN(freedom.factor(boards, n))) {
                remarks.add("the time walk leaves no degrees of freedom to " + n + " events");
            } else if (sigma == null) {
                remarks.add(boards + " boards: a board's own resolution needs three, the pair's width stands");
            } else if (!(sigma.variance() > 0)) {
                remarks.add(negative("variance", sigma) + ": the other boards' widths exceed this one's");
            }
            if (Arrays.stream(data.cores()).anyMatch(c -> !c.converged())) {
                remarks.add("no Gaussian core in at least one pair");
            } else if (core != null && !(core.variance() > 0)) {
                remarks.add(negative("variance of the core", core));
            } else if (unc.isLimit()) {
                remarks.add("the variance of the core is less than two of its uncertainties: an upper limit of 95 %");
            }
            return String.join("; ", remarks);
        }

        private static String negative(String what, Sigma sigma) {
            return String.format(java.util.Locale.ROOT, "negative %s, %.1f ps^2", what, 1e6 * sigma.variance());
        }
    }

    private static double[] scaled(double[] widths, double factor) {
        return Arrays.stream(widths).map(w -> w * Math.sqrt(factor)).toArray();
    }

    private static double[] unc(double[] widths, long n) {
        return Arrays.stream(widths).map(w -> ResolutionFormulae.widthUnc(w, n)).toArray();
    }

    private static double variance(Sigma @Nullable [] sigmas, int i) {
        return sigmas == null ? Double.NaN : sigmas[i].variance();
    }

    private static @Nullable Sigma at(Sigma @Nullable [] sigmas, int i) {
        return sigmas == null ? null : sigmas[i];
    }
}
