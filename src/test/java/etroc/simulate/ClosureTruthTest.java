package etroc.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.telescope.resolution.ClosureSums;
import etroc.telescope.resolution.PairAxis;
import etroc.telescope.resolution.ParticleTime;
import etroc.telescope.resolution.TimeQuantiles;
import etroc.telescope.walk.JointWalkSums;
import etroc.telescope.walk.TotMoments;
import etroc.telescope.walk.WalkState;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;

/** Closure on simulated telescopes: nothing is left of perfect ones; a low degree is seen against TOT, a wrong bin width against time. */
class ClosureTruthTest {
    private static final double[] SIGMA_PS = {38, 43, 47};
    private static final int EVENTS = 5000;
    private static final double IMPROBABLE = 1e-5;

    private record Event(double[] toa, double[] tot) {}

    /** @param scale of the first board's times around 12.5 ns: its bin width is wrong by that */
    private static List<Event> events(TelescopeModel.Walk shape, double scale, long seed) {
        TelescopeModel model = new TelescopeModel(
                seed,
                EVENTS,
                TelescopeModel.boards(SIGMA_PS, 0.15, 0.03, shape),
                1,
                0,
                0,
                0,
                0,
                TelescopeImperfections.NONE);
        RandomGenerator random = new Well19937c(seed);
        List<Event> events = new ArrayList<>();
        for (int e = 0; e < EVENTS; e++) {
            double time = TelescopeModel.passage(random);
            Event event = new Event(new double[3], new double[3]);
            for (int i = 0; i < 3; i++) {
                TelescopeModel.Board board = model.boards().get(i);
                TelescopeModel.Hit hit = model.hit(board, time, random);
                event.toa[i] = 12.5 - (12.5 - hit.toaNs(board)) * (i == 0 ? scale : 1);
                event.tot[i] = hit.totNs(board);
            }
            events.add(event);
        }
        return events;
    }

    /** Of each board: against TOT, against time. */
    private static List<ClosureSums.Closure[]> closures(List<Event> events, int degree) {
        TotMoments moments = new TotMoments(3);
        events.forEach(e -> moments.add(e.toa, e.tot));
        JointWalkSums sums = new JointWalkSums(moments, degree, false);
        events.forEach(e -> sums.add(e.toa, e.tot));
        WalkState state = new WalkState(
                sums.solve(new double[] {Double.NaN, Double.NaN, Double.NaN}).polynomials());
        ParticleTime time = ParticleTime.of(state, new double[] {0.0015, 0.0019, 0.0023});
        TimeQuantiles quantiles = new TimeQuantiles(time, 0);
        events.forEach(e -> quantiles.add(e.toa, e.tot, 1, 0));
        PairAxis axis = new PairAxis(0, 0.05, 1);
        ClosureSums closure = new ClosureSums(time, 0, quantiles, new PairAxis[] {axis, axis, axis});
        events.forEach(e -> closure.add(e.toa, e.tot, 1, 0));
        List<ClosureSums.Closure[]> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(new ClosureSums.Closure[] {closure.closure(i, false, degree), closure.closure(i, true, 0)});
        }
        return all;
    }

    @Test
    void nothingIsLeftOfPerfectData() {
        List<Double> ofTot = new ArrayList<>();
        List<Double> ofTime = new ArrayList<>();
        for (int seed = 1; seed <= 60; seed++) {
            List<ClosureSums.Closure[]> found = closures(events(TelescopeModel.Walk.QUADRATIC, 1, seed), 2);
            for (ClosureSums.Closure[] c : found) {
                assertThat(c[0].bins()).hasSizeBetween(18, 20); // TOT has few values at its lower end
                assertThat(c[1].bins()).hasSize(20).allMatch(b -> Math.abs(b.events() - EVENTS / 20) <= 5);
                assertThat(c[1].ndf()).isEqualTo(19);
                assertThat(c[0].probability()).isGreaterThan(IMPROBABLE);
                assertThat(c[1].probability()).isGreaterThan(IMPROBABLE);
            }
            ofTot.add(found.get(0)[0].probability());
            ofTime.add(found.get(0)[1].probability());
        }
        for (List<Double> probabilities : List.of(ofTot, ofTime)) {
            double[] own = probabilities.stream().mapToDouble(p -> p).toArray();
            assertThat(new KolmogorovSmirnovTest().kolmogorovSmirnovTest(new UniformRealDistribution(0, 1), own))
                    .as("probabilities are as often small as large")
                    .isGreaterThan(1e-3);
        }
    }

    @Test
    void aLowDegreeIsSeenAgainstTot() {
        List<Event> root = events(TelescopeModel.Walk.ROOT, 1, 3);
        assertThat(closures(root, 1)).allMatch(c -> c[0].probability() < IMPROBABLE);
        assertThat(closures(root, 3)).allMatch(c -> c[0].probability() > IMPROBABLE);
    }

    @Test
    void aWrongBinWidthIsSeenAgainstTime() {
        List<ClosureSums.Closure[]> found = closures(events(TelescopeModel.Walk.QUADRATIC, 1.005, 4), 2);
        assertThat(found.get(0)[1].probability()).isLessThan(IMPROBABLE);
        assertThat(found.get(0)[0].probability()).isGreaterThan(IMPROBABLE);
    }
}
