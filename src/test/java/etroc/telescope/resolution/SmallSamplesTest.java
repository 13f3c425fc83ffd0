package etroc.telescope.resolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import etroc.telescope.walk.FitFreedom;
import etroc.telescope.walk.JointWalkFit;
import etroc.telescope.walk.JointWalkSums;
import etroc.telescope.walk.TotMoments;
import etroc.telescope.walk.WalkState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Resolutions of few events: what the fit of the walk takes from them, by sets of known width. */
class SmallSamplesTest {
    private static final double SIGMA = 0.05;
    private static final double[] UNKNOWN = {Double.NaN, Double.NaN, Double.NaN};

    private record Event(int run, double[] toa, double[] tot) {}

    private static List<Event> events(Random random, int count, int runs) {
        List<Event> events = new ArrayList<>();
        for (int e = 0; e < count; e++) {
            double time = 4 + 5 * random.nextDouble();
            Event event = new Event(e * runs / count, new double[3], new double[3]);
            for (int i = 0; i < 3; i++) {
                event.tot[i] = 5 + random.nextGaussian();
                event.toa[i] = time - 0.1 * event.tot[i] + SIGMA * random.nextGaussian();
            }
            events.add(event);
        }
        return events;
    }

    private static List<Resolution> resolutions(List<Event> events, boolean byRun, boolean withFreedom) {
        return resolutions(events, byRun, withFreedom ? null : FitFreedom.NONE);
    }

    /** @param freedom null: the fit's */
    private static List<Resolution> resolutions(List<Event> events, boolean byRun, @Nullable FitFreedom freedom) {
        TotMoments moments = new TotMoments(3);
        events.forEach(e -> moments.add(e.toa, e.tot));
        JointWalkSums sums = new JointWalkSums(moments, 2, byRun);
        int run = -1;
        for (Event e : events) {
            if (e.run != run) {
                run = e.run;
                sums.run(run);
            }
            sums.add(e.toa, e.tot);
        }
        JointWalkFit fit = sums.solve(UNKNOWN);
        List<WalkState> states = List.of(new WalkState(fit.polynomials()));
        double[][] delays = fit.delays().values(run + 1, 3);
        List<double[]> aligned = new ArrayList<>();
        for (Event e : events) {
            double[] toa = e.toa.clone();
            for (int i = 0; i < 3 && byRun; i++) {
                toa[i] -= delays[e.run][i];
            }
            aligned.add(toa);
        }
        DifferenceSums differences = new DifferenceSums(3, 1, states);
        for (int e = 0; e < events.size(); e++) {
            differences.add(aligned.get(e), events.get(e).tot, 1, e);
        }
        BootstrapSums bootstrap =
                new BootstrapSums(states, Draws.of(1, 0, events.size()), BootstrapSums.axes(differences, 3));
        for (int e = 0; e < events.size(); e++) {
            bootstrap.add(aligned.get(e), events.get(e).tot, 1, e);
        }
        return Resolution.of(differences, bootstrap, 0, 0, freedom == null ? fit.freedom() : freedom);
    }

    /** Mean variance of all boards over many sets, in units of the truth. */
    private static double ratio(int count, int runs, boolean withFreedom) {
        Random random = new Random(7);
        int sets = 1500;
        double sum = 0;
        for (int s = 0; s < sets; s++) {
            for (Resolution r : resolutions(events(random, count, runs), runs > 1, withFreedom)) {
                sum += r.threeBoard().variance();
            }
        }
        return sum / (3 * sets) / (SIGMA * SIGMA);
    }

    @Test
    void variancesOfFewEventsAreNotTooSmall() {
        assertThat(ratio(30, 1, false)).isLessThan(0.93);
        assertThat(ratio(30, 1, true)).isCloseTo(1, within(0.015));
        assertThat(ratio(30, 3, false)).isLessThan(0.87);
        assertThat(ratio(30, 3, true)).isCloseTo(1, within(0.015));
    }

    @Test
    void tooFewEventsHaveNoResolution() {
        for (Resolution r : resolutions(events(new Random(3), 29, 1), false, true)) {
            assertThat(r.threeBoard()).isNull();
            assertThat(r.threeBoardCore()).isNull();
            assertThat(r.nBoard()).isNull();
            assertThat(r.remark()).isEqualTo("29 events: a resolution needs 30");
        }
    }

    @Test
    void withoutDegreesOfFreedomThereIsNoResolution() {
        for (Resolution r : resolutions(events(new Random(4), 30, 1), false, new FitFreedom(30, 60))) {
            assertThat(r.threeBoard().value()).isNaN();
            assertThat(r.threeBoardCore().value()).isNaN();
            assertThat(r.remark()).isEqualTo("the time walk leaves no degrees of freedom to 30 events");
        }
    }

    @Test
    void onlyRowsOfTheFitsOwnEventsHaveAFactor() {
        FitFreedom freedom = new FitFreedom(30, 8);
        assertThat(freedom.factor(3, 30)).isCloseTo(58.0 / 52, within(1e-12));
        assertThat(freedom.factor(3, 31)).isOne();
        assertThat(FitFreedom.NONE.factor(3, 30)).isOne();
        assertThat(new FitFreedom(30, 60).factor(3, 30)).isNaN();
    }
}
