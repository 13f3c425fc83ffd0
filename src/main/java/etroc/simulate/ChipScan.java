package etroc.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * A bench scan of ETROC2: noise peaks, bisections, frames against threshold at each charge, and against delay at one charge and threshold.
 *
 * @param seed of everything that is random
 * @param chip its name, which folders begin with
 * @param charges [fC]
 * @param delays of the delay scan, in steps of 781 ps; empty: none
 * @param step of the threshold away from the edge; about it every DAC is measured
 * @param pulses of a folder of frames
 */
public record ChipScan(
        long seed,
        String chip,
        List<ChipScanPixel> pixels,
        List<Integer> charges,
        List<Integer> delays,
        int step,
        int pulses,
        ChipScanFlaws flaws) {
    private static final double BELOW = 10;
    private static final double ABOVE = 8;
    private static final double ABOUT = 3;
    private static final int DELAYS_ABOVE = 30;
    private static final int LAST = 1023;

    /** A place of a pixel. */
    public record Place(int row, int column) {}

    /** A scan whose pixels are drawn from the seed. */
    public static ChipScan random(
            long seed,
            List<Place> places,
            List<Integer> charges,
            List<Integer> delays,
            int step,
            int pulses,
            ChipScanFlaws flaws) {
        RandomGenerator random = new Well19937c(seed);
        List<ChipScanPixel> pixels = new ArrayList<>();
        for (Place p : places) {
            pixels.add(new ChipScanPixel(
                    p.row(),
                    p.column(),
                    380 + 50 * random.nextDouble(),
                    1.2 + random.nextDouble(),
                    8 + 2.5 * random.nextDouble(),
                    1 + 0.6 * random.nextDouble(),
                    166 + 16 * random.nextDouble(),
                    0.025 + 0.01 * random.nextDouble()));
        }
        return new ChipScan(seed, "ET2sim_S" + seed, pixels, charges, delays, step, pulses, flaws);
    }

    /** Thresholds of a pixel at a charge, from below the baseline to beyond the edge [DAC]. */
    public List<Integer> thresholds(ChipScanPixel pixel, int charge) {
        TreeSet<Integer> thresholds = new TreeSet<>();
        double t50 = pixel.t50(charge);
        for (int t = (int) Math.ceil(pixel.baseline() - BELOW); t <= t50 + ABOVE * pixel.edge(); t += step) {
            thresholds.add(t);
        }
        for (int t = (int) Math.ceil(t50 - ABOUT * pixel.edge()); t <= t50 + ABOUT * pixel.edge(); t++) {
            thresholds.add(t);
        }
        return List.copyOf(thresholds.headSet(LAST, true));
    }

    /** The threshold of the delay scan [DAC]. */
    public int delayThreshold(ChipScanPixel pixel) {
        return (int) Math.round(pixel.baseline()) + DELAYS_ABOVE;
    }

    /** The charge of the delay scan [fC]. */
    public int delayCharge() {
        return charges.get(charges.size() - 1);
    }
}
