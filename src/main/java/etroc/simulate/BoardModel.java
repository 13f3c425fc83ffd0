package etroc.simulate;

import org.apache.commons.math3.random.RandomGenerator;

/**
 * How a board answers to injected charge. Hits against threshold: nothing far below the baseline, a bump of noise around it, the plateau of
 * all pulses, and an edge where the pulses end, {@code baseline + offset + slope * charge} high on average. Each pulse has noise of its own, and
 * is seen or not; no formula of the edge enters.
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
    /** Noise is never so large, in units of its width: once in 10^12 pulses. */
    private static final double NEVER = 7;

    /** Height of the pulses of a charge, and so the threshold at which half of them are seen [DAC counts]. */
    public double t50(int charge, ScanImperfections flaws) {
        return baseline + offset + slope * charge - flaws.curvature() * charge * charge;
    }

    /**
     * Hits of a run at a threshold.
     *
     * @param pulses meant to be sent
     */
    public int hits(int charge, int threshold, int pulses, ScanImperfections flaws, RandomGenerator random) {
        return flaws.written(seen(charge, threshold, flaws.sent(pulses, random), flaws, random), random);
    }

    private int seen(int charge, int threshold, int pulses, ScanImperfections flaws, RandomGenerator random) {
        double distance = (threshold - baseline) / noise;
        double bump = BUMP_HEIGHT * pulses * Math.exp(-distance * distance / 2);
        if (distance < -BUMP_WIDTHS) {
            return 0; // the discriminator is always on: no edge, no hit
        }
        int signal = 0;
        for (int pulse = 0; pulse < pulses; pulse++) {
            signal += rises(threshold, random) && isAbove(t50(charge, flaws), noise, threshold, random)
                    ? flaws.counted(random)
                    : 0;
        }
        int extra = bump < 0.5 ? 0 : (int) Math.max(0, Math.round(bump + Math.sqrt(bump) * random.nextGaussian()));
        return signal + extra + flaws.noise(threshold - baseline, pulses, random);
    }

    /** Whether the discriminator was off before the pulse: below the baseline the noise may hold it on, and a pulse makes no edge. */
    private boolean rises(int threshold, RandomGenerator random) {
        return threshold >= baseline || !isAbove(baseline - 1.5 * noise, noise / 2, threshold, random);
    }

    /** Whether a level with Gaussian noise is above a threshold; draws only where that is open. */
    private static boolean isAbove(double level, double noise, int threshold, RandomGenerator random) {
        double distance = (level - threshold) / noise;
        return Math.abs(distance) > NEVER ? distance > 0 : distance + random.nextGaussian() > 0;
    }
}
