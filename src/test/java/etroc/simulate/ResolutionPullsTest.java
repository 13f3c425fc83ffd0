package etroc.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.fits.GaussianCore;
import etroc.telescope.resolution.BootstrapSums;
import etroc.telescope.resolution.DifferenceSums;
import etroc.telescope.resolution.Draws;
import etroc.telescope.resolution.Resolution;
import etroc.telescope.walk.FitFreedom;
import etroc.telescope.walk.JointWalkSums;
import etroc.telescope.walk.OdrWalkSums;
import etroc.telescope.walk.OlsWalkSums;
import etroc.telescope.walk.TotMoments;
import etroc.telescope.walk.WalkState;
import etroc.telescope.walk.WalkTarget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.api.Test;

/**
 * Pulls of the resolution against truth over 100 seeds; prints the table that the documentation quotes. Truth is the width that is left when
 * the true walk correction is applied to the measured TOT, of a large sample of the same model: core and standard deviation each of their own.
 */
class ResolutionPullsTest {
    private static final int SEEDS = 100;
    private static final int EVENTS = 20_000;
    private static final double[][] SIGMAS = {{38, 43, 47}, {30, 45, 60}, {50, 50, 50}, {60, 35, 40}};
    private static final double[] WALKS = {0, 0.1, 0.25, 0.4, 0.5};

    private record Event(double[] toa, double[] tot) {}

    private static List<Event> events(TelescopeModel model, long seed) {
        RandomGenerator random = new Well19937c(seed);
        List<Event> events = new ArrayList<>();
        for (int e = 0; e < model.events(); e++) {
            double time = TelescopeModel.passage(random);
            Event event = new Event(new double[3], new double[3]);
            for (int i = 0; i < 3; i++) {
                TelescopeModel.Board board = model.boards().get(i);
                TelescopeModel.Hit hit = model.hit(board, time, random);
                event.toa[i] = hit.toaNs(board);
                event.tot[i] = hit.totNs(board);
            }
            events.add(event);
        }
        return events;
    }

    /** Standard deviation and core of each board with the true correction [ns]. */
    private static double[][] truth(TelescopeModel model) {
        RandomGenerator random = new Well19937c(991);
        int n = 300_000;
        double[][] truth = new double[2][3];
        for (int i = 0; i < 3; i++) {
            TelescopeModel.Board board = model.boards().get(i);
            DescriptiveStatistics all = new DescriptiveStatistics();
            int[] histogram = new int[4000];
            for (int e = 0; e < n; e++) {
                double time = TelescopeModel.passage(random);
                TelescopeModel.Hit hit = model.hit(board, time, random);
                double left = hit.toaNs(board) + board.correction(hit.totNs(board)) - time - board.offsetNs();
                all.addValue(left);
                histogram[Math.max(0, Math.min(3999, (int) Math.floor((left + 2) / 0.001)))]++;
            }
            truth[0][i] = all.getStandardDeviation();
            truth[1][i] = GaussianCore.fit(histogram, -2, 0.001).width();
        }
        return truth;
    }

    private static <S extends etroc.telescope.walk.Sums<S>> S sum(List<Event> events, S sums) {
        events.forEach(e -> sums.add(e.toa, e.tot));
        return sums;
    }

    private static WalkState odr(List<Event> events, TotMoments moments, int iterations) {
        WalkState previous = WalkState.UNCORRECTED;
        for (int k = 0; k < iterations; k++) {
            WalkTarget target = new WalkTarget(previous, WalkState.UNCORRECTED);
            double[][] at = OdrWalkSums.start(
                    moments, sum(events, new OlsWalkSums(moments, target, 2)).solve(), 2);
            for (int step = 0; step < 4; step++) {
                at = sum(events, new OdrWalkSums(moments, target, 2, at)).next();
            }
            previous = new WalkState(
                    sum(events, new OdrWalkSums(moments, target, 2, at)).polynomials());
        }
        return previous;
    }

    @Test
    void resolutionsAreUnbiasedAndTheirUncertaintiesTrue() {
        Map<String, DescriptiveStatistics> pulls = new LinkedHashMap<>();
        DescriptiveStatistics worseThanOdr = new DescriptiveStatistics();
        Map<String, double[][]> truths = new LinkedHashMap<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            double[] sigma = SIGMAS[seed % SIGMAS.length];
            double walk = WALKS[seed % WALKS.length];
            TelescopeModel model = new TelescopeModel(
                    seed, EVENTS, TelescopeModel.boards(sigma, walk, 0.03), 1, 0, 0, 0, 0, TelescopeImperfections.NONE);
            double[][] truth = truths.computeIfAbsent(seed % 4 + " " + seed % 5, k -> truth(model));
            List<Event> events = events(model, seed);
            TotMoments moments = sum(events, new TotMoments(3));
            List<WalkState> states = List.of(
                    new WalkState(sum(events, new JointWalkSums(moments, 2, false))
                            .solve(new double[] {Double.NaN, Double.NaN, Double.NaN})
                            .polynomials()),
                    odr(events, moments, seed % 7 == 0 ? 3 : 1));
            DifferenceSums differences = new DifferenceSums(3, 1, states);
            events.forEach(e -> differences.add(e.toa, e.tot, 1, 0));
            BootstrapSums bootstrap =
                    new BootstrapSums(states, new Draws(seed, 200, seed % 2 == 0), BootstrapSums.axes(differences, 3));
            for (int e = 0; e < events.size(); e++) {
                bootstrap.add(events.get(e).toa, events.get(e).tot, 1, e * 0x9e3779b97f4a7c15L);
            }
            List<Resolution> joint = Resolution.of(differences, bootstrap, 0, 0, FitFreedom.NONE);
            List<Resolution> odr = Resolution.of(differences, bootstrap, 0, 1, FitFreedom.NONE);
            for (int i = 0; i < 3; i++) {
                add(
                        pulls,
                        "standard deviation",
                        joint.get(i).threeBoard().value() - truth[0][i],
                        joint.get(i).bootstrap().unc());
                add(
                        pulls,
                        "Gaussian core",
                        joint.get(i).threeBoardCore().value() - truth[1][i],
                        joint.get(i).bootstrapCore().unc());
                if (seed % 7 == 0) { // all walk strengths are among these
                    worseThanOdr.addValue((joint.get(i).threeBoard().value()
                                    - odr.get(i).threeBoard().value())
                            / joint.get(i).bootstrap().unc());
                }
            }
        }
        pulls.forEach((name, s) -> System.out.printf(
                "pull of %-18s n = %d  mean %+.3f  width %.3f%n",
                name, s.getN(), s.getMean(), s.getStandardDeviation()));
        System.out.printf(
                "joint minus three iterations of odr, in units of its uncertainty: n = %d  mean %+.3f  largest %+.3f%n",
                worseThanOdr.getN(), worseThanOdr.getMean(), worseThanOdr.getMax());
        assertThat(pulls).hasSize(2).allSatisfy((name, s) -> {
            assertThat(s.getMean()).as(name).isBetween(-0.2, 0.2);
            assertThat(s.getStandardDeviation()).as(name).isBetween(0.85, 1.15);
        });
        assertThat(worseThanOdr.getMax()).isLessThan(1);
    }

    private static void add(Map<String, DescriptiveStatistics> pulls, String name, double difference, double unc) {
        pulls.computeIfAbsent(name, n -> new DescriptiveStatistics()).addValue(difference / unc);
    }
}
