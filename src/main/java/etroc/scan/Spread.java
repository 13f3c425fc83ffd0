package etroc.scan;

import java.util.Arrays;
import org.apache.commons.math3.stat.StatUtils;

/** Scatter that a few wild values do not move. */
final class Spread {
    /** The median absolute deviation of a Gaussian in units of its width. */
    private static final double GAUSSIAN = 1.4826;

    private Spread() {}

    /** 1.4826 times the median absolute deviation from the median; 0 for none. */
    static double of(double[] values) {
        if (values.length == 0) {
            return 0;
        }
        double median = StatUtils.percentile(values, 50);
        return GAUSSIAN
                * StatUtils.percentile(
                        Arrays.stream(values).map(v -> Math.abs(v - median)).toArray(), 50);
    }
}
