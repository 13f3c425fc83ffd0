package etroc.telescope.walk;

import etroc.fits.Polynomial;
import etroc.passes.Passes;
import etroc.telescope.calibration.TimeColumns;
import etroc.telescope.calibration.TimedEvents;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fits the time-walk correction over accepted events (src/docs/analysis.md, section 2, step 7). Every pass adds up sums on the executors;
 * the fits themselves stand in etroc.fits.
 */
public final class TimeWalk {
    /**
     * A fitted correction.
     *
     * @param states times after each iteration, without the uncorrected ones
     * @param fits of each iteration: the correction of each board
     * @param checks of each iteration: the fit of what is left, kept as a check
     * @param delays of the boards in each run; times of events are to be taken without them ({@link TimedEvents#without})
     * @param freedom what a joint fit took from its events; else {@link FitFreedom#NONE}
     */
    public record Solution(
            List<WalkState> states,
            List<List<Polynomial>> fits,
            List<List<Polynomial>> checks,
            RunDelays delays,
            FitFreedom freedom) {
        Solution(List<WalkState> states, List<List<Polynomial>> fits, List<List<Polynomial>> checks) {
            this(states, fits, checks, RunDelays.NONE, FitFreedom.NONE);
        }

        /** Why there is no correction, or empty. */
        public String remark() {
            return fits.stream()
                    .flatMap(List::stream)
                    .map(Polynomial::remark)
                    .filter(r -> !r.isEmpty())
                    .findFirst()
                    .orElse("");
        }
    }

    private final TimedEvents events;
    private final TimedEvents.Selection accepted;
    private final List<Integer> boards;
    private final TimeWalkSettings settings;
    private final int runs;

    /**
     * Of some events.
     *
     * @param events as they were measured
     * @param accepted the events to fit
     * @param runs number of runs whose delays a joint fit finds; 0: the runs share them
     */
    public TimeWalk(
            TimedEvents events,
            TimedEvents.Selection accepted,
            List<Integer> boards,
            TimeWalkSettings settings,
            int runs) {
        this.runs = runs;
        this.events = events;
        this.accepted = accepted;
        this.boards = boards;
        this.settings = settings;
    }

    private <S extends Sums<S>> S pass(Passes.Factory<WalkSums<S>> factory) {
        return events.sum(accepted, factory).sums();
    }

    private TotMoments moments() {
        int n = boards.size();
        return pass(() -> new WalkSums<>(new TotMoments(n)));
    }

    /**
     * The correction for the configured fit.
     *
     * @param sigma2 variance of each board's corrected time [ns^2], for the covariance of a joint fit; NaN: not known
     */
    public Solution solve(double[] sigma2) {
        TotMoments moments = moments();
        if (moments.events() == 0) {
            return without("no accepted events with times of every board");
        }
        return settings.fit() == TimeWalkSettings.Fit.JOINT ? joint(moments, sigma2) : iterated(moments);
    }

    private Solution without(String why) {
        List<Polynomial> none = boards.stream()
                .map(b -> Polynomial.none(settings.degree(), 0, why))
                .toList();
        return new Solution(List.of(), List.of(none), List.of());
    }

    private Solution joint(TotMoments moments, double[] sigma2) {
        int degree = settings.degree();
        boolean byRun = runs > 0;
        JointWalkFit fit = pass(() -> new WalkSums<>(new JointWalkSums(moments, degree, byRun)))
                .solve(sigma2);
        List<Polynomial> polynomials = fit.polynomials();
        if (!polynomials.get(0).exists()) {
            return new Solution(List.of(), List.of(polynomials), List.of(), RunDelays.NONE, fit.freedom());
        }
        WalkState state = new WalkState(polynomials);
        TimedEvents aligned = events.without(fit.delays().values(runs, boards.size()));
        WalkTarget left = new WalkTarget(state, state);
        List<Polynomial> check = aligned.sum(accepted, () -> new WalkSums<>(new OlsWalkSums(moments, left, degree)))
                .sums()
                .solve();
        return new Solution(List.of(state), List.of(polynomials), List.of(check), fit.delays(), fit.freedom());
    }

    private Solution iterated(TotMoments moments) {
        Solution solution = new Solution(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        WalkState previous = WalkState.UNCORRECTED;
        for (int k = 0; k < settings.iterations(); k++) {
            List<Polynomial> fit = fit(moments, new WalkTarget(previous, WalkState.UNCORRECTED));
            solution.fits().add(fit);
            if (fit.stream().anyMatch(p -> !p.exists())) {
                break;
            }
            WalkState state = new WalkState(fit);
            solution.states().add(state);
            solution.checks().add(fit(moments, new WalkTarget(previous, state)));
            previous = state;
        }
        return solution;
    }

    private List<Polynomial> fit(TotMoments moments, WalkTarget target) {
        return settings.fit() == TimeWalkSettings.Fit.ODR ? odr(moments, target) : ols(moments, target);
    }

    private List<Polynomial> ols(TotMoments moments, WalkTarget target) {
        int degree = settings.degree();
        OlsWalkSums sums = pass(() -> new WalkSums<>(new OlsWalkSums(moments, target, degree)));
        return sums.solve();
    }

    private List<Polynomial> odr(TotMoments moments, WalkTarget target) {
        List<Polynomial> start = ols(moments, target);
        if (start.stream().anyMatch(p -> !p.exists())) {
            return start;
        }
        int degree = settings.degree();
        return OdrWalkSums.converged(
                        OdrWalkSums.start(moments, start, degree),
                        at -> pass(() -> new WalkSums<>(new OdrWalkSums(moments, target, degree, at))))
                .map(OdrWalkSums::polynomials)
                .orElseGet(() -> boards.stream()
                        .map(b -> Polynomial.none(
                                degree, moments.events(), "orthogonal distance regression did not converge"))
                        .toList());
    }

    /**
     * SQL of a board's corrected time; to the last digit what {@link WalkState#time} gives.
     *
     * @param delay column of the board's delay in the event's run, or empty
     */
    public static String correctedTime(int board, String delay, Polynomial polynomial) {
        String measured = TimeColumns.column(TimeColumns.TOA_NS, board);
        String toa = delay.isEmpty() ? measured : "(" + measured + " - " + delay + ")";
        String tot = TimeColumns.column(TimeColumns.TOT_NS, board);
        // least and greatest pass over NULL, but a sum with a missing time is missing all the same
        String x = polynomial.clamped()
                ? "least(greatest(" + tot + ", " + polynomial.from() + "D), " + polynomial.to() + "D)"
                : tot;
        double[] p = polynomial.coefficients();
        String value = p[p.length - 1] + "D";
        for (int k = p.length - 2; k >= 0; k--) {
            value = "(" + value + " * " + x + " + " + p[k] + "D)";
        }
        return toa + " + " + value;
    }

    /** Variances that are not known. */
    public static double[] unknown(int boards) {
        double[] unknown = new double[boards];
        Arrays.fill(unknown, Double.NaN);
        return unknown;
    }
}
