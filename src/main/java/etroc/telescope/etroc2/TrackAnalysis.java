package etroc.telescope.etroc2;

import etroc.telescope.etroc2.TrackBootstrap.Part;
import etroc.telescope.etroc2.TrackResult.Step;
import etroc.telescope.resolution.Draws;
import etroc.telescope.walk.TimeWalkSettings;
import java.io.Serializable;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.StatUtils;
import org.jspecify.annotations.Nullable;

/**
 * From the codes of a track's events to the variances of its boards.
 *
 * @param shared the time walk of all tracks; null: each has its own
 * @param seed of the bootstrap
 * @param replicas of it
 */
record TrackAnalysis(
        TrackCuts cuts, TimeWalkSettings walk, @Nullable SharedWalk shared, long seed, int replicas)
        implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int FEWEST = 30;

    /**
     * A track's events with times.
     *
     * @param sample those that stay
     * @param reached by event of the track: 1 in all windows, 2 near all lines too, 3 also kept by the residual cut, if there is one
     * @param flow events in the windows, near the lines, and that stay
     */
    record Timed(TrackSample sample, TrackTimes times, byte[] reached, long[] flow) {
        String remark() {
            return times.remark();
        }
    }

    TrackAnalysis with(SharedWalk walks) {
        return new TrackAnalysis(cuts, walk, walks, seed, replicas);
    }

    /** Cuts the events and corrects the times of the rest. */
    Timed timed(int track, TrackSample all) {
        byte[] reached = new byte[all.size()];
        TrackSample inside = cut(all, cuts.inWindows(all), reached, 0);
        TrackSample sample = cut(inside, cuts.correlated(inside), reached, 1);
        long[] flow = {inside.size(), sample.size(), sample.size()};
        TrackTimes times = TrackTimes.of(sample);
        if (sample.size() >= FEWEST) {
            times = corrected(track, times, 0);
        }
        if (walk.residualCut() != null
                && times.size() >= FEWEST
                && times.remark().isEmpty()) {
            sample = cut(sample, times.near(walk.residualCut()), reached, 2);
            flow[2] = sample.size();
            boolean again = sample.size() < times.size() || shared != null;
            times = sample.size() >= FEWEST && again ? corrected(track, TrackTimes.of(sample), 1) : times;
        }
        if (sample.size() < FEWEST) {
            times = TrackTimes.of(sample).without("only " + sample.size() + " events after the cuts");
        }
        return new Timed(sample, times, reached, flow);
    }

    /** Notes how far the events came, of which those count that came as far as this cut. */
    private static TrackSample cut(TrackSample sample, boolean[] stays, byte[] reached, int at) {
        int i = 0;
        for (int e = 0; e < reached.length; e++) {
            if (reached[e] == at && stays[i++]) {
                reached[e]++;
            }
        }
        return sample.kept(stays);
    }

    /** @param round 0: before the residual cut; 1: after it */
    private TrackTimes corrected(int track, TrackTimes times, int round) {
        return shared == null ? times.withOwnWalk(walk.degree()) : shared.corrected(track, times, round);
    }

    /** What a track's events say. */
    TrackResult of(int track, TrackSample all) {
        Timed timed = timed(track, all);
        TrackTimes times = timed.times;
        if (times.remark().isEmpty() && !Double.isFinite(times.factor())) {
            return TrackResult.none(track, timed.flow, "the time walk leaves no degrees of freedom");
        }
        return times.remark().isEmpty()
                ? widths(
                        track,
                        timed,
                        new TrackBootstrap(
                                Draws.of(seed, replicas, timed.sample.size()), timed.sample, cuts.late(timed.sample)))
                : TrackResult.none(track, timed.flow, times.remark());
    }

    private static TrackResult widths(int track, Timed timed, TrackBootstrap bootstrap) {
        int steps = Step.values().length;
        int last = bootstrap.replicas();
        double[][][][][] own = pairs(timed.times, bootstrap);
        double[][][] variances = new double[Part.values().length][steps][];
        double[][][][] drawn = new double[Part.values().length][steps][][];
        double[][] uncs = new double[steps][];
        for (int s = 0; s < steps; s++) {
            for (int p = 0; p < variances.length; p++) {
                double[][] ofBoards = boards(own[s], p, last);
                variances[p][s] =
                        Arrays.stream(ofBoards).mapToDouble(b -> b[last]).toArray();
                drawn[p][s] =
                        Arrays.stream(ofBoards).map(b -> Arrays.copyOf(b, last)).toArray(double[][]::new);
            }
            uncs[s] = Arrays.stream(drawn[Part.ALL.ordinal()][s])
                    .mapToDouble(TrackAnalysis::spread)
                    .toArray();
        }
        long[] ofPart =
                Arrays.stream(Part.values()).mapToLong(bootstrap::events).toArray();
        double[] bins2 = Arrays.stream(timed.sample.bins())
                .mapToDouble(b -> StatUtils.sumSq(b) / b.length)
                .toArray();
        return new TrackResult(
                track,
                timed.flow[0],
                timed.flow[1],
                timed.flow[2],
                ofPairs(own, replicas -> replicas[last]),
                ofPairs(own, replicas -> spread(Arrays.copyOf(replicas, last))),
                variances,
                uncs,
                drawn,
                ofPart,
                bins2,
                "");
    }

    /** Something of all events' replicas, by step and pair; 0 of a board with itself. */
    private static double[][][] ofPairs(double[][][][][] pairs, ToDoubleFunction<double[]> of) {
        return Arrays.stream(pairs)
                .map(step -> Arrays.stream(step)
                        .map(board -> Arrays.stream(board)
                                .mapToDouble(p -> p == null ? 0 : of.applyAsDouble(p[Part.ALL.ordinal()]))
                                .toArray())
                        .toArray(double[][]::new))
                .toArray(double[][][]::new);
    }

    private static double spread(double[] replicas) {
        return Math.sqrt(StatUtils.variance(replicas));
    }

    /** Variances of the pairs by step, pair, part and replica, the last: the events as they are. */
    private static double[][][][][] pairs(TrackTimes times, TrackBootstrap bootstrap) {
        int boards = times.toa().length;
        double[][][][][] pairs = new double[Step.values().length][boards][boards][][];
        for (int a = 0; a < boards; a++) {
            for (int b = a + 1; b < boards; b++) {
                double[] raw = PairVariances.differences(times.toa()[a], times.toa()[b]);
                double[] walk = PairVariances.differences(times.corrected()[a], times.corrected()[b]);
                double[][] cores = bootstrap.cores(walk, PairVariances.axis(walk, TrackBootstrap.BINS));
                cores[Part.ALL.ordinal()][bootstrap.replicas()] = PairVariances.core(walk);
                double[][][] own = {
                    bootstrap.variances(raw),
                    scaled(bootstrap.variances(walk), times.factor()),
                    scaled(cores, times.factor())
                };
                for (int s = 0; s < own.length; s++) {
                    pairs[s][a][b] = own[s];
                    pairs[s][b][a] = own[s];
                }
            }
        }
        return pairs;
    }

    private static double[][] scaled(double[][] values, double factor) {
        return Arrays.stream(values)
                .map(v -> Arrays.stream(v).map(x -> factor * x).toArray())
                .toArray(double[][]::new);
    }

    /** Variances of the boards by board and replica, the last: the events as they are. */
    private static double[][] boards(double[][][][] pairs, int part, int last) {
        int boards = pairs.length;
        double[][] variances = new double[boards][last + 1];
        for (int r = 0; r <= last; r++) {
            double[][] own = new double[boards][boards];
            for (int a = 0; a < boards; a++) {
                for (int b = 0; b < boards; b++) {
                    own[a][b] = a == b ? 0 : pairs[a][b][part][r];
                }
            }
            double[] of = PairVariances.ofBoards(own);
            for (int b = 0; b < boards; b++) {
                variances[b][r] = of[b];
            }
        }
        return variances;
    }
}
