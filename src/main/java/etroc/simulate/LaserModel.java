package etroc.simulate;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * A board under a laser that is in step with the clock. Every pulse has a height with noise of its own, and is seen or not; its time scatters by
 * the jitter of its attenuation, whatever its height. No formula of the analysis enters.
 *
 * @param seed of everything that is random
 * @param pixel number of the pixel
 * @param attenuations of the laser [%]
 * @param thresholds [DAC counts]
 * @param pulses at each threshold
 * @param jitter at 85 % [ns]; it grows as the pulse falls
 * @param wildCal fraction of hits with a calibration code anywhere in 0..1023
 */
public record LaserModel(
        long seed,
        int pixel,
        List<Double> attenuations,
        List<Integer> thresholds,
        int pulses,
        double jitter,
        double wildCal) {
    /** Height of the noise [DAC counts]. */
    public static final double BASELINE = 420;
    /** Noise of a pulse's height [DAC counts]. */
    public static final double NOISE = 6;

    static final double CAL = 173;
    private static final double BIN_NS = 3.125 / CAL;
    private static final double CAL_SPREAD = 0.54;
    private static final int MAX_CODE = 1023;
    /** Height of a pulse at 85 % [DAC counts]; there is none at 88 %. */
    private static final double HEIGHT = 240;

    private static final double FULL = 3;
    private static final double DARK = 88;

    /** Height of a pulse, in units of that at 85 %. */
    private static double strength(double attenuation) {
        return (DARK - attenuation) / FULL;
    }

    /** The threshold at which half of the pulses are seen [DAC counts]. */
    public double t50(double attenuation) {
        return BASELINE + HEIGHT * strength(attenuation);
    }

    /** Scatter of the time of arrival, before it is rounded to codes [ns]. */
    public double jitterNs(double attenuation) {
        return jitter / strength(attenuation);
    }

    /** Mean time of arrival [ns]; weak pulses come late. */
    public double toaNs(double attenuation) {
        return 6 + 0.3 / strength(attenuation);
    }

    /** Mean time over threshold [ns]. */
    public double totNs(double attenuation) {
        return 1.2 + 2.5 * strength(attenuation);
    }

    /** Hits of a run: TOA, TOT and CAL codes of each. */
    public List<int[]> hits(double attenuation, int threshold, RandomGenerator random) {
        List<int[]> hits = new ArrayList<>();
        for (int pulse = 0; pulse < pulses; pulse++) {
            if (t50(attenuation) + NOISE * random.nextGaussian() > threshold) {
                hits.add(hit(attenuation, random));
            }
        }
        return hits;
    }

    private int[] hit(double attenuation, RandomGenerator random) {
        double toa = toaNs(attenuation) + jitterNs(attenuation) * random.nextGaussian();
        double tot = totNs(attenuation) + 0.03 * random.nextGaussian();
        int cal = random.nextDouble() < wildCal
                ? random.nextInt(MAX_CODE + 1)
                : (int) Math.round(CAL + CAL_SPREAD * random.nextGaussian());
        return new int[] {(int) Math.round((12.5 - toa) / BIN_NS), ChipPixels.totCode(tot / BIN_NS), cal};
    }
}
