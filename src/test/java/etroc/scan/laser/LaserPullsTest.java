package etroc.scan.laser;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.scan.CoreSums;
import etroc.scan.NoiseOptions;
import etroc.simulate.LaserModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.api.Test;

/** Jitter and half height of many simulated laser scans, against their truth. */
class LaserPullsTest {
    private static final int SEEDS = 60;
    private static final LaserSettings PLAIN = new LaserSettings(null, null);
    private static final NoiseOptions AUTO = new NoiseOptions(null, null, null, 3, 4, null, 0.01);

    private final DescriptiveStatistics jitters = new DescriptiveStatistics();
    private final DescriptiveStatistics toas = new DescriptiveStatistics();
    private final DescriptiveStatistics tots = new DescriptiveStatistics();
    private final DescriptiveStatistics cores = new DescriptiveStatistics();
    private final DescriptiveStatistics halves = new DescriptiveStatistics();
    private final DescriptiveStatistics noises = new DescriptiveStatistics();
    private int curves;

    @Test
    void pullsAreThoseOfHonestUncertainties() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            List<Integer> thresholds =
                    IntStream.rangeClosed(0, 45).map(i -> 430 + 6 * i).boxed().toList();
            add(new LaserModel(seed, 5, List.of(85.0, 85.5, 86.0), thresholds, 400 + 10 * seed, 0.03, 0.01));
        }
        print("jitter", jitters);
        print("toa", toas);
        print("tot", tots);
        print("core / jitter - 1", cores);
        print("t50", halves);
        print("noise", noises);
        assertThat(halves.getN()).isEqualTo(curves);
        for (DescriptiveStatistics pulls : List.of(jitters, toas, tots, halves)) {
            assertThat(pulls.getMean()).isBetween(-0.2, 0.2);
            assertThat(pulls.getStandardDeviation()).isBetween(0.8, 1.2);
        }
        assertThat(cores.getMean()).isBetween(-0.03, 0.03);
    }

    private static void print(String what, DescriptiveStatistics s) {
        System.out.printf(
                "%-18s n = %5d  mean %+.3f  width %.3f%n", what, s.getN(), s.getMean(), s.getStandardDeviation());
    }

    private void add(LaserModel model) {
        RandomGenerator random = new Well19937c(model.seed());
        List<LaserPoint> points = new ArrayList<>();
        for (double attenuation : model.attenuations()) {
            for (int threshold : model.thresholds()) {
                List<int[]> hits = model.hits(attenuation, threshold, random);
                LaserKey key = new LaserKey(0, "5", 0, attenuation);
                LaserPoint point = LaserPoint.of("run", key, threshold, counted(hits), 0, PLAIN);
                points.add(point);
                if (point.times().kept() >= 100) {
                    double bin = point.times().fbinNs();
                    double truth = Math.hypot(model.jitterNs(attenuation), bin / Math.sqrt(12));
                    jitters.addValue(
                            (point.spread().jitter() - truth) / point.spread().jitterUnc());
                    toas.addValue((point.times().toaMeanNs() - model.toaNs(attenuation))
                            / point.times().toaMeanNsUnc());
                    tots.addValue((point.times().totMeanNs() - model.totNs(attenuation))
                            / point.times().totMeanNsUnc());
                    cores.addValue(point.toaCoreNs() / point.spread().jitter() - 1);
                }
            }
        }
        for (LaserCurve c : LaserCurve.of(points, AUTO)) {
            curves++;
            if (Double.isFinite(c.t50())) {
                halves.addValue((c.t50() - model.t50(c.curve().laserAttenuation())) / c.t50Unc());
                noises.addValue((c.noise() - LaserModel.NOISE) / c.noiseUnc());
            }
        }
    }

    /** What Spark counts, counted here. */
    private static LaserHits counted(List<int[]> hits) {
        long[] cals = new long[1024];
        hits.forEach(h -> cals[h[2]]++);
        int mode = 0;
        for (int c = 0; c < cals.length; c++) {
            mode = cals[c] > cals[mode] ? c : mode;
        }
        int most = mode;
        List<int[]> kept = hits.stream().filter(h -> Math.abs(h[2] - most) <= 3).toList();
        if (kept.isEmpty()) {
            return new LaserHits(Map.of(), Map.of(), Map.of(), Map.of());
        }
        long[] sums = new long[6];
        long[] toas = new long[1024];
        TotCell all = TotCell.NONE;
        for (int[] h : kept) {
            int tot = 2 * h[1] - h[1] / 32;
            long[] add = {h[2], (long) h[2] * h[2], h[0], (long) h[0] * h[0], tot, (long) tot * tot};
            IntStream.range(0, sums.length).forEach(i -> sums[i] += add[i]);
            toas[h[0]]++;
            all = all.plus(new TotCell(tot, 1, h[0], 0, (long) h[0] * h[0], 0, 0));
        }
        CoreSums core = new CoreSums(
                0, 0, hits.size(), mode, kept.size(), sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]);
        List<long[]> codes = IntStream.range(0, toas.length)
                .filter(c -> toas[c] > 0)
                .mapToObj(c -> new long[] {c, toas[c]})
                .toList();
        return new LaserHits(Map.of(0, core), Map.of(), Map.of(0, List.of(all)), Map.of(0, codes));
    }
}
