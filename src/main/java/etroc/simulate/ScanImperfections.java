package etroc.simulate;

import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * What is not as the analysis of a scan takes it to be. None of it is drawn from the functions that are fitted.
 *
 * @param efficiency of the plateau: fraction of pulses that are seen however low the threshold
 * @param doubles fraction of pulses that are counted twice
 * @param pulseSpread relative Gaussian width of the number of pulses, from run to run
 * @param lost fraction of runs without any hit
 * @param truncated fraction of runs that end at any moment
 * @param noiseTail decay length of noise above the baseline, which begins with as many hits as pulses; 0: none [DAC counts]
 * @param curvature of the height of pulses against charge [DAC counts per fC^2]
 */
public record ScanImperfections(
        double efficiency,
        double doubles,
        double pulseSpread,
        double lost,
        double truncated,
        double noiseTail,
        double curvature) {
    /** Nothing of that. */
    public static final ScanImperfections NONE = new ScanImperfections(1, 0, 0, 0, 0, 0, 0);

    /** Pulses sent in a run. */
    int sent(int pulses, RandomGenerator random) {
        return pulseSpread == 0
                ? pulses
                : (int) Math.max(0, Math.round(pulses * (1 + pulseSpread * random.nextGaussian())));
    }

    /** How often a pulse above threshold is counted. */
    int counted(RandomGenerator random) {
        if (efficiency < 1 && random.nextDouble() >= efficiency) {
            return 0;
        }
        return doubles > 0 && random.nextDouble() < doubles ? 2 : 1;
    }

    /** Hits of the noise's tail. */
    int noise(double aboveBaseline, int pulses, RandomGenerator random) {
        double mean = noiseTail > 0 && aboveBaseline >= 0 ? pulses * Math.exp(-aboveBaseline / noiseTail) : 0;
        return mean < 1e-6
                ? 0
                : new PoissonDistribution(
                                random,
                                mean,
                                PoissonDistribution.DEFAULT_EPSILON,
                                PoissonDistribution.DEFAULT_MAX_ITERATIONS)
                        .sample();
    }

    /** What a run that may have been cut short leaves. */
    int written(int hits, RandomGenerator random) {
        if (lost > 0 && random.nextDouble() < lost) {
            return 0;
        }
        return truncated > 0 && random.nextDouble() < truncated ? (int) (hits * random.nextDouble()) : hits;
    }
}
