package etroc.telescope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import etroc.telescope.calibration.Calibration;
import etroc.telescope.calibration.CalibrationRun;
import etroc.telescope.calibration.CalibrationSlice;
import etroc.telescope.calibration.Calibrations;
import etroc.telescope.resolution.PairAxis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.math3.stat.inference.OneWayAnova;
import org.junit.jupiter.api.Test;

/** Constancy of time differences, against an analysis of variance and against chains of codes and times of known truth. */
class ConstancyTest {
    private static final String RUN = "a run";
    private static final int EVENTS = 20_000;
    private static final double SIGMA = 0.055;
    private static final double CAL = 140;
    private static final int CALIBRATION_SLICE = 1000;
    private static final Constancy.CodeErrors NO_ERRORS = (run, board, slices) -> List.of();
    private static final PairAxis AXIS = new PairAxis(0, SIGMA, 50);

    /** The delay of an event beyond the others' [ns], by its number. */
    private interface Delay {
        double of(int event);
    }

    private static DriftSums drift(Random random, Delay delay) {
        DriftSums sums = new DriftSums(2, new PairAxis[] {AXIS, AXIS}, 1);
        for (int e = 0; e < EVENTS; e++) {
            DriftSums.Slice slice = sums.at(0, e, EVENTS);
            double time = 3 + 7 * random.nextDouble();
            double difference = SIGMA * random.nextGaussian() + delay.of(e);
            slice.event(e);
            for (int b = 0; b < 2; b++) {
                slice.codes.get(b).add(CAL);
                slice.difference(b, time, b == 0 ? difference : -difference);
            }
        }
        return sums;
    }

    private static ConstancyRow row(DriftSums sums, Constancy.CodeErrors errors) {
        List<ConstancyRow> rows = Constancy.of(Map.of(RUN, sums.byRun().get(0)), List.of(0, 1), errors);
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).run()).isNull();
        assertThat(rows.get(1).run()).isEqualTo(RUN);
        return rows.get(0);
    }

    @Test
    void withoutCodeErrorsItIsAnAnalysisOfVariance() {
        Random random = new Random(5);
        DriftSums sums = new DriftSums(2, new PairAxis[] {AXIS, AXIS}, 1);
        List<double[]> groups = new ArrayList<>();
        for (int s = 0; s < DriftSums.SLICES; s++) {
            double[] group = new double[40 + 7 * s];
            for (int i = 0; i < group.length; i++) {
                group[i] = SIGMA * random.nextGaussian();
                DriftSums.Slice slice = sums.at(0, s, DriftSums.SLICES);
                slice.event(s);
                slice.difference(0, 5, group[i]);
                slice.difference(1, 5, -group[i]);
            }
            groups.add(group);
        }
        ConstancyRow row = row(sums, NO_ERRORS);
        double f = new OneWayAnova().anovaFValue(groups);
        assertThat(row.slices()).isEqualTo(20);
        assertThat(row.ndf()).isEqualTo(19);
        assertThat(row.chi2()).isCloseTo(19 * f, within(1e-9));
    }

    @Test
    void aDriftIsSeenWithItsWidth() {
        double grows = 0.15;
        ConstancyRow row = row(drift(new Random(6), e -> grows * e / EVENTS), NO_ERRORS);
        assertThat(row.probability()).isLessThan(1e-5);
        assertThat(row.driftWidth()).isCloseTo(grows / Math.sqrt(12), within(0.002));
        assertThat(row(drift(new Random(6), e -> 0), NO_ERRORS).probability()).isGreaterThan(1e-5);
    }

    @Test
    void slicesWithFewEventsAreJoined() {
        DriftSums sums = new DriftSums(2, new PairAxis[] {AXIS, AXIS}, 1);
        for (int e = 0; e < 100; e++) {
            DriftSums.Slice slice = sums.at(0, e, 100);
            slice.event(e);
            slice.difference(0, 5, 0.01 * (e % 7));
            slice.difference(1, 5, 0.01 * (e % 5));
        }
        assertThat(sums.byRun().get(0)).extracting(DriftSums.Slice::events).containsExactly(30L, 30L, 40L);
    }

    /**
     * Times are made with codes that were measured in slices and interpolated; the code's true value rests. What the errors of the measured codes
     * do to the means of times is a chain of its own here.
     */
    @Test
    void errorsOfInterpolatedCodesAreNoDrift() {
        int runs = 200;
        double unc = 0.05;
        int low = 0;
        int lowWithout = 0;
        for (int r = 0; r < runs; r++) {
            Random random = new Random(100 + r);
            int slices = EVENTS / CALIBRATION_SLICE;
            double[] measured = new double[slices];
            List<CalibrationSlice> table = new ArrayList<>();
            for (int s = 0; s < slices; s++) {
                measured[s] = CAL + unc * random.nextGaussian();
                table.add(new CalibrationSlice(
                        RUN,
                        0,
                        s,
                        (long) s * CALIBRATION_SLICE,
                        (s + 1L) * CALIBRATION_SLICE - 1,
                        (s + 0.5) * CALIBRATION_SLICE,
                        400,
                        CAL,
                        400,
                        measured[s],
                        unc * 20));
            }
            CalibrationRun run = new CalibrationRun(RUN, 0, slices, 8000, CAL, unc * 20, 100, slices - 1, false);
            DriftSums sums = new DriftSums(2, new PairAxis[] {AXIS, AXIS}, 1);
            for (int e = 0; e < EVENTS; e++) {
                double place = Math.min(slices - 1.0, Math.max(0, (double) e / CALIBRATION_SLICE - 0.5));
                int before = Math.min(slices - 2, (int) place);
                double code = measured[before] + (place - before) * (measured[before + 1] - measured[before]);
                double toaCode = (12.5 - (3 + 7 * random.nextDouble())) * CAL / 3.125;
                double true0 = 12.5 - toaCode * 3.125 / CAL;
                double seen0 = 12.5 - toaCode * 3.125 / code;
                double difference = seen0 - true0 + SIGMA * random.nextGaussian();
                DriftSums.Slice slice = sums.at(0, e, EVENTS);
                slice.event(e);
                slice.codes.get(0).add(CAL);
                slice.codes.get(1).add(CAL);
                slice.difference(0, seen0, difference);
                slice.difference(1, true0, -difference);
            }
            SliceCodeErrors errors = new SliceCodeErrors(
                    new Calibrations(List.of(), List.of(run), table), Calibration.Method.SLICES, List.of(0, 1));
            low += row(sums, errors).probability() < 0.05 ? 1 : 0;
            lowWithout += row(sums, NO_ERRORS).probability() < 0.05 ? 1 : 0;
        }
        assertThat(low).as("runs in 200 with a probability below 0.05").isBetween(2, 22);
        assertThat(lowWithout).isGreaterThan(50);
    }

    /** What is kept of slices does not grow with the runs. */
    @Test
    void manyRunsHaveFewerSlicesEach() {
        assertThat(DriftSums.slices(1)).isEqualTo(20);
        assertThat(DriftSums.slices(500)).isEqualTo(20);
        assertThat(DriftSums.slices(1000)).isEqualTo(10);
        assertThat(DriftSums.slices(100_000)).isEqualTo(1);
        DriftSums sums = new DriftSums(2, new PairAxis[] {AXIS, AXIS}, 5000);
        for (int run = 0; run < 3; run++) {
            for (int event = 0; event < 100; event++) {
                DriftSums.Slice slice = sums.at(run, event, 100);
                slice.event(event);
                slice.difference(0, 5, 0.01);
                slice.difference(1, 5, 0.01);
            }
        }
        assertThat(sums.byRun()).hasSize(3).allSatisfy((run, slices) -> {
            assertThat(slices).hasSize(2);
            assertThat(slices).extracting(DriftSums.Slice::events).containsExactly(50L, 50L);
        });
    }
}
