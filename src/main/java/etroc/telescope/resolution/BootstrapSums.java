package etroc.telescope.resolution;

import etroc.fits.GaussianCore;
import etroc.telescope.calibration.EventSums;
import etroc.telescope.walk.WalkState;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Poisson bootstrap of the resolutions in one pass: each event counts Poisson(1) times in each replica, drawn from a hash of seed, event and
 * replica, so that the result depends on no partitioning. For each replica the moments of the time differences to the first board are
 * kept, of which all widths follow, and a histogram of each pair around its core. Moments are kept by the set of steps that an event is
 * accepted at, since most events are accepted at several; and some events are added at a time, which saves memory traffic.
 */
public final class BootstrapSums implements EventSums<BootstrapSums> {
    private static final long serialVersionUID = 1L;
    private static final int BINS = 256;
    /** Half range of a pair's histogram, in core widths. */
    private static final double RANGE = 5;
    /** Weight by 16 random bits. */
    private static final byte[] POISSON = poisson();

    private static final int WEIGHTS_A_HASH = 4;
    /** Events that are added to the moments at a time. */
    private static final int TOGETHER = 4;

    private final List<WalkState> states;
    private final int boards;
    private final int steps;
    private final int replicas;
    private final long seed;
    /** By step and state: mean and core of each pair, around which sums are taken. */
    private final double[][][] centre;

    private final double[][][] width;
    private final int terms;
    /**
     * By steps that events are accepted at, as bits; then state, term, replica: number, sums and products of the differences. Replicas come
     * last, so that the loops over them are quick.
     */
    private final Map<Long, double[][][]> moments = new TreeMap<>();

    /** By step and state, then pair, bin and replica in one array. */
    private final int[][][] histograms;

    private final double[] times;
    private final int[] drawn;
    /** Events that wait to be added to the moments, all accepted at the same steps: their number, steps, weights, and values by state. */
    private int waiting;

    private long waitingSteps;
    private final double[][] weights;
    private final double[][][] values;

    /**
     * Where the differences lie: by step, state and pair.
     *
     * @param centre mean of the core, or of all where there is no core [ns]
     * @param width of the core, or of all [ns]
     */
    public record Widths(double[][][] centre, double[][][] width) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** Looks at the differences of the same events. */
    public static Widths widths(DifferenceSums differences, int boards, int steps, int states) {
        Widths widths = new Widths(new double[steps][states][boards], new double[steps][states][boards]);
        for (int k = 0; k < steps; k++) {
            for (int s = 0; s < states; s++) {
                GaussianCore[] cores = differences.cores(k, s);
                double[] pairs = differences.pairWidths(k, s);
                for (int i = 0; i < boards; i++) {
                    boolean found = cores[i].converged();
                    widths.centre[k][s][i] = found ? cores[i].mean() : differences.pairMean(k, s, i);
                    widths.width[k][s][i] = found ? cores[i].width() : Math.max(pairs[i], DifferenceSums.BIN);
                }
            }
        }
        return widths;
    }

    /** Empty sums. */
    public BootstrapSums(List<WalkState> states, int replicas, long seed, Widths widths) {
        this.states = List.copyOf(states);
        this.steps = widths.centre().length;
        this.boards = widths.centre()[0][0].length;
        this.replicas = replicas;
        this.seed = seed;
        this.centre = widths.centre();
        this.width = widths.width();
        int d = boards - 1;
        terms = 1 + d + d * (d + 1) / 2;
        histograms = new int[steps][states.size()][boards * BINS * replicas];
        times = new double[boards];
        drawn = new int[replicas + WEIGHTS_A_HASH];
        weights = new double[TOGETHER][replicas];
        values = new double[TOGETHER][states.size()][terms];
    }

    private static byte[] poisson() {
        byte[] table = new byte[1 << 16];
        double term = Math.exp(-1);
        double cumulative = term;
        int k = 0;
        for (int i = 0; i < table.length; i++) {
            while ((i + 0.5) / table.length > cumulative) {
                k++;
                term /= k;
                cumulative += term;
            }
            table[i] = (byte) k;
        }
        return table;
    }

    /** SplitMix64's mixing of bits: Steele, Lea and Flood, OOPSLA 2014. */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    private void draw(long key) {
        long state = mix(key ^ mix(seed * 0x9e3779b97f4a7c15L));
        for (int r = 0; r < replicas; r += WEIGHTS_A_HASH) {
            state += 0x9e3779b97f4a7c15L;
            long bits = mix(state);
            drawn[r] = POISSON[(int) bits & 0xFFFF];
            drawn[r + 1] = POISSON[(int) (bits >>> 16) & 0xFFFF];
            drawn[r + 2] = POISSON[(int) (bits >>> 32) & 0xFFFF];
            drawn[r + 3] = POISSON[(int) (bits >>> 48) & 0xFFFF];
        }
    }

    @Override
    public void add(double[] toa, double[] tot, long mask, long key) {
        if (waiting == TOGETHER || mask != waitingSteps) {
            flush();
            waitingSteps = mask;
        }
        draw(key);
        for (int r = 0; r < replicas; r++) {
            weights[waiting][r] = drawn[r];
        }
        for (int s = 0; s < states.size(); s++) {
            for (int i = 0; i < boards; i++) {
                times[i] = states.get(s).time(i, toa, tot);
            }
            fill(values[waiting][s], centre[steps - 1][s]);
            for (int k = 0; k < steps; k++) {
                if (((mask >> k) & 1) != 0) {
                    addToHistograms(k, s);
                }
            }
        }
        waiting++;
    }

    /** One, differences of the first time to the others, and their products. */
    private void fill(double[] to, double[] around) {
        int at = 0;
        to[at++] = 1;
        double offset = 0;
        for (int i = 1; i < boards; i++) {
            offset += around[i - 1]; // t_0 - t_i is near the sum of the pairs between them
            to[at++] = times[0] - times[i] - offset;
        }
        for (int i = 1; i < boards; i++) {
            for (int j = 1; j <= i; j++) {
                to[at++] = to[i] * to[j];
            }
        }
    }

    private void addToHistograms(int step, int state) {
        for (int i = 0; i < boards; i++) {
            double z = (times[i] - times[(i + 1) % boards] - centre[step][state][i]) / width[step][state][i];
            if (Math.abs(z) < RANGE) {
                int bin = i * BINS + (int) ((z + RANGE) / (2 * RANGE) * BINS);
                addTo(histograms[step][state], bin * replicas);
            }
        }
    }

    /** Adds the events that wait to the moments. */
    private void flush() {
        if (waiting == 0) {
            return;
        }
        for (int e = waiting; e < TOGETHER; e++) {
            Arrays.fill(weights[e], 0); // places without an event
        }
        double[][][] sums = moments.computeIfAbsent(waitingSteps, m -> new double[states.size()][terms][replicas]);
        for (int s = 0; s < states.size(); s++) {
            for (int t = 0; t < terms; t++) {
                addTo(sums[s][t], values[0][s][t], values[1][s][t], values[2][s][t], values[3][s][t]);
            }
        }
        waiting = 0;
    }

    private void addTo(double[] sums, double a, double b, double c, double d) {
        double[] first = weights[0];
        double[] second = weights[1];
        double[] third = weights[2];
        double[] fourth = weights[3];
        for (int r = 0; r < sums.length; r++) {
            sums[r] += first[r] * a + second[r] * b + third[r] * c + fourth[r] * d;
        }
    }

    private void addTo(int[] counts, int from) {
        for (int r = 0; r < replicas; r++) {
            counts[from + r] += drawn[r];
        }
    }

    @Override
    public void add(BootstrapSums other) {
        flush();
        other.flush();
        other.moments.forEach((mask, from) -> {
            double[][][] to = moments.computeIfAbsent(mask, m -> new double[states.size()][terms][replicas]);
            for (int s = 0; s < states.size(); s++) {
                for (int t = 0; t < terms; t++) {
                    for (int r = 0; r < replicas; r++) {
                        to[s][t][r] += from[s][t][r];
                    }
                }
            }
        });
        for (int k = 0; k < steps; k++) {
            for (int s = 0; s < states.size(); s++) {
                int[] to = histograms[k][s];
                int[] from = other.histograms[k][s];
                for (int b = 0; b < to.length; b++) {
                    to[b] += from[b];
                }
            }
        }
    }

    /** Standard deviation of each pair in each replica [ns]. */
    public double[][] pairWidths(int step, int state) {
        flush();
        double[][] widths = new double[replicas][boards];
        for (int r = 0; r < replicas; r++) {
            double[] m = replica(step, state, r);
            for (int i = 0; i < boards; i++) {
                int j = (i + 1) % boards;
                double variance = covariance(m, i, i) + covariance(m, j, j) - 2 * covariance(m, i, j);
                widths[r][i] = Math.sqrt(Math.max(variance, 0));
            }
        }
        return widths;
    }

    private double[] replica(int step, int state, int r) {
        double[] m = new double[terms];
        moments.forEach((mask, sums) -> {
            for (int t = 0; t < terms; t++) {
                m[t] += ((mask >> step) & 1) == 0 ? 0 : sums[state][t][r];
            }
        });
        return m;
    }

    /** Covariance of t_0 - t_i and t_0 - t_j. */
    private double covariance(double[] m, int i, int j) {
        if (i == 0 || j == 0) {
            return 0;
        }
        int high = Math.max(i, j);
        int low = Math.min(i, j);
        double n = m[0];
        double product = m[boards + high * (high - 1) / 2 + low - 1];
        return (product - m[i] * m[j] / n) / (n - 1);
    }

    /** Core width of each pair in each replica [ns]. */
    public double[][] coreWidths(int step, int state) {
        double[][] widths = new double[replicas][boards];
        int[] own = new int[BINS];
        for (int r = 0; r < replicas; r++) {
            for (int i = 0; i < boards; i++) {
                for (int b = 0; b < BINS; b++) {
                    own[b] = histograms[step][state][(i * BINS + b) * replicas + r];
                }
                GaussianCore core = GaussianCore.fit(own, -RANGE, 2 * RANGE / BINS);
                widths[r][i] = core.converged() ? core.width() * width[step][state][i] : Double.NaN;
            }
        }
        return widths;
    }
}
