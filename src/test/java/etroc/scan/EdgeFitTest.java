package etroc.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class EdgeFitTest {
    private static final int PULSES = 1000;
    private static final double T50 = 530.3;
    private static final double NOISE = 2.5;
    private static final double[] THRESHOLDS =
            IntStream.range(500, 560).asDoubleStream().toArray();

    /** The expected hits: another library's function than the fit's. */
    private static double[] hits(double efficiency) {
        NormalDistribution pulse = new NormalDistribution(T50, NOISE);
        return IntStream.range(0, THRESHOLDS.length)
                .mapToDouble(i -> Math.rint(PULSES * efficiency * (1 - pulse.cumulativeProbability(THRESHOLDS[i]))))
                .toArray();
    }

    private static void checkEdge(Edge edge) {
        assertThat(edge.fit()).isNotNull();
        assertThat(edge.fit().t50()).isCloseTo(T50, within(0.1));
        assertThat(edge.fit().noise()).isCloseTo(NOISE, within(0.1));
    }

    @Test
    void allPulsesSeenIsEfficiencyOneWithoutUncertainty() {
        Edge edge = EdgeFit.of(THRESHOLDS, hits(1));
        checkEdge(edge);
        assertThat(edge.pulses()).isEqualTo(PULSES);
        assertThat(edge.fit().efficiency()).isCloseTo(1, within(1e-4));
        assertThat(edge.fit().efficiencyUnc()).isNaN();
        assertThat(edge.remark()).isEmpty();
    }

    /** A plateau that scatters as a part of all pulses does tells how many there were. */
    @Test
    void theScatterOfThePlateauTellsThePulses() {
        double[] hits = hits(0.9);
        double sigma = Math.sqrt(PULSES * 0.9 * 0.1);
        NormalDistribution gauss = new NormalDistribution();
        for (int i = 0; i < 25; i++) { // quantiles of the scatter, out of order
            hits[i] += Math.rint(sigma * gauss.inverseCumulativeProbability((((i * 8) % 25) + 0.5) / 25));
        }
        Edge edge = EdgeFit.of(THRESHOLDS, hits);
        checkEdge(edge);
        assertThat(edge.pulses()).isBetween(950.0, 1050.0);
        assertThat(edge.fit().efficiency()).isCloseTo(0.9, within(0.04));
        assertThat(edge.plateau()).isCloseTo(900, within(4.0));
    }

    @Test
    void aLostRunIsLeftOutAndNamed() {
        double[] hits = hits(1);
        hits[24] = 313;
        Edge edge = EdgeFit.of(THRESHOLDS, hits);
        checkEdge(edge);
        assertThat(edge.leftOut()).containsExactly(524.0);
        assertThat(edge.remark()).isEqualTo("left out: 313 hits at threshold 524");
    }

    @Test
    void manyBadRunsStayAndAreTold() {
        double[] hits = hits(1);
        for (int i = 18; i < 30; i += 2) {
            hits[i] *= 0.6;
        }
        Edge edge = EdgeFit.of(THRESHOLDS, hits);
        assertThat(edge.fit() == null ? edge.remark() : edge.remark() + edge.uncertaintyScale())
                .containsAnyOf("outliers remain", "not converge", "not Gaussian");
    }

    @Test
    void aScanWithoutAnEdgeHasNoFit() {
        double[] flat = new double[THRESHOLDS.length];
        Arrays.fill(flat, PULSES);
        assertThat(EdgeFit.of(THRESHOLDS, flat).remark()).isEqualTo("the curve ends above half height");
        double[] cliff = flat.clone();
        Arrays.fill(cliff, 30, cliff.length, 0);
        Edge edge = EdgeFit.of(THRESHOLDS, cliff);
        assertThat(edge.fit()).isNull();
        assertThat(edge.remark()).isEqualTo("fewer than two points between 0 and the plateau");
        double[] near = Arrays.copyOfRange(THRESHOLDS, 25, 41);
        assertThat(EdgeFit.of(near, Arrays.copyOfRange(hits(1), 25, 41)).remark())
                .isEqualTo("the edge is too near to the settled threshold");
    }

    /** More hits than pulses are noise: a point that is far above the fit stays, and no good one is taken for it. */
    @Test
    void aRunWithTooManyHitsIsNoOutlier() {
        double[] hits = hits(0.9);
        hits[20] = 1003;
        assertThat(EdgeFit.of(THRESHOLDS, hits).leftOut()).doesNotContain(520.0);
    }
}
