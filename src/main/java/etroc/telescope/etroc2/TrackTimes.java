package etroc.telescope.etroc2;

import etroc.fits.GaussianCore;
import etroc.fits.Polynomial;
import etroc.telescope.walk.FitFreedom;
import etroc.telescope.walk.JointWalkFit;
import etroc.telescope.walk.JointWalkSums;
import etroc.telescope.walk.TimeWalk;
import etroc.telescope.walk.TotMoments;
import java.util.Arrays;
import java.util.List;

/**
 * Times of a track's events [ns], by board and event.
 *
 * @param toa as measured
 * @param tot as measured
 * @param corrected TOA after the time-walk correction; empty: there is none
 * @param factor of variances after the correction, for what it took
 * @param remark why there is no correction, or empty
 */
record TrackTimes(double[][] toa, double[][] tot, double[][] corrected, double factor, String remark) {
    /** Where TOA codes count back from [ns]. */
    private static final double TOA_ORIGIN_NS = 12.5;

    private static final int TOT_FINE = 32;

    static double toaNs(double code, double binNs) {
        return TOA_ORIGIN_NS - code * binNs;
    }

    private static double totNs(double code, double binNs) {
        return (2 * code - Math.floor(code / TOT_FINE)) * binNs;
    }

    /** Times without a correction. */
    static TrackTimes of(TrackSample sample) {
        int n = sample.size();
        double[][] toa = new double[sample.boards()][n];
        double[][] tot = new double[sample.boards()][n];
        for (int b = 0; b < toa.length; b++) {
            for (int e = 0; e < n; e++) {
                toa[b][e] = toaNs(sample.toa()[b][e], sample.bins()[b][e]);
                tot[b][e] = totNs(sample.tot()[b][e], sample.bins()[b][e]);
            }
        }
        return new TrackTimes(toa, tot, new double[0][], Double.NaN, "");
    }

    int size() {
        return toa[0].length;
    }

    TrackTimes without(String why) {
        return new TrackTimes(toa, tot, new double[0][], Double.NaN, why);
    }

    /** With the correction that these events ask for. */
    TrackTimes withOwnWalk(int degree) {
        TotMoments moments = new TotMoments(toa.length);
        each(moments::add);
        JointWalkSums sums = new JointWalkSums(moments, degree, false);
        each(sums::add);
        JointWalkFit fit = sums.solve(TimeWalk.unknown(toa.length));
        FitFreedom freedom = fit.freedom();
        if (!fit.polynomials().get(0).exists()) {
            return without(fit.polynomials().get(0).remark());
        }
        return with(fit.polynomials(), freedom.factor(toa.length, size()));
    }

    /**
     * With a correction that is known.
     *
     * @param polynomials by board
     */
    TrackTimes with(List<Polynomial> polynomials, double variances) {
        double[][] own = new double[toa.length][size()];
        for (int b = 0; b < own.length; b++) {
            for (int e = 0; e < own[b].length; e++) {
                own[b][e] = toa[b][e] + polynomials.get(b).at(tot[b][e]);
            }
        }
        return new TrackTimes(toa, tot, own, variances, "");
    }

    /** Takes TOA and TOT of an event. */
    interface Taker {
        void take(double[] toa, double[] tot);
    }

    void each(Taker taker) {
        double[] times = new double[toa.length];
        double[] widths = new double[toa.length];
        for (int e = 0; e < size(); e++) {
            for (int b = 0; b < times.length; b++) {
                times[b] = toa[b][e];
                widths[b] = tot[b][e];
            }
            taker.take(times, widths);
        }
    }

    /** Events whose corrected times lie within so many core widths of the core of every pair that has one. */
    boolean[] near(double widths) {
        boolean[] stays = new boolean[size()];
        Arrays.fill(stays, true);
        for (int a = 0; a < corrected.length; a++) {
            for (int b = a + 1; b < corrected.length; b++) {
                double[] differences = PairVariances.differences(corrected[a], corrected[b]);
                GaussianCore core = GaussianCore.of(differences);
                for (int e = 0; e < stays.length && core.converged(); e++) {
                    stays[e] &= Math.abs(differences[e] - core.mean()) <= widths * core.width();
                }
            }
        }
        return stays;
    }
}
