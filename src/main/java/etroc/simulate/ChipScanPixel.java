package etroc.simulate;

import etroc.layout.etroc2.ChipWord;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.special.Erf;

/**
 * A pixel on the bench. A pulse has a height with noise of its own and is seen where it is above the threshold; noise is seen about the baseline.
 *
 * @param baseline [DAC]
 * @param width standard deviation of the noise about it [DAC]
 * @param slope of the pulse's height against charge [DAC/fC]
 * @param edge standard deviation of the pulse's height [DAC]
 * @param cal mean calibration code
 * @param jitter of the time at 10 fC, before it is rounded to codes [ns]
 */
public record ChipScanPixel(
        int row, int column, double baseline, double width, double slope, double edge, double cal, double jitter) {
    /** A step of the delay of the injected charge [ns]. */
    public static final double DELAY_NS = 0.781;
    /** Samples of a value of the accumulator. */
    static final int SAMPLES = 32767;

    private static final double COUNTS = 20_000;
    private static final int LAST_CODE = 1023;
    private static final double NOISE_HITS = 0.5;
    private static final double TOT_SPREAD_NS = 0.05;

    /** The threshold at which half of the pulses are seen [DAC]. */
    public double t50(double charge) {
        return baseline + slope * charge;
    }

    /** Scatter of the time of arrival, before it is rounded to codes [ns]. */
    public double jitterNs(double charge) {
        return jitter * (0.4 + 6 / charge);
    }

    /** Mean time of arrival [ns]. */
    public double toaNs(double charge, int delay) {
        return 1.5 + 4 / charge + delay * DELAY_NS;
    }

    /** Mean time over threshold [ns]. */
    public double totNs(double charge) {
        return 1.5 + 0.25 * charge;
    }

    /** How much of the noise's peak is at a threshold. */
    private double noise(double dac) {
        double x = (dac - baseline) / width;
        return Math.exp(-x * x / 2);
    }

    /** Noise counts of a measurement. */
    long noiseCounts(int dac, RandomGenerator random) {
        double mean = COUNTS * noise(dac);
        return mean < 1e-6 ? 0 : new PoissonDistribution(random, mean, 1e-12, 10_000_000).sample();
    }

    /** Samples of the accumulator above a threshold. */
    int samples(double dac, RandomGenerator random) {
        return binomial(SAMPLES, above(dac, baseline, width), random);
    }

    /** Pulses that are seen of so many. */
    int seen(double charge, double dac, int pulses, RandomGenerator random) {
        return binomial(pulses, above(dac, t50(charge), edge), random);
    }

    private static double above(double dac, double centre, double sigma) {
        return Erf.erfc((dac - centre) / (Math.sqrt(2) * sigma)) / 2;
    }

    private static int binomial(int n, double p, RandomGenerator random) {
        return p < 1e-12 ? 0 : p > 1 - 1e-12 ? n : new BinomialDistribution(random, n, p).sample();
    }

    /** The data word of a pulse, or of noise near the baseline; -1 where neither is seen. A pulse outside the TDC's window is not. */
    long hit(double charge, double dac, int delay, RandomGenerator random) {
        if (t50(charge) + edge * random.nextGaussian() > dac) {
            double toa = toaNs(charge, delay) + jitterNs(charge) * random.nextGaussian();
            double tot = totNs(charge) + TOT_SPREAD_NS * random.nextGaussian();
            int code = ChipPixels.toaCode(cal, toa);
            return code < 0 || code > LAST_CODE ? -1 : word(toa, tot, random);
        }
        return random.nextDouble() < NOISE_HITS * noise(dac)
                ? word(12.5 * random.nextDouble(), random.nextDouble(), random)
                : -1;
    }

    private long word(double toa, double tot, RandomGenerator random) {
        return ChipPixels.word(row * ChipWord.SIDE + column, cal, toa, tot, random);
    }

    /** As it was at an attempt before: everything is seen up to thresholds higher by this [DAC]. */
    ChipScanPixel shifted(double dac) {
        return new ChipScanPixel(row, column, baseline + dac, width, slope, edge, cal, jitter);
    }

    /** Its place as folders have it. */
    String token() {
        return "Pixel_C" + column + "_R" + row;
    }
}
