package etroc.telescope.resolution;

import etroc.telescope.walk.WalkState;
import java.io.Serializable;

/**
 * When a particle passes: the mean of the boards' times with weights 1/sigma^2. It is independent of the differences of the times.
 *
 * @param weights of the boards; their sum is 1
 */
public record ParticleTime(WalkState corrected, double[] weights) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** @param variances of the boards' times [ns^2]; where one is not positive all count alike */
    public static ParticleTime of(WalkState corrected, double[] variances) {
        double[] weights = new double[variances.length];
        double sum = 0;
        boolean known = true;
        for (double v : variances) {
            known &= v > 0;
            sum += 1 / v;
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] = known ? 1 / variances[i] / sum : 1.0 / weights.length;
        }
        return new ParticleTime(corrected, weights);
    }

    /** [ns]. */
    double of(double[] toa, double[] tot) {
        double time = 0;
        for (int i = 0; i < weights.length; i++) {
            time += weights[i] * corrected.time(i, toa, tot);
        }
        return time;
    }
}
