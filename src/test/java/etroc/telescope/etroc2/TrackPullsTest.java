package etroc.telescope.etroc2;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.telescope.etroc2.TrackBootstrap.Part;
import etroc.telescope.etroc2.TrackResult.Step;
import etroc.telescope.walk.TimeWalkSettings;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Pulls of the boards' resolutions over many short tracks, of four boards whose widths are known: (value - truth) / uncertainty. The long form is
 * in TrustIT.
 */
class TrackPullsTest {
    private static final int SEEDS = 8;
    private static final int TRACKS = 30;
    private static final int EVENTS = 100;
    private static final int REPLICAS = 100;
    private static final double[] SIGMA_NS = {0.03, 0.043, 0.06, 0.05};
    private static final double[][] WALK = {
        {1.2, -0.22, 0.012}, {1.05, -0.2, 0.011}, {1.3, -0.24, 0.013}, {1, -0.2, 0.01}
    };

    private static TrackAnalysis analysis(@Nullable SharedWalk shared, @Nullable Double correlation) {
        return new TrackAnalysis(
                new TrackCuts(1, new ToaWindow(0, 1023, false), new TreeMap<>(), correlation),
                new TimeWalkSettings(TimeWalkSettings.Fit.JOINT, 2, 1, null),
                shared,
                5,
                REPLICAS);
    }

    private static TrackSample track(RandomGenerator random, int track) {
        double[][] toa = new double[4][EVENTS];
        double[][] tot = new double[4][EVENTS];
        double[][] bins = new double[4][EVENTS];
        long[] events = new long[EVENTS];
        String[] runs = new String[EVENTS];
        Arrays.fill(runs, "run");
        for (int b = 0; b < 4; b++) {
            Arrays.fill(bins[b], 3.125 / (166 + 16 * random.nextDouble()));
        }
        for (int e = 0; e < EVENTS; e++) {
            double time = 4 + 6 * random.nextDouble();
            events[e] = (long) track * EVENTS + e;
            for (int b = 0; b < 4; b++) {
                double width = 3 + 4 * random.nextDouble();
                double arrival = time + WALK[b][0] + width * (WALK[b][1] + width * WALK[b][2]);
                toa[b][e] = Math.round((12.5 - arrival - SIGMA_NS[b] * random.nextGaussian()) / bins[b][e]);
                tot[b][e] = Math.round(width / bins[b][e] * 32 / 63);
            }
        }
        return new TrackSample(runs, events, toa, tot, bins);
    }

    /** Width, step of TOA, and step of TOT times the slope of the walk, in quadrature. */
    private static double truth(int board) {
        double bin2 = 0;
        double slope2 = 0;
        int steps = 10_000;
        for (int i = 0; i < steps; i++) {
            double x = (i + 0.5) / steps;
            bin2 += Math.pow(3.125 / (166 + 16 * x), 2) / steps;
            slope2 += Math.pow(WALK[board][1] + 2 * WALK[board][2] * (3 + 4 * x), 2) / steps;
        }
        return Math.sqrt(SIGMA_NS[board] * SIGMA_NS[board] + bin2 / 12 * (1 + slope2 * Math.pow(63.0 / 32, 2)));
    }

    private static void add(Map<Step, DescriptiveStatistics> pulls, TrackAnalysis analysis, TrackSample[] tracks) {
        for (int b = 0; b < 4; b++) {
            VarianceSums sums = new VarianceSums(REPLICAS);
            for (int t = 0; t < tracks.length; t++) {
                sums.add(analysis.of(t, tracks[t]), b);
            }
            for (Step step : new Step[] {Step.WALK, Step.CORE}) {
                VarianceSums.Mean mean = sums.mean(Part.ALL, step);
                assertThat(mean.tracks()).isGreaterThan(TRACKS - 3);
                pulls.computeIfAbsent(step, s -> new DescriptiveStatistics())
                        .addValue((mean.sigma() - truth(b)) / (mean.unc() / (2 * mean.sigma())));
            }
        }
    }

    private static TrackSample[] tracks(int seed) {
        RandomGenerator random = new Well19937c(seed);
        TrackSample[] tracks = new TrackSample[TRACKS];
        for (int t = 0; t < TRACKS; t++) {
            tracks[t] = track(random, t);
        }
        return tracks;
    }

    private static void check(Map<Step, DescriptiveStatistics> pulls) {
        pulls.forEach((step, s) -> System.out.printf(
                "pull of %s: n = %d  mean %+.2f  width %.2f%n", step, s.getN(), s.getMean(), s.getStandardDeviation()));
        DescriptiveStatistics walk = pulls.get(Step.WALK);
        assertThat(walk.getMean()).isBetween(-0.5, 0.5);
        assertThat(walk.getStandardDeviation()).isBetween(0.7, 1.35);
        assertThat(pulls.get(Step.CORE).getMean()).isBetween(-1.0, 0.6);
    }

    @Test
    void uncertaintiesOfBoardsHold() {
        Map<Step, DescriptiveStatistics> pulls = new TreeMap<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            add(pulls, analysis(null, null), tracks(seed));
        }
        check(pulls);
    }

    /** Tracks that share the polynomials: of pixels that some have in common. */
    @Test
    void sharedWalksDoNotBiasThem() {
        Map<Step, DescriptiveStatistics> pulls = new TreeMap<>();
        for (int seed = 11; seed < 11 + SEEDS / 2; seed++) {
            TrackSample[] tracks = tracks(seed);
            TreeMap<Integer, int[]> places = new TreeMap<>();
            for (int t = 0; t < TRACKS; t++) {
                places.put(t, new int[] {t / 3, t / 3, t, t / 5});
            }
            SharedWalk shared = new SharedWalk(places, java.util.List.of());
            java.util.List<SharedWalk.OfTrack> sums = new java.util.ArrayList<>();
            for (int t = 0; t < TRACKS; t++) {
                sums.add(SharedWalk.sums(t, TrackTimes.of(tracks[t]), 2));
            }
            add(pulls, analysis(shared.and(sums, 4, 2), null), tracks);
        }
        check(pulls);
    }

    /** The cut about the lines of TOA truncates differences of times: every board comes out narrower, by less than 2 %. */
    @Test
    void theCutAboutTheLinesNarrowsWidths() {
        for (Step step : new Step[] {Step.WALK, Step.CORE}) {
            DescriptiveStatistics ratios = new DescriptiveStatistics();
            for (int seed = 1; seed <= SEEDS / 2; seed++) {
                TrackSample[] tracks = tracks(seed);
                for (int b = 0; b < 4; b++) {
                    ratios.addValue(sigma(tracks, b, step, 3.0) / sigma(tracks, b, step, null));
                }
            }
            System.out.printf(
                    "cut at 3 over no cut, %s: %.4f +- %.4f%n",
                    step, ratios.getMean(), ratios.getStandardDeviation() / Math.sqrt(ratios.getN()));
            assertThat(ratios.getMean()).isBetween(0.98, 0.9995);
        }
    }

    private static double sigma(TrackSample[] tracks, int board, Step step, @Nullable Double correlation) {
        VarianceSums sums = new VarianceSums(0);
        TrackAnalysis own = analysis(null, correlation);
        TrackAnalysis analysis = new TrackAnalysis(own.cuts(), own.walk(), null, 1, 0);
        for (int t = 0; t < tracks.length; t++) {
            sums.add(analysis.of(t, tracks[t]), board);
        }
        return sums.mean(Part.ALL, step).sigma();
    }
}
