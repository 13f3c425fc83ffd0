package etroc.telescope.walk;

import etroc.fits.PolynomialBasis;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sums of the joint time-walk correction: with u_i = TOA_i + P_i(TOT_i) + k_ir, the polynomials of all boards, and the constants k of boards and
 * runs r, that together minimise the sum over events and pairs of (u_i - u_j)^2. One pass of sums, one solution ({@link JointWalkFit}). The
 * constants are eliminated by the means of each run, of which some numbers are kept.
 */
public final class JointWalkSums implements Sums<JointWalkSums>, Serializable {
    private static final long serialVersionUID = 1L;

    final TotMoments moments;
    final int boards;
    final int degree;
    /** Terms that vary, of all boards: z, z^2, ... of the first, then of the second, ... */
    final int width;

    final PolynomialBasis[] bases;
    /** Sum of the products of all terms. */
    final double[][] products;
    /** Sum of each term times each board's TOA from the event's mean. */
    final double[][] toaTerms;

    final double[][] toaProducts;
    /** By run index; all events are of run 0 unless runs have constants of their own. */
    final Map<Integer, Run> runs = new TreeMap<>();

    private final boolean byRun;
    private final double[] powers;
    private final double[] terms;
    private final double[] deviations;
    private Run current = new Run(0, 0);

    /** Sums over the events of a run: of the terms and of each board's TOA from the event's mean. */
    static final class Run implements Serializable {
        private static final long serialVersionUID = 1L;
        final double[] terms;
        final double[] toa;
        long events;

        Run(int width, int boards) {
            terms = new double[width];
            toa = new double[boards];
        }

        void add(Run other) {
            events += other.events;
            addTo(terms, other.terms);
            addTo(toa, other.toa);
        }
    }

    /**
     * Begins.
     *
     * @param moments of the same events
     * @param byRun whether the boards have a constant of their own in every run
     */
    public JointWalkSums(TotMoments moments, int degree, boolean byRun) {
        this.moments = moments;
        this.boards = moments.boards();
        this.degree = degree;
        this.byRun = byRun;
        this.width = boards * degree;
        this.bases = new PolynomialBasis[boards];
        for (int i = 0; i < boards; i++) {
            bases[i] = moments.basis(i, degree);
        }
        products = new double[width][width];
        toaTerms = new double[width][boards];
        toaProducts = new double[boards][boards];
        powers = new double[degree + 1];
        terms = new double[width];
        deviations = new double[boards];
        enter(0);
    }

    private void enter(int run) {
        current = runs.computeIfAbsent(run, r -> new Run(width, boards));
    }

    @Override
    public void run(int run) {
        if (byRun) {
            enter(run);
        }
    }

    @Override
    public void add(double[] toa, double[] tot) {
        double mean = 0;
        for (int i = 0; i < boards; i++) {
            bases[i].fill(tot[i], powers, 0);
            System.arraycopy(powers, 1, terms, i * degree, degree);
            mean += toa[i] / boards;
        }
        for (int i = 0; i < boards; i++) {
            deviations[i] = toa[i] - mean; // only differences matter; these keep their digits
        }
        for (int a = 0; a < width; a++) {
            for (int b = 0; b <= a; b++) {
                products[a][b] += terms[a] * terms[b];
            }
            for (int i = 0; i < boards; i++) {
                toaTerms[a][i] += terms[a] * deviations[i];
            }
        }
        for (int i = 0; i < boards; i++) {
            for (int j = 0; j < boards; j++) {
                toaProducts[i][j] += deviations[i] * deviations[j];
            }
        }
        current.events++;
        addTo(current.terms, terms);
        addTo(current.toa, deviations);
    }

    @Override
    public void add(JointWalkSums other) {
        for (int a = 0; a < width; a++) {
            addTo(products[a], other.products[a]);
            addTo(toaTerms[a], other.toaTerms[a]);
        }
        for (int i = 0; i < boards; i++) {
            addTo(toaProducts[i], other.toaProducts[i]);
        }
        other.runs.forEach((run, sums) ->
                runs.computeIfAbsent(run, r -> new Run(width, boards)).add(sums));
    }

    private static void addTo(double[] to, double[] from) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }

    /** Whether the boards have a constant of their own in every run. */
    boolean byRun() {
        return byRun;
    }

    /** Events of all runs. */
    long events() {
        return runs.values().stream().mapToLong(r -> r.events).sum();
    }

    /** Solves, see {@link JointWalkFit#of}. */
    public JointWalkFit solve(double[] sigma2) {
        return JointWalkFit.of(this, sigma2);
    }
}
