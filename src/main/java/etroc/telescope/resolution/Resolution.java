package etroc.telescope.resolution;

import etroc.fits.GaussianCore;
import etroc.telescope.resolution.ResolutionFormulae.Sigma;
import etroc.telescope.walk.FitFreedom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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
    private static final class Resolutions {
        /** Part of a normal distribution beyond three widths. */
        private static final double NORMAL_TAIL = 0.0027;

        private final BootstrapSums bootstrap;
        private final int step;
        private final int state;
        private final long n;
        private final double factor;
        private final BootstrapSums.Pairs data;
        private final double[] pair;
        private final double[] delta;
        private final double[] core;
        private final Sigma @Nullable [] three;
        private final Sigma @Nullable [] many;
        private final Sigma @Nullable [] threeCore;

        Resolutions(DifferenceSums sums, BootstrapSums bootstrap, int step, int state, FitFreedom freedom) {
            this.bootstrap = bootstrap;
            this.step = step;
            this.state = state;
            n = sums.events(step);
            data = bootstrap.data(step, state);
            factor = freedom.factor(data.cores().length, n);
            pair = scaled(sums.pairWidths(step, state), factor);
            delta = scaled(sums.deltaWidths(step, state), factor);
            core = scaled(
                    Arrays.stream(data.cores()).mapToDouble(GaussianCore::width).toArray(), factor);
            boolean enough = n >= FEWEST_EVENTS;
            three = enough ? ResolutionFormulae.ofPairs(pair, unc(pair, n)) : null;
            many = enough ? ResolutionFormulae.ofDeltas(delta, unc(delta, n)) : null;
            threeCore = enough ? ResolutionFormulae.ofPairs(core, unc(core, n)) : null;
        }

        List<Resolution> all() {
            double[][][] replicas = replicas(three == null ? 0 : bootstrap.replicas(), pair.length);
            return IntStream.range(0, pair.length)
                    .mapToObj(i -> of(i, replicas[0][i], replicas[1][i]))
                    .toList();
        }

        private Resolution of(int i, double[] replicas, double[] coreReplicas) {
            GaussianCore own = data.cores()[i];
            BootstrapUnc narrow = BootstrapUnc.of(variance(threeCore, i), coreReplicas);
            return new Resolution(
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
                    BootstrapUnc.of(variance(three, i), replicas),
                    narrow,
                    tails(i),
                    significance(variance(three, i) - variance(threeCore, i), replicas, coreReplicas),
                    replicas,
                    coreReplicas,
                    remark(at(three, i), at(threeCore, i), narrow));
        }

        /** Variances from standard deviations, then from cores, by board and replica. */
        private double[][][] replicas(int count, int boards) {
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

        private double tails(int board) {
            int boards = data.tails().length;
            if (data.events() < FEWEST_EVENTS) {
                return Double.NaN;
            }
            int before = (board + boards - 1) % boards;
            double beyond = data.tails()[board] + data.tails()[before];
            return beyond / (2.0 * data.events()) - NORMAL_TAIL;
        }

        private String remark(@Nullable Sigma sigma, @Nullable Sigma ofCore, BootstrapUnc unc) {
            int boards = data.cores().length;
            if (n < FEWEST_EVENTS) {
                return n + (n == 1 ? " event" : " events") + ": a resolution needs " + FEWEST_EVENTS;
            }
            if (Double.isNaN(factor)) {
                return "the time walk leaves no degrees of freedom to " + n + " events";
            }
            List<String> remarks = new ArrayList<>();
            if (sigma == null) {
                remarks.add(boards + " boards: a board's own resolution needs three, the pair's width stands");
            } else if (!(sigma.variance() > 0)) {
                remarks.add(negative("variance", sigma) + ": the other boards' widths exceed this one's");
            }
            if (Arrays.stream(data.cores()).anyMatch(c -> !c.converged())) {
                remarks.add("no Gaussian core in at least one pair");
            } else if (ofCore != null && !(ofCore.variance() > 0)) {
                remarks.add(negative("variance of the core", ofCore));
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
