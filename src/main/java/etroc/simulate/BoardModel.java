package etroc.simulate;

import etroc.fits.SCurveFit;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * How a board answers to injected charge. Hits against threshold: nothing far below the baseline, a bump of noise around it, the plateau of
 * all pulses, and a Gaussian edge whose half height lies at {@code baseline + offset + slope * charge}.
 *
 * @param board board id
 * @param pixel for example F9P5
 * @param restingThreshold [DAC counts]
 * @param restingCharge [fC]
 * @param baseline threshold in the middle of the noise bump [DAC counts]
 * @param noise width of bump and edge [DAC counts]
 * @param slope of half height against charge [DAC counts per fC]
 * @param offset of half height at no charge from the baseline [DAC counts]
 * @param cal mean calibration code
 */
public record BoardModel(
        int board,
        String pixel,
        int restingThreshold,
        int restingCharge,
        double baseline,
        double noise,
        double slope,
        double offset,
        double cal) {
    /** Top of the noise bump, in pulses. */
    private static final double BUMP_HEIGHT = 4;
    /** Half width of the bump, in units of the noise. */
    private static final double BUMP_WIDTHS = 2.5;

    /** Threshold at which half of the pulses of a charge are seen [DAC counts]. */
    public double t50(int charge) {
        return baseline + offset + slope * charge;
    }

    /**
     * Hits at a threshold.
     *
     * @param pulses sent
     */
    public int hits(int charge, int threshold, int pulses, RandomGenerator random) {
        double distance = (threshold - baseline) / noise;
        double bump = BUMP_HEIGHT * pulses * Math.exp(-distance * distance / 2);
        if (distance < -BUMP_WIDTHS) {
            return 0; // the discriminator is always on: no edge, no hit
        }
        double seen = SCurveFit.efficiency(threshold, t50(charge), noise);
        double rising = 1 - SCurveFit.efficiency(threshold, baseline - 1.5 * noise, noise / 2);
        int signal = new BinomialDistribution(random, pulses, Math.min(1, seen * (distance < 0 ? rising : 1))).sample();
        int extra = bump < 0.5 ? 0 : (int) Math.max(0, Math.round(bump + Math.sqrt(bump) * random.nextGaussian()));
        return signal + extra;
    }
}
