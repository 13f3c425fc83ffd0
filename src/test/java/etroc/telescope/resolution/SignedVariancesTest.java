package etroc.telescope.resolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import etroc.telescope.walk.FitFreedom;
import etroc.telescope.walk.WalkState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.api.Test;

/** The bootstrap of boards of which one has a variance near zero, against the scatter over many sets of events. */
class SignedVariancesTest {
    private static final double[] SIGMA = {0.010, 0.030, 0.200};
    private static final int EVENTS = 2000;
    private static final int SETS = 60;

    private static List<Resolution> resolutions(long seed, boolean grouped) {
        Random random = new Random(seed);
        List<WalkState> states = List.of(WalkState.UNCORRECTED);
        double[] tot = {5, 5, 5};
        List<double[]> times = new ArrayList<>();
        for (int e = 0; e < EVENTS; e++) {
            double[] toa = new double[3];
            for (int i = 0; i < 3; i++) {
                toa[i] = 5 + SIGMA[i] * random.nextGaussian();
            }
            times.add(toa);
        }
        DifferenceSums differences = new DifferenceSums(3, 1, states);
        times.forEach(t -> differences.add(t, tot, 1, 0));
        BootstrapSums sums = new BootstrapSums(states, new Draws(1, 200, grouped), BootstrapSums.axes(differences, 3));
        for (int e = 0; e < EVENTS; e++) {
            sums.add(times.get(e), tot, 1, (seed * EVENTS + e) * 0x9e3779b97f4a7c15L);
        }
        return Resolution.of(differences, sums, 0, 0, FitFreedom.NONE);
    }

    private static void uncertaintiesAreTrue(boolean grouped) {
        DescriptiveStatistics[][] variances = new DescriptiveStatistics[2][3];
        double[][] uncs = new double[2][3];
        int limits = 0;
        for (int i = 0; i < 3; i++) {
            variances[0][i] = new DescriptiveStatistics();
            variances[1][i] = new DescriptiveStatistics();
        }
        for (int set = 1; set <= SETS; set++) {
            for (Resolution r : resolutions(set, grouped)) {
                int i = r.board();
                variances[0][i].addValue(r.threeBoard().variance());
                variances[1][i].addValue(r.threeBoardCore().variance());
                uncs[0][i] += r.bootstrap().varianceUnc() / SETS;
                uncs[1][i] += r.bootstrapCore().varianceUnc() / SETS;
                if (r.threeBoardCore().variance() <= 2 * r.bootstrapCore().varianceUnc()) {
                    assertThat(r.bootstrapCore().isLimit()).isTrue();
                    assertThat(r.bootstrapCore().unc()).isNaN();
                    assertThat(r.bootstrapCore().upper())
                            .isGreaterThanOrEqualTo(r.bootstrapCore().high());
                    limits++;
                } else {
                    assertThat(r.bootstrapCore().isLimit()).isFalse();
                    assertThat(r.bootstrapCore().unc())
                            .isCloseTo(
                                    r.bootstrapCore().varianceUnc()
                                            / (2 * r.threeBoardCore().value()),
                                    within(1e-12));
                }
            }
        }
        assertThat(limits)
                .as("of the board of 10 ps beside one of 200 ps, at least")
                .isGreaterThan(SETS / 2);
        for (int of = 0; of < 2; of++) {
            for (int i = 0; i < 3; i++) {
                double scatter = variances[of][i].getStandardDeviation();
                assertThat(uncs[of][i] / scatter)
                        .as((of == 0 ? "standard deviation" : "core") + " of board " + i)
                        .isBetween(0.75, 1.3);
                assertThat((variances[of][i].getMean() - SIGMA[i] * SIGMA[i]) * Math.sqrt(SETS) / scatter)
                        .as("bias of board " + i)
                        .isBetween(-3.0, 3.0);
            }
        }
    }

    @Test
    void uncertaintiesOfSmallVariancesAreTrue() {
        uncertaintiesAreTrue(false);
    }

    @Test
    void soAreThoseOfGroups() {
        uncertaintiesAreTrue(true);
    }
}
